"""What becomes of answers that are sent in?"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quiz.courses import read_course
from register import attempts, completions, courses, events, readings, tickets
from register.attempts import Attempt
from register.completions import Completion
from register.database import Database, write
from register.days import Clock
from register.numbers import Numbers
from register.people import Person
from register.tickets import Ticket


@dataclass(frozen=True)
class Sent:
    """What a person sends.

    A ticket's token, the digest of the course they answered, the answers in order, and the ids of the sections they
    confirm to have read.
    """

    token: str
    course_digest: str
    answers: list[dict[str, str]]
    confirmed: frozenset[str]


@dataclass(frozen=True)
class Kept:
    """What is on record for the ticket; `new` unless it had been sent before."""

    attempt: Attempt
    completion: Completion | None
    new: bool


def submit(database: Database, clock: Clock, person: Person, sent: Sent, current_digest: str, numbers: Numbers) -> Kept:
    """Grade and record what was sent; raises Refused, and then nothing is recorded.

    When it returns, the record is durable. `current_digest` names the course in force. A pass needs every section
    confirmed; refused without, the same answers can be sent again with the rest.
    """
    with database.turn():
        return _graded_and_kept(database, clock, person, sent, current_digest, numbers)


def _graded_and_kept(
    database: Database, clock: Clock, person: Person, sent: Sent, current_digest: str, numbers: Numbers
) -> Kept:
    with database.reading() as db:
        ticket, used = tickets.find(db, sent.token, person)
        if used:
            return first_kept(db, ticket, sent)
        tickets.check_current(ticket, clock(), sent.course_digest, current_digest)
        course_text = courses.kept(db, ticket.course_digest)
    result = attempts.graded(course_text, ticket.seed, sent.answers)
    if result["passed"]:
        readings.check_confirmed(read_course(course_text), sent.confirmed)
    try:
        with database.writing() as db:
            return record(db, clock(), ticket, sent.answers, result, numbers)
    except IntegrityError:
        # The same ticket was sent twice at once, and the other was first.
        with database.reading() as db:
            return first_kept(db, ticket, sent)


def first_kept(db: Session, ticket: Ticket, sent: Sent) -> Kept:
    """Return what is on record for a used ticket; raises Refused if other answers are sent now."""
    first = db.scalars(select(Attempt).where(Attempt.ticket_id == ticket.id)).one()
    attempt = attempts.repeated(first, sent.answers)
    return Kept(attempt, db.scalar(select(Completion).where(Completion.attempt_id == attempt.id)), new=False)


def record(
    db: Session, now: datetime, ticket: Ticket, answers: list[dict[str, str]], result: dict[str, Any], numbers: Numbers
) -> Kept:
    """Record a graded attempt, and the completion if it passed; a ticket used before is an IntegrityError."""
    attempt = Attempt(
        ticket_id=ticket.id,
        person_id=ticket.person_id,
        answers=answers,
        result=result,
        receipt=numbers.receipt,
        submitted_at=now,
    )
    write(db, attempt)
    return Kept(attempt, _recorded(db, now, ticket, attempt, numbers.code), new=True)


def _recorded(db: Session, now: datetime, ticket: Ticket, attempt: Attempt, code: str) -> Completion | None:
    """Record what an attempt comes to; return the completion if it passed."""
    result = attempt.result
    subjects = {"person": ticket.person_id, "attempt": attempt.id}
    facts = {
        "passed": result["passed"],
        "score": result["score"],
        "course": ticket.course_digest,
        "answers": attempts.answers_digest(attempt.answers),
    }
    events.record(db, now, ticket.person_id, "attempt.graded", subjects, **facts)
    if not result["passed"]:
        return None
    course = read_course(courses.kept(db, ticket.course_digest))
    completion = completions.record(db, now, ticket.person_id, attempt.id, course, result["score"], code)
    readings.confirm(db, now, ticket.person_id, course)
    return completion
