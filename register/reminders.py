"""Who is to be reminded of what today, and what have they been told already?"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from register import events
from register.completion_list import EXPIRING, passes
from register.completions import EXPIRED, IN_GRACE, TRAIN_AGAIN, Training
from register.database import Record


class Reminder(Record):
    """That a person was told something; `about` says what, so that they are told it once."""

    __tablename__ = "reminders"
    __table_args__ = (UniqueConstraint("person_id", "about"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    about: Mapped[str]
    sent_at: Mapped[datetime]


def due_notice(training: Training, today: date) -> str | None:
    """Return what somebody with this training is to be told, None if nothing: each of these once.

    Whoever has never passed is their manager's to ask: the register cannot know whether they have a link yet.
    """
    done = training.completion
    if done is None:
        return None
    if passes(training, EXPIRING, today):
        return f"expiring {done.expires_on.isoformat()}"
    if training.status in (IN_GRACE, EXPIRED):
        return f"{training.status} {done.expires_on.isoformat()}"
    return f"{TRAIN_AGAIN} {done.id} {training.reason}" if training.status == TRAIN_AGAIN else None


def week_of(today: date) -> str:
    """Return what a manager is told once a week."""
    year, week, _ = today.isocalendar()
    return f"digest {year}-W{week:02}"


def take(db: Session, now: datetime, person_id: int, about: str) -> bool:
    """Note that a person is being told something; False if they have been told it before."""
    told = select(Reminder.id).where(Reminder.person_id == person_id, Reminder.about == about)
    if db.scalar(told) is not None:
        return False
    db.add(Reminder(person_id=person_id, about=about, sent_at=now))
    return True


def mailed(db: Session, now: datetime, person_id: int, about: str) -> None:
    """Record that the mail server has taken it."""
    events.record(db, now, None, "reminder.mailed", {"person": person_id}, about=about.partition(" ")[0])


def give_back(db: Session, person_id: int, about: str) -> None:
    """Forget that a person was told something: the mail server did not take it."""
    db.execute(delete(Reminder).where(Reminder.person_id == person_id, Reminder.about == about))
