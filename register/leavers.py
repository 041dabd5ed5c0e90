"""What ends when somebody leaves, and what does not come back with them when they return?

Nothing has to happen on the last day itself: from that day on nobody lets them in, and no right of theirs is in force.
"""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from register import accounts, appointments, events, links, people, posting_rights, sessions
from register.days import day_of, in_words
from register.people import Person
from register.posting_rights import GRANTED, OPEN, REFUSED, REVOKED, PostingRight
from register.refusals import Refused


def leave(db: Session, now: datetime, actor_id: int | None, person: Person, on: date) -> None:
    """Record the last day; if it is today or over, sessions, sign-in links and roles end with it at once.

    Rights and what the person holds stay on record as they are, so that a successor can be found: none is in force.
    """
    people.leave(db, now, actor_id, person, on)
    if person.has_left(day_of(now)):
        _shut_out(db, now, actor_id, person)


def rejoin(db: Session, now: datetime, actor_id: int | None, person: Person) -> None:
    """Take somebody back who has left or was to leave; raises Refused for anybody else.

    Whoever had left begins anew: what they could do or post before has to be asked for again.
    """
    if person.erased_at is not None:
        raise Refused(409, "erased", "This person's data were erased. Add them to the staff list as somebody new.")
    if person.left_on is None:
        raise Refused(409, "not-left", f"{person.name} has not left. Look at the page again.")
    left_on = person.left_on
    if person.has_left(day_of(now)):
        _shut_out(db, now, actor_id, person)
        _end_rights(db, now, actor_id, person, left_on)
    person.left_on = None
    events.record(db, now, actor_id, "person.rejoined", {"person": person.id}, left_on=left_on.isoformat())


def _shut_out(db: Session, now: datetime, actor_id: int | None, person: Person) -> None:
    sessions.end_all(db, now, actor_id, person.id)
    links.end_links(db, now, person.id)
    for one in appointments.of_people(db, [person.id]).get(person.id, ()):
        appointments.end(db, now, actor_id, one)


def _end_rights(db: Session, now: datetime, actor_id: int | None, person: Person, left_on: date) -> None:
    reason = f"You left on {in_words(left_on)}. Ask again if you need the account."
    rights = select(PostingRight).where(PostingRight.person_id == person.id, PostingRight.state.in_(OPEN))
    for right in db.scalars(rights).all():
        state = REVOKED if right.state == GRANTED else REFUSED
        posting_rights.decide(db, now, actor_id, right, state, reason)
    for account in accounts.held_by(db, person):
        accounts.remove_holder(db, now, actor_id, account, person)
