"""How often may somebody ask for what costs others something, whichever worker they ask?"""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from register.database import Record


@dataclass(frozen=True)
class Measure:
    """So many at once, and after that one more in every such time."""

    name: str
    at_once: int
    every: timedelta


# A whole school behind one address, all on the same morning, stays far below these two.
ASKING_FROM_A_PLACE = Measure("asking from a place", 300, timedelta(seconds=5))
WRONG_FROM_A_PLACE = Measure("wrong from a place", 300, timedelta(seconds=2))
# Who asks for one address again and again fills somebody's mailbox.
ASKING_FOR_AN_ADDRESS = Measure("asking for an address", 5, timedelta(minutes=10))
# A training takes minutes: nobody starts it thirty times in a row.
STARTING = Measure("starting", 30, timedelta(minutes=1))


class Limit(Record):
    """Until when somebody has used up what is theirs; `who` is hashed with the register's secret."""

    __tablename__ = "limits"

    who: Mapped[str] = mapped_column(primary_key=True)
    used_until: Mapped[datetime] = mapped_column(index=True)


def spend(db: Session, now: datetime, secret: bytes, measure: Measure, who: str) -> int:
    """Count one more; return 0, or after how many seconds to ask again. Whoever asked too often is not counted."""
    db.execute(delete(Limit).where(Limit.used_until <= now))
    key = hmac.new(secret, f"{measure.name}\n{who}".encode(), "sha256").hexdigest()
    known = db.get(Limit, key)
    until = (known.used_until if known else now) + measure.every
    too_much = until - now - measure.at_once * measure.every
    if too_much > timedelta():
        return ceil(too_much.total_seconds())
    if known:
        known.used_until = until
    else:
        db.add(Limit(who=key, used_until=until))
    return 0
