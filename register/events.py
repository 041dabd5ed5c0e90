"""What has happened, when, and through whom? A log that is only ever added to."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, Session, mapped_column

from register.database import Record

# Facts hold ids, dates and choices, never a name or an address: the log outlives the personal data it is about.
EVENTS = {
    "account.added": "An account was added to the list.",
    "approval.recorded": "A manager recorded that a role has agreed to a right.",
    "attempt.graded": "A finished attempt was graded again and kept.",
    "completion.recorded": "A person passed the training.",
    "course.kept": "A version of a course was used for the first time and is kept.",
    "hold.lifted": "Posting may go on.",
    "hold.set": "All posting of a trust or on an account is on hold.",
    "holder.named": "A person was named as a holder of an account.",
    "holder.removed": "A person is no longer a holder of an account.",
    "link.made": "A sign-in link was made.",
    "link.requested": "A person asked for a new sign-in link.",
    "link.used": "A sign-in link was used up.",
    "person.added": "A person was added to the staff list.",
    "person.left": "A person left.",
    "reading.confirmed": "A person confirmed having read what the training asks to read.",
    "right.granted": "A manager granted the right to post on an account.",
    "right.refused": "A manager refused the right to post on an account.",
    "right.requested": "A person asked for the right to post on an account.",
    "right.revoked": "A manager took the right to post on an account back.",
    "session.ended": "A person signed out.",
    "session.started": "A person signed in.",
    "ticket.issued": "A person started the training.",
}


class Event(Record):
    """One thing that happened; `actor_id` is the person who did it, none for the register itself."""

    __tablename__ = "events"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    name: Mapped[str]
    subjects: Mapped[dict[str, Any]]
    facts: Mapped[dict[str, Any]]


def record(
    db: Session,
    at: datetime,
    actor_id: int | None,
    name: str,
    subjects: Mapping[str, int | str],
    **facts: object,
) -> None:
    """Add an event; `subjects` are the ids it is about, by noun."""
    if name not in EVENTS:
        raise ValueError(f"there is no event {name!r}")
    db.add(Event(at=at, actor_id=actor_id, name=name, subjects=dict(subjects), facts=facts))
