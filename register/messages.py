"""Which sign-in links are to be sent by e-mail, and what has become of them?"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, ForeignKey, and_, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from register import events
from register.database import Record
from register.people import Person

WAITING, SENDING, SENT, FAILED = "waiting", "sending", "sent", "failed"
# A message that is still being sent after this long belongs to a register that was stopped.
SENT_WITHIN = timedelta(minutes=5)
LONGEST_REASON = 300


class Message(Record):
    """A sign-in link for a person, by e-mail. The link itself is made when it is sent, and is not kept here."""

    __tablename__ = "messages"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    state: Mapped[str] = mapped_column(index=True)
    tried_at: Mapped[datetime | None]
    reason: Mapped[str | None]


def queue(db: Session, now: datetime, actor_id: int | None, person_id: int) -> None:
    """Have a link sent to a person; nothing is added while one is waiting already."""
    waiting = select(Message.id).where(Message.person_id == person_id, Message.state == WAITING)
    if db.scalar(waiting) is None:
        db.add(Message(person_id=person_id, made_at=now, made_by=actor_id, state=WAITING))
        db.flush()


def take(db: Session, now: datetime) -> Message | None:
    """Return the message that has waited longest, and mark it so that nobody else sends it."""
    message = db.scalar(select(Message).where(_to_send(now)).order_by(Message.id).limit(1))
    if message is not None:
        message.state, message.tried_at = SENDING, now
    return message


def is_waiting(db: Session, now: datetime) -> bool:
    """Say whether there is anything to send."""
    return db.scalar(select(Message.id).where(_to_send(now)).limit(1)) is not None


def sent(db: Session, now: datetime, message_id: int) -> None:
    """Record that the mail server has taken a message."""
    message = db.get_one(Message, message_id)
    message.state, message.tried_at, message.reason = SENT, now, None
    events.record(db, now, message.made_by, "message.sent", {"person": message.person_id, "message": message.id})


def failed(db: Session, now: datetime, message_id: int, reason: str) -> None:
    """Record that a message could not be sent; the reason is for the manager and stays out of the log of events."""
    message = db.get_one(Message, message_id)
    message.state, message.tried_at, message.reason = FAILED, now, reason[:LONGEST_REASON]
    events.record(db, now, message.made_by, "message.failed", {"person": message.person_id, "message": message.id})


def all_failed(db: Session, now: datetime, reason: str) -> None:
    """Record that nothing could be sent, because the mail server cannot be reached."""
    for message_id in db.scalars(select(Message.id).where(_to_send(now))).all():
        failed(db, now, message_id, reason)


def again(now: datetime, message: Message) -> None:
    """Have a message that failed sent again; any other is left alone."""
    if message.state == FAILED:
        message.state, message.made_at = WAITING, now


def of_trust(db: Session, trust_id: str) -> Sequence[tuple[Message, Person]]:
    """Return the last message of everybody of a trust: what failed, then what waits, then what was sent."""
    rows = db.execute(
        select(Message, Person)
        .join(Person, Person.id == Message.person_id)
        .where(Person.trust_id == trust_id)
        .order_by(Message.id.desc())
    )
    last: dict[int, tuple[Message, Person]] = {}
    for message, person in rows:
        last.setdefault(person.id, (message, person))
    order = (FAILED, WAITING, SENDING, SENT)
    return sorted(last.values(), key=lambda one: order.index(one[0].state))


def _to_send(now: datetime) -> ColumnElement[bool]:
    forgotten = and_(Message.state == SENDING, Message.tried_at < now - SENT_WITHIN)
    return or_(Message.state == WAITING, forgotten)
