"""How are staff told that their training is due, and managers what needs doing?"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from jinja2 import Environment
from sqlalchemy.orm import Session

from register import appointments, completion_list, people, reminders
from register.completion_list import Row, Wanted
from register.courses import Shelf
from register.database import Database
from register.days import day_of
from register.mail import Counter, Letter, NotTaken, ServerUnreachable, counter
from register.people import Person
from register.scope import MANAGER, TRUST_ADMIN, WHOLE_TRUST, Action
from register.settings import Settings

log = logging.getLogger("register")

DUE, DIGEST = "due", "digest"
SUBJECTS = {DUE: "Your social media training is due", DIGEST: "Clear to Post: what needs doing this week"}


@dataclass(frozen=True)
class Office:
    """What sending takes: the register's settings and records, its courses, the words and the present moment."""

    settings: Settings
    database: Database
    shelf: Shelf
    wording: Environment
    now: datetime


@dataclass
class Sent:
    """How many letters of each kind the mail server took, and how many it did not."""

    notices: int = 0
    digests: int = 0
    refused: int = 0


@dataclass(frozen=True)
class Note:
    """A letter to be written: of which kind, about what, to whom, and what stands in it."""

    kind: str
    about: str
    person: Person
    said: dict[str, object] = field(default_factory=dict)


def remind_all(office: Office) -> Sent:
    """Send every letter that is due and was not sent before; raises ServerUnreachable, and then the rest waits."""
    sent = Sent()
    server = office.settings.mail
    if server is None:
        return sent
    with counter(server) as at:
        for trust_id in office.shelf.trusts():
            with office.database.reading() as db:
                notes = [*_notices(db, office, trust_id), *_digests(db, office, trust_id)]
            for note in notes:
                _send(office, at, note, sent)
    return sent


def _notices(db: Session, office: Office, trust_id: str) -> Iterator[Note]:
    """Yield a note to each of the trust's people whose training is due."""
    today = day_of(office.now)
    course = office.shelf.current(trust_id)
    rows = completion_list.listed(db, course, today, WHOLE_TRUST, Wanted()).rows()
    due: list[tuple[str, Row]] = [(said, one) for one in rows if (said := reminders.due_notice(one.training, today))]
    known = {one.id: one for one in people.with_ids(db, [row.person_id for _, row in due])}
    for about, row in due:
        yield Note(DUE, about, known[row.person_id], {"training": row.training, "trust": row.trust})


def _digests(db: Session, office: Office, trust_id: str) -> Iterator[Note]:
    """Yield a note to each manager with anybody to look after; whoever needs nothing done gets none."""
    today = day_of(office.now)
    course = office.shelf.current(trust_id)
    roles = appointments.of_trust(db, trust_id)
    managers = {one for one, given in roles.items() if any(role.role in (MANAGER, TRUST_ADMIN) for role in given)}
    for person in people.with_ids(db, managers):
        within = appointments.powers(db, person).reach(Action.SEE_PEOPLE)
        needs = completion_list.listed(db, course, today, within, Wanted()).needs
        if not person.has_left(today) and (needs.missing or needs.overdue or needs.expiring):
            said = {"needs": needs, "trust": course.data["name"]}
            yield Note(DIGEST, reminders.week_of(today), person, said)


def _send(office: Office, at: Counter, note: Note, sent: Sent) -> None:
    person = note.person
    with office.database.writing() as db:
        if not reminders.take(db, office.now, person.id, note.about):
            return
    try:
        at.hand_in(_letter(office, note), office.now)
    except (NotTaken, ServerUnreachable) as trouble:
        with office.database.writing() as db:
            reminders.give_back(db, person.id, note.about)
        if isinstance(trouble, ServerUnreachable):
            raise
        log.warning("a reminder was not taken: %s", trouble)
        sent.refused += 1
        return
    with office.database.writing() as db:
        reminders.mailed(db, office.now, person.id, note.about)
    if note.kind == DUE:
        sent.notices += 1
    else:
        sent.digests += 1


def _letter(office: Office, note: Note) -> Letter:
    base = office.settings.base_url.rstrip("/")
    said = {"person": note.person, "base": base, **note.said}
    text, html = (office.wording.get_template(f"mail/{note.kind}.{ending}").render(said) for ending in ("txt", "html"))
    return Letter(note.person.email, SUBJECTS[note.kind], text, html)
