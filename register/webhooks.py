"""Which addresses are told when a right changes, and how do they know that it is us?

What is sent is signed as the Standard Webhooks specification has it, so that any library for it can check.
"""

import hmac
import secrets
from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from register import events
from register.database import Record

SECRET_BEGINS = "whsec_"
_PURPOSE = b"webhook\n"


class Webhook(Record):
    """An address to be told, of a school's rights or without one of the whole trust's.

    Of its secret only the `seed` is kept: the rest is known to this register alone, and to nobody who has a copy of its
    records.
    """

    __tablename__ = "webhooks"

    id: Mapped[int] = mapped_column(primary_key=True)
    trust_id: Mapped[str] = mapped_column(ForeignKey("trusts.id"), index=True)
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"))
    name: Mapped[str]
    address: Mapped[str]
    seed: Mapped[str]
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


def add(
    db: Session, now: datetime, actor_id: int | None, *, trust_id: str, school_id: int | None, name: str, address: str
) -> Webhook:
    """Have an address told from now on."""
    made = Webhook(
        trust_id=trust_id,
        school_id=school_id,
        name=name,
        address=address,
        seed=secrets.token_hex(16),
        made_at=now,
        made_by=actor_id,
    )
    db.add(made)
    db.flush()
    events.record(db, now, actor_id, "webhook.added", {"webhook": made.id, "trust": trust_id}, school=school_id)
    return made


def end(db: Session, now: datetime, actor_id: int, webhook: Webhook) -> None:
    """Tell an address nothing more, not even what still waits."""
    if webhook.ended_at is None:
        webhook.ended_at, webhook.ended_by = now, actor_id
        events.record(db, now, actor_id, "webhook.ended", {"webhook": webhook.id, "trust": webhook.trust_id})


def secret_of(own: bytes, webhook: Webhook) -> str:
    """Return a webhook's secret, from what only this register knows; `whsec_` and base64."""
    key = hmac.new(own, _PURPOSE + webhook.seed.encode(), "sha256").digest()
    return SECRET_BEGINS + b64encode(key).decode()


def signed(own: bytes, webhook: Webhook, number: str, at: datetime, body: bytes) -> Mapping[str, str]:
    """Return the headers that say which notice this is, when it was sent, and that it is from us."""
    key = hmac.new(own, _PURPOSE + webhook.seed.encode(), "sha256").digest()
    stamp = str(int(at.timestamp()))
    signature = hmac.new(key, f"{number}.{stamp}.".encode() + body, "sha256").digest()
    return {
        "webhook-id": number,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{b64encode(signature).decode()}",
    }


def of_trust(db: Session, trust_id: str) -> Sequence[Webhook]:
    """Return the addresses that are told of a trust's rights, by name."""
    chosen = select(Webhook).where(Webhook.trust_id == trust_id, Webhook.ended_at.is_(None))
    return db.scalars(chosen.order_by(Webhook.name, Webhook.id)).all()


def in_trust(db: Session, trust_id: str, webhook_id: int) -> Webhook | None:
    """Return a webhook if it is the trust's."""
    found = db.get(Webhook, webhook_id)
    return found if found is not None and found.trust_id == trust_id else None
