"""How are a person's data erased, so that the evidence stays and names nobody?"""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from quiz.nearest import suggestion
from register import events
from register.days import day_of, in_words
from register.people import Person
from register.subject_data import HELD, REMOVED
from register.tables import tables

PERSON, TRUST, RETENTION, BACKUP = "person", "trust", "retention", "backup"
ASKED_BY = {
    PERSON: "the person asked for it",
    TRUST: "the trust decided it",
    RETENTION: "the trust's retention rule asks for it",
    BACKUP: "a backup from before the erasure was brought back",
}


class NotErasable(ValueError):
    """The data cannot be erased; the message says why and what to do."""


def erase(db: Session, now: datetime, actor_id: int | None, person: Person, *, asked_by: str, asked_on: date) -> None:
    """Erase a leaver's name, addresses and traces of signing in; what they have passed stays under a bare number.

    Raises NotErasable for somebody who has not left or was erased before, and for an impossible day or reason.
    """
    if asked_by not in ASKED_BY:
        raise NotErasable(f"nobody called {asked_by!r} can ask for an erasure{suggestion(asked_by, ASKED_BY)}")
    if asked_on > day_of(now):
        raise NotErasable(f"{in_words(asked_on)} has not come yet; give the day on which the erasure was asked for")
    if person.erased_at is not None:
        raise NotErasable(f"the data of person {person.id} were erased on {in_words(day_of(person.erased_at))}")
    if not person.has_left(day_of(now)):
        raise NotErasable(f"person {person.id} has not left; record their last day first, then erase")
    db.flush()
    for name, holding in HELD.items():
        table = tables()[name]
        rows = table.c[holding.by] == person.id
        if holding.erased == REMOVED:
            db.execute(delete(table).where(rows))
        elif isinstance(holding.erased, Mapping):
            emptied = {
                column: value.format(id=person.id) if isinstance(value, str) else value
                for column, value in holding.erased.items()
            }
            db.execute(update(table).where(rows).values(emptied))
    db.expire_all()
    person.erased_at = now
    facts = {"asked_by": asked_by, "asked_on": asked_on.isoformat()}
    events.record(db, now, actor_id, "person.erased", {"person": person.id}, **facts)
