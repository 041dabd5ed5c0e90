"""/manage/people/…/link: a manager makes a sign-in link to hand over; it is shown once."""

import secrets

from fastapi import APIRouter, Response

from register import links, people
from register.days import day_of
from register.desk import AtDesk
from register.doorway import AManager, Id, OwnForm
from register.pages.page import page
from register.refusals import NotFound

router = APIRouter(include_in_schema=False)


@router.post("/manage/people/{person_id}/link")
def make_link(person_id: Id, manager: AManager, desk: AtDesk, _fields: OwnForm) -> Response:
    """Make a link and show it; only its hash is kept, so it cannot be shown again."""
    token = secrets.token_urlsafe(32)
    now = desk.now
    with desk.database.writing() as db:
        person = people.in_trust(db, manager.person.trust_id, person_id)
        if person is None or person.has_left(day_of(now)):
            raise NotFound
        links.make_link(db, now, manager.person.id, person.id, token)
    address = desk.settings.base_url.rstrip("/") + links.path_of(token)
    context = {"person": person, "address": address, "expires_at": now + links.LASTS}
    return page(desk, manager, "manage/link.html", context)
