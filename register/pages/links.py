"""/manage/links/: sign-in links for a person or a whole school: shown once to hand over, printed, or sent by e-mail."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, BackgroundTasks, Response
from sqlalchemy.orm import Session

from register import certificates, links, messages, people, post_office, schools, sessions
from register.days import day_of
from register.desk import AtDesk, Desk
from register.doorway import AManager, Id, OwnForm, Visitor, chosen_id
from register.gate import over_people
from register.pages.page import Problem, page, see
from register.people import Person
from register.refusals import NotFound, Refused
from register.scope import Action, may

router = APIRouter(include_in_schema=False)

EVERYONE, NEVER = "everyone", "never"
CHOICES = {NEVER: "Those who have not signed in yet", EVERYONE: "Everyone"}
# What stands in the field for the people of no school.
TRUST_ITSELF = "trust"


@dataclass(frozen=True)
class Slip:
    """One person's link on paper: the address, and the same as a QR code."""

    person: Person
    address: str
    qr: tuple[int, str]


@router.post("/manage/people/{person_id}/link")
def make_link(person_id: Id, manager: AManager, desk: AtDesk, _fields: OwnForm) -> Response:
    """Make a link and show it; only its hash is kept, so it cannot be shown again."""
    with desk.database.writing() as db:
        person = _here(db, desk, manager, person_id)
        address = _new_address(db, desk, manager, person)
    context = {"person": person, "address": address, "expires_at": desk.now + links.LASTS}
    return page(desk, manager, "manage/link.html", context)


@router.post("/manage/people/{person_id}/link/send")
def send_link(person_id: Id, manager: AManager, desk: AtDesk, _fields: OwnForm, later: BackgroundTasks) -> Response:
    """Send one person a link by e-mail."""
    if desk.settings.mail is None:
        raise Refused(409, "no-mail-server", "There is no mail server in the settings. Print the link, or show it.")
    with desk.database.writing() as db:
        messages.queue(db, desk.now, manager.person.id, _here(db, desk, manager, person_id).id)
    later.add_task(post_office.send_later, desk)
    return see("/manage/messages/")


@router.get("/manage/links/")
def links_page(manager: AManager, desk: AtDesk) -> Response:
    """Show for whom links can be made."""
    return _choose(desk, manager, {})


@router.post("/manage/links/")
def make_links(manager: AManager, desk: AtDesk, fields: OwnForm, later: BackgroundTasks) -> Response:
    """Make links for a school's people: on a page to print, or by e-mail."""
    by_mail = fields.get("how") == "mail" and desk.settings.mail is not None
    with desk.database.writing() as db:
        place = _places(db, manager).get(fields.get("school", ""))
        found = _chosen(db, desk, manager, fields) if place else []
        if by_mail:
            for person in found:
                messages.queue(db, desk.now, manager.person.id, person.id)
        slips = [] if by_mail else [_slip(person, _new_address(db, desk, manager, person)) for person in found]
    if place is None:
        return _choose(desk, manager, fields, Problem("school", "Choose a school."))
    if not found:
        return _choose(desk, manager, fields, Problem("who", "There is nobody to make a link for. Choose everyone."))
    if by_mail:
        later.add_task(post_office.send_later, desk)
        return see("/manage/messages/")
    context = {"place": place, "slips": slips, "until": desk.now + links.LASTS}
    return page(desk, manager, "links/printed.html", context)


def reachable(db: Session, manager: Visitor, now: datetime) -> Sequence[Person]:
    """Return the people a visitor may let in, by name: within their reach, here today, and not above them."""
    within = manager.powers.reach(Action.STAFF)
    here = [one for one in people.of_trust(db, manager.person.trust_id, within) if not one.has_left(day_of(now))]
    overs = over_people(db, here)
    return [one for one in here if may(manager.powers, Action.STAFF, overs[one.id])]


def _choose(desk: Desk, manager: Visitor, fields: Mapping[str, str], *problems: Problem) -> Response:
    with desk.database.reading() as db:
        places = _places(db, manager)
    context = {
        "places": places,
        "choices": CHOICES,
        "fields": {"school": "", "who": NEVER, **fields},
        "by_mail": desk.settings.mail is not None,
    }
    return page(desk, manager, "links/page.html", context, 422 if problems else 200, problems)


def _places(db: Session, manager: Visitor) -> dict[str, str]:
    """Return the names of the places whose people the visitor looks after, by what the form's field holds."""
    within = manager.powers.reach(Action.STAFF)
    several = schools.of_trust(db, manager.person.trust_id).values()
    places = {str(one.id): one.name for one in several if within.touches([one.id])}
    return places | ({TRUST_ITSELF: "The trust itself (no school)"} if within.whole else {})


def _chosen(db: Session, desk: Desk, manager: Visitor, fields: Mapping[str, str]) -> list[Person]:
    """Return the people of the place and kind that the form names."""
    everyone = reachable(db, manager, desk.now)
    works = schools.workplaces(db, (one.id for one in everyone))
    school_id = chosen_id(fields, "school")
    there = [
        one
        for one in everyone
        if (school_id in works.get(one.id, ()) if school_id is not None else one.id not in works)
    ]
    if fields.get("who") == EVERYONE:
        return there
    known = sessions.ever_signed_in(db, [one.id for one in there])
    return [one for one in there if one.id not in known]


def _here(db: Session, desk: Desk, manager: Visitor, person_id: int) -> Person:
    person = people.in_trust(db, manager.person.trust_id, person_id)
    if person is None or person.has_left(day_of(desk.now)):
        raise NotFound
    return person


def _new_address(db: Session, desk: Desk, manager: Visitor, person: Person) -> str:
    token = secrets.token_urlsafe(32)
    links.make_link(db, desk.now, manager.person.id, person.id, token)
    return desk.settings.base_url.rstrip("/") + links.path_of(token)


def _slip(person: Person, address: str) -> Slip:
    return Slip(person, address, certificates.qr_code(address))
