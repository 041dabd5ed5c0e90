"""/my/calendar/: at which address does my calendar program find these dates, and how do I end it?"""

import secrets

from fastapi import APIRouter, Response

from register import appointments, calendars, completion_list, feeds
from register.completion_list import Row, Wanted
from register.completions import trainings
from register.days import day_of
from register.desk import AtDesk, Desk
from register.doorway import AVisitor, OwnForm, Visitor
from register.pages.page import page, see
from register.refusals import NotFound
from register.scope import Action

router = APIRouter(include_in_schema=False)


@router.get("/my/calendar/")
def calendar_page(visitor: AVisitor, desk: AtDesk) -> Response:
    """Say whether there is an address, and offer to make or end one."""
    return _page(desk, visitor)


@router.post("/my/calendar/")
def make(visitor: AVisitor, desk: AtDesk, fields: OwnForm) -> Response:  # noqa: ARG001  (the form is checked by being asked for)
    """Make an address, and show it this once."""
    token = secrets.token_urlsafe(32)
    with desk.database.writing() as db:
        feeds.open_feed(db, desk.now, visitor.person.id, token)
    return _page(desk, visitor, desk.settings.base_url.rstrip("/") + feeds.path_of(token))


@router.post("/my/calendar/end")
def end(visitor: AVisitor, desk: AtDesk, fields: OwnForm) -> Response:  # noqa: ARG001  (the form is checked by being asked for)
    """End the address."""
    with desk.database.writing() as db:
        feeds.end(db, desk.now, visitor.person.id)
    return see("/my/calendar/")


@router.get("/calendar/{token}/clear-to-post.ics")
def calendar(token: str, desk: AtDesk) -> Response:
    """Return the calendar of whoever had this address made, with what they may see today."""
    now, today = desk.now, day_of(desk.now)
    with desk.database.reading() as db:
        person = feeds.reader(db, now, token)
        if person is None:
            raise NotFound
        course = desk.shelf.current(person.trust_id)
        own = Row(person.id, person.name, "", "", trainings(db, course, today, [person.id])[person.id], ())
        base = desk.settings.base_url.rstrip("/")
        entries = calendars.own_entries(own, today, f"{base}/my/")
        powers = appointments.powers(db, person)
        if powers.to(Action.SEE_PEOPLE):
            listed = completion_list.listed(db, course, today, powers.reach(Action.SEE_PEOPLE), Wanted())
            entries += calendars.staff_entries(listed.rows(), today, f"{base}/manage/completions/")
    content = calendars.as_ics(entries, name="Clear to Post", owner=str(person.id), made_at=now)
    return Response(content, media_type="text/calendar; charset=utf-8")


def _page(desk: Desk, visitor: Visitor, address: str = "") -> Response:
    with desk.database.reading() as db:
        feed = feeds.of_person(db, visitor.person.id)
    context = {"feed": feed, "address": address, "manages": bool(visitor.powers.to(Action.SEE_PEOPLE))}
    return page(desk, visitor, "feeds/page.html", context)
