"""Is the log of events whole, and do the records still say what it says?"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from register import append_only, chain
from register.attempts import Attempt, answers_digest
from register.cancellations import Cancellation
from register.chain import NOTHING, Head
from register.completions import Completion
from register.database import Record
from register.events import Event
from register.posting_rights import GRANTED, REFUSED, REQUESTED, REVOKED, PostingRight

AT_ONCE = 1000
_RIGHT_STATES = {f"right.{state}": state for state in (REQUESTED, GRANTED, REFUSED, REVOKED)}


@dataclass(frozen=True)
class Break:
    """The first thing that is wrong: `event` is the number of the event it shows at, None if there is none."""

    event: int | None
    says: str


@dataclass(frozen=True)
class Audit:
    """What walking the whole log found: where it ends, and the first break if there is one."""

    head: Head
    found: Break | None


class _Broken(Exception):
    """Carries the first break out of the walk."""

    def __init__(self, event: int | None, says: str) -> None:
        super().__init__(says)
        self.found = Break(event, says)


def verify(db: Session, noted: Head | None = None) -> Audit:
    """Walk the log from its first event to its last and compare the records with it.

    `noted` is a head that was written down elsewhere: without one, nobody can tell that the last events were taken
    away, or that everything was written anew.
    """
    walk = _Walk(noted)
    try:
        for events in _pages(db):
            for one in events:
                walk.follow(one)
            walk.compare(db, events)
        walk.finish(db)
    except _Broken as broken:
        return Audit(walk.head, broken.found)
    return Audit(walk.head, None)


def _completion_says(one: Completion) -> dict[str, Any]:
    return {
        "person": one.person_id,
        "attempt": one.attempt_id,
        "passed_on": one.passed_on.isoformat(),
        "expires_on": one.expires_on.isoformat(),
        "score": one.score,
    }


def _attempt_says(one: Attempt) -> dict[str, Any]:
    return {
        "person": one.person_id,
        "passed": one.result.get("passed"),
        "score": one.result.get("score"),
        "answers": answers_digest(one.answers),
    }


def _cancellation_says(one: Cancellation) -> dict[str, Any]:
    return {"person": one.person_id, "completion": one.completion_id, "reason": one.reason}


@dataclass(frozen=True)
class _Kind:
    """Records of which each has an event of its own: the event's name, the noun in it, and what they say."""

    event: str
    noun: str
    table: type[Record]
    says: Callable[[Any], dict[str, Any]]


_KINDS = (
    _Kind("attempt.graded", "attempt", Attempt, _attempt_says),
    _Kind("completion.recorded", "completion", Completion, _completion_says),
    _Kind("completion.cancelled", "cancellation", Cancellation, _cancellation_says),
)


@dataclass
class _Walk:
    """How far we have come, and what the events so far say of the records."""

    noted: Head | None
    head: Head = NOTHING
    told: dict[str, set[int]] = field(default_factory=lambda: {kind.noun: set() for kind in _KINDS})
    rights: dict[int, str] = field(default_factory=dict)

    def follow(self, one: Row[Any]) -> None:
        """Go on to the next event; raises _Broken if it does not follow."""
        if one.id != self.head.number + 1:
            raise _Broken(self.head.number + 1, f"event {self.head.number + 1} is missing: the next is event {one.id}")
        follows = chain.link(self.head, one.at, one.actor_id, one.name, one.subjects, one.facts)
        if one.hash != follows.hash:
            if one.previous != self.head.hash:
                says = f"event {one.id} does not follow event {self.head.number}: one of the two was put in or replaced"
                raise _Broken(one.id, says)
            raise _Broken(one.id, f"event {one.id} ({one.name}) was changed: its hash does not fit what it says")
        if one.previous != self.head.hash:
            raise _Broken(one.id, f"event {one.id} ({one.name}) names another event before it than there is")
        self.head = follows
        if self.noted is not None and self.noted.number == one.id and self.noted.hash != one.hash:
            raise _Broken(one.id, f"event {one.id} is not the one that was noted: the log was written anew")
        if one.name in _RIGHT_STATES:
            self.rights[one.subjects["right"]] = _RIGHT_STATES[one.name]

    def compare(self, db: Session, events: Sequence[Row[Any]]) -> None:
        """Compare the records that some events are about with what these say; raises _Broken."""
        for kind in _KINDS:
            about = {one.subjects[kind.noun]: one for one in events if one.name == kind.event}
            records: Iterable[Any] = ()
            if about:
                records = db.scalars(select(kind.table).where(kind.table.__table__.c.id.in_(about)))
            found = {int(one.id): kind.says(one) for one in records}
            for number, event in about.items():
                if number not in found:
                    raise _Broken(event.id, f"{kind.noun} {number} is gone, of which event {event.id} tells")
                for name, said in {**event.subjects, **event.facts}.items():
                    if name in found[number] and found[number][name] != said:
                        says = f"{kind.noun} {number} was changed: {name} is {found[number][name]}, and was {said}"
                        raise _Broken(event.id, f"{says} when event {event.id} was recorded")
            self.told[kind.noun].update(about)
        db.expunge_all()

    def finish(self, db: Session) -> None:
        """Look for what no event tells of, for an end that is too early, and for missing triggers; raises _Broken."""
        if self.noted is not None and self.noted.number > self.head.number:
            says = f"event {self.head.number + 1} is missing, and all after it: event {self.noted.number} was noted"
            raise _Broken(self.head.number + 1, says)
        for kind in _KINDS:
            for number in db.scalars(select(kind.table.__table__.c.id).order_by(kind.table.__table__.c.id)):
                if number not in self.told[kind.noun]:
                    raise _Broken(None, f"{kind.noun} {number} was put in: no event tells of it")
        for right in db.execute(select(PostingRight.id, PostingRight.state).order_by(PostingRight.id)):
            if self.rights.get(right.id) != right.state:
                said = self.rights.get(right.id, "nothing")
                raise _Broken(None, f"right {right.id} was changed: it is {right.state}, and the log says {said}")
        for trigger in append_only.missing(db):
            raise _Broken(None, f"the trigger {trigger} is missing: what is evidence could be changed")


def _pages(db: Session) -> Iterator[Sequence[Row[Any]]]:
    """Return the events some at a time, by number; raises _Broken for one that cannot even be read."""
    columns = Event.__table__.c
    query = select(*columns).order_by(columns.id).limit(AT_ONCE)
    page: Sequence[Row[Any]] = ()
    while True:
        wanted = query.where(columns.id > page[-1].id) if page else query
        try:
            page = db.execute(wanted).all()
        except ValueError:
            raise _unreadable(db) from None
        if not page:
            return
        yield page


def _unreadable(db: Session) -> _Broken:
    columns = Event.__table__.c
    for number in db.scalars(select(columns.id).order_by(columns.id)).all():
        try:
            db.execute(select(*columns).where(columns.id == number)).all()
        except ValueError:
            return _Broken(number, f"event {number} was changed: it cannot be read any more")
    raise AssertionError("an event could not be read, and then all could")
