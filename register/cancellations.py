"""Which completions were found not to count? What was recorded stays as it is: this stands beside it, for ever.

Why is a choice and no free text: nothing here can name anybody, so that nothing here has ever to be erased.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from quiz.nearest import suggestion
from register import events
from register.database import Record

REASONS = {
    "somebody-else": "Somebody else answered the questions",
    "wrong-person": "It was recorded for the wrong person",
    "asked-for": "The person asked for it",
}


class Cancellation(Record):
    """That a completion does not count, from the moment on at which it was cancelled."""

    __tablename__ = "cancellations"

    id: Mapped[int] = mapped_column(primary_key=True)
    completion_id: Mapped[int] = mapped_column(ForeignKey("completions.id"), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str]
    cancelled_at: Mapped[datetime]
    cancelled_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


def cancel(
    db: Session, now: datetime, actor_id: int | None, *, completion_id: int, person_id: int, reason: str
) -> None:
    """Record that a completion does not count; a second time changes nothing. Raises ValueError for another reason."""
    if reason not in REASONS:
        raise ValueError(f"there is no reason {reason!r}{suggestion(reason, REASONS)}")
    if completion_id in of_completions(db, [completion_id]):
        return
    one = Cancellation(
        completion_id=completion_id, person_id=person_id, reason=reason, cancelled_at=now, cancelled_by=actor_id
    )
    db.add(one)
    db.flush()
    subjects = {"person": person_id, "completion": completion_id, "cancellation": one.id}
    events.record(db, now, actor_id, "completion.cancelled", subjects, reason=reason)


def of_completions(db: Session, completions: Iterable[int]) -> Mapping[int, Cancellation]:
    """Return the cancellations of some completions, by completion."""
    rows = db.scalars(select(Cancellation).where(Cancellation.completion_id.in_(list(completions))))
    return {one.completion_id: one for one in rows}
