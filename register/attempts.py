"""What did somebody answer, and what is the result when the register grades it?"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from quiz import engine
from quiz.attempts import NotAsked
from quiz.courses import canonical
from register.database import Record
from register.refusals import Refused


class Attempt(Record):
    """A finished attempt, graded by the register; a ticket counts once, which the database itself enforces."""

    __tablename__ = "attempts"

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    answers: Mapped[list[Any]]
    result: Mapped[dict[str, Any]]
    receipt: Mapped[str] = mapped_column(unique=True)
    submitted_at: Mapped[datetime]


def graded(course_text: str, seed: str, answers: Sequence[dict[str, str]]) -> dict[str, Any]:
    """Return the result the answers really have; raises Refused if they do not make a finished attempt."""
    try:
        state = json.loads(engine.play(course_text, seed, canonical(answers)))
    except NotAsked as error:
        raise Refused(422, "not-asked", f"{error} Nothing was recorded. Start the training again.") from error
    if state["result"] is None:
        raise Refused(422, "unfinished", "Some questions have no answer yet. Answer them all, then send the answers.")
    result: dict[str, Any] = state["result"]
    return result


def answers_digest(answers: Sequence[Mapping[str, str]]) -> str:
    """Return what the log keeps of answers: nobody can change them later without its showing."""
    return sha256(canonical(answers).encode()).hexdigest()


def repeated(first: Attempt, answers: Sequence[dict[str, str]]) -> Attempt:
    """Return the first attempt if the same answers were sent again; raises Refused if they differ."""
    if canonical(first.answers) != canonical(answers):
        says = "Other answers were recorded for this ticket already. To try again, start the training again."
        raise Refused(409, "ticket-used", says)
    return first


def attempted_by(db: Session, people: Iterable[int]) -> frozenset[int]:
    """Return who of some people has finished an attempt."""
    return frozenset(db.scalars(select(Attempt.person_id).where(Attempt.person_id.in_(list(people))).distinct()))
