"""Which rights have come into force or gone out of it since programs were last told, and what waits to be sent?

The gate never looks here: it asks the policy anew each time. This only notices what has changed, so that others can be
told; a lapse that nobody brought about is found the next time somebody looks (see `register.messenger`).
"""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from quiz.courses import Course, canonical
from register import clearances, events, posting_rights, webhooks
from register.accounts import Account
from register.clearances import Claim
from register.database import Record
from register.people import Person
from register.posting_rights import GRANTED, REVOKED, PostingRight
from register.webhooks import Webhook

HELD, LAPSED = "held", "lapsed"
# What is put into the log besides what somebody did: that is there already.
_FOUND = {HELD: "right.held", LAPSED: "right.lapsed", GRANTED: "right.restored"}
# After each try that failed; then it is given up.
WAITS = tuple(timedelta(minutes=one) for one in (1, 5, 30, 120, 360, 720, 1440, 1440))
# Whoever took a notice and has not said what became of it by then was stopped.
SENT_WITHIN = timedelta(minutes=2)
LONGEST_ANSWER = 200


class ToldRight(Record):
    """What was last told of a right, and since when it is so."""

    __tablename__ = "told_rights"

    right_id: Mapped[int] = mapped_column(ForeignKey("posting_rights.id"), primary_key=True)
    state: Mapped[str]
    since: Mapped[datetime]


class Notice(Record):
    """One thing to tell one address; `number` is the same however often it is sent, `due_at` empty once it is over.

    It holds no personal data: what is said of the person is put in when it is sent.
    """

    __tablename__ = "notices"

    id: Mapped[int] = mapped_column(primary_key=True)
    webhook_id: Mapped[int] = mapped_column(ForeignKey("webhooks.id"), index=True)
    right_id: Mapped[int] = mapped_column(ForeignKey("posting_rights.id"))
    number: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str]
    at: Mapped[datetime]
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    tries: Mapped[int]
    taken_at: Mapped[datetime | None]
    answer: Mapped[str | None]

    @property
    def delivered(self) -> bool:
        """Whether the address has said that it got this."""
        return self.due_at is None and (self.answer or "").startswith("2")


def state_of(claim: Claim) -> str:
    """Return what others are told of a right: granted, held, lapsed or revoked."""
    if claim.right.state != GRANTED:
        return REVOKED
    if claim.in_force:
        return GRANTED
    return HELD if claim.clearance.on_hold else LAPSED


def changes(db: Session, course: Course, now: datetime) -> list[tuple[Claim, str]]:
    """Return the rights of a trust that are not as they were last told, each with what it is now."""
    found = clearances.circumstances(db, course, now, several=posting_rights.people_with_rights(db, course.trust))
    told = _told(db, course.trust)
    different = []
    for claim in found.claims():
        if claim.right.state not in (GRANTED, REVOKED):
            continue
        state = state_of(claim)
        if told.get(claim.right.id, REVOKED) != state:
            different.append((claim, state))
    return different


def tell(db: Session, course: Course, now: datetime) -> int:
    """Record every change of a trust's rights, and have it sent to whoever is to be told; return how many."""
    different = changes(db, course, now)
    addresses = webhooks.of_trust(db, course.trust) if different else ()
    for claim, state in different:
        known = db.get(ToldRight, claim.right.id)
        if known is None:
            db.add(ToldRight(right_id=claim.right.id, state=state, since=now))
        else:
            known.state, known.since = state, now
        if state in _FOUND and (known is not None or state != GRANTED):
            subjects = {"right": claim.right.id, "person": claim.person.id, "account": claim.account.id}
            events.record(db, now, None, _FOUND[state], subjects)
        for one in addresses:
            if one.school_id in (None, claim.account.school_id):
                _queue(db, now, one, claim.right, state)
    return len(different)


def is_due(db: Session, now: datetime) -> bool:
    """Say whether anything is to be sent now."""
    return db.scalar(select(Notice.id).where(Notice.due_at <= now).limit(1)) is not None


def take(db: Session, now: datetime) -> tuple[Notice, Webhook] | None:
    """Return the notice that has waited longest and where to send it; marked, so that nobody else sends it."""
    free = or_(Notice.taken_at.is_(None), Notice.taken_at < now - SENT_WITHIN)
    row = db.execute(
        select(Notice, Webhook)
        .join(Webhook, Webhook.id == Notice.webhook_id)
        .where(Notice.due_at <= now, free, Webhook.ended_at.is_(None))
        .order_by(Notice.due_at, Notice.id)
        .limit(1)
    ).first()
    if row is None:
        return None
    notice, webhook = row
    notice.taken_at = now
    return notice, webhook


def sent(db: Session, notice_id: int, answer: str) -> None:
    """Record that the address has got a notice."""
    notice = db.get_one(Notice, notice_id)
    notice.tries, notice.due_at, notice.taken_at, notice.answer = notice.tries + 1, None, None, answer[:LONGEST_ANSWER]


def failed(db: Session, now: datetime, notice_id: int, answer: str) -> None:
    """Have a notice sent again later, each time after a longer wait; after the last it is given up."""
    notice = db.get_one(Notice, notice_id)
    wait = WAITS[notice.tries] if notice.tries < len(WAITS) else None
    notice.tries, notice.taken_at, notice.answer = notice.tries + 1, None, answer[:LONGEST_ANSWER]
    notice.due_at = now + wait if wait else None


def again(db: Session, now: datetime, webhook: Webhook) -> int:
    """Have all that an address has not got sent at once, also what was given up; return how many notices."""
    several = db.scalars(select(Notice).where(Notice.webhook_id == webhook.id)).all()
    missing = [one for one in several if not one.delivered]
    for one in missing:
        one.due_at, one.tries, one.taken_at = now, 0, None
    return len(missing)


def body(db: Session, notice: Notice) -> bytes:
    """Return what is sent: JSON, the same each time as long as the person is called the same."""
    right = db.get_one(PostingRight, notice.right_id)
    person, account = db.get_one(Person, right.person_id), db.get_one(Account, right.account_id)
    said = {
        "type": f"right.{notice.state}",
        "timestamp": notice.at.isoformat(),
        "data": {
            "right": right.id,
            "may_post": notice.state == GRANTED,
            "person": {"name": person.name, "email": person.email},
            "account": {"platform": account.platform, "handle": account.handle},
        },
    }
    return canonical(said).encode()


def of_webhooks(db: Session, webhook_ids: Sequence[int]) -> Mapping[int, Mapping[str, Any]]:
    """Return how many notices each address has got, still waits for and will never get, and its last answer."""
    found: dict[int, dict[str, Any]] = {
        one: {"got": 0, "waiting": 0, "given_up": 0, "answer": ""} for one in webhook_ids
    }
    rows = select(Notice.webhook_id, Notice.due_at, Notice.answer).where(Notice.webhook_id.in_(list(webhook_ids)))
    for webhook_id, due_at, answer in db.execute(rows.order_by(Notice.id)):
        about = found[webhook_id]
        kind = "waiting" if due_at else "got" if (answer or "").startswith("2") else "given_up"
        about[kind] += 1
        about["answer"] = answer or about["answer"]
    return found


def _queue(db: Session, now: datetime, webhook: Webhook, right: PostingRight, state: str) -> None:
    number = f"msg_{secrets.token_hex(12)}"
    db.add(Notice(webhook_id=webhook.id, right_id=right.id, number=number, state=state, at=now, due_at=now, tries=0))


def _told(db: Session, trust_id: str) -> Mapping[int, str]:
    rows = (
        select(ToldRight.right_id, ToldRight.state)
        .join(PostingRight, PostingRight.id == ToldRight.right_id)
        .join(Account, Account.id == PostingRight.account_id)
        .where(Account.trust_id == trust_id)
    )
    return {one.right_id: one.state for one in db.execute(rows)}
