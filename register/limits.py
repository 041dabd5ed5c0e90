"""How often may somebody ask for what costs others something, or much to work out? More than any human, and no more.

What is counted in the database counts for every worker; what only costs this process time is counted in its memory,
because writing it down would cost more.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from threading import Lock

from sqlalchemy import delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from register.database import Record


@dataclass(frozen=True)
class Measure:
    """So many at once, and after that one more in every such time."""

    name: str
    at_once: int
    every: timedelta

    def wait(self, used_until: datetime, now: datetime) -> int:
        """Return after how many seconds somebody may ask who has used up what is theirs until then; 0 is now."""
        too_much = used_until + self.every - now - self.at_once * self.every
        return max(0, ceil(too_much.total_seconds()))


# A whole school behind one address, all on the same morning, stays far below these two.
ASKING_FROM_A_PLACE = Measure("asking from a place", 300, timedelta(seconds=5))
WRONG_FROM_A_PLACE = Measure("wrong from a place", 300, timedelta(seconds=2))
# Who asks for one address again and again fills somebody's mailbox.
ASKING_FOR_AN_ADDRESS = Measure("asking for an address", 5, timedelta(minutes=10))
# A training takes minutes: nobody starts it thirty times in a row.
STARTING = Measure("starting", 30, timedelta(minutes=1))
# Ten milliseconds each. A room full of people behind one address stays far below it.
WORKING_OUT = Measure("working out", 600, timedelta(seconds=0.1))
# Of more askers at a time the first are forgotten, so that memory stays small.
MOST_KNOWN = 10_000


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
    until = known.used_until if known else now
    seconds = measure.wait(until, now)
    if seconds:
        return seconds
    if known:
        known.used_until = until + measure.every
    else:
        db.add(Limit(who=key, used_until=until + measure.every))
    return 0


class Pace:
    """Until when everybody who asks has used up what is theirs of one measure; known to this process alone."""

    def __init__(self) -> None:
        self._used_until: dict[str, datetime] = {}
        self._lock = Lock()

    def spend(self, now: datetime, measure: Measure, who: str) -> int:
        """Count one more; return 0, or after how many seconds to ask again. Whoever asked too often is not counted."""
        with self._lock:
            until = max(now, self._used_until.pop(who, now))
            seconds = measure.wait(until, now)
            # Put back at the end: who asked last is forgotten last.
            self._used_until[who] = until if seconds else until + measure.every
            if len(self._used_until) > MOST_KNOWN:
                self._used_until = _latest(self._used_until, now)
        return seconds


def _latest(used_until: Mapping[str, datetime], now: datetime) -> dict[str, datetime]:
    """Return half of those who asked last, without those who have all that is theirs again."""
    left = [(who, until) for who, until in used_until.items() if until > now]
    return dict(left[-MOST_KNOWN // 2 :])
