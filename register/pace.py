"""How much may one person, or one address, make the register work out? More than any human asks, and no more."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address
from math import ceil
from threading import Lock

from fastapi import HTTPException, Request

from register.desk import AtDesk
from register.doorway import Anybody

# Ten milliseconds each. A room full of people behind one address stays far below it.
AT_ONCE = 600
EVERY = timedelta(seconds=0.1)
# Of more askers at a time the first are forgotten, so that memory stays small.
MOST_KNOWN = 10_000
# One household or school has as many addresses of version 6 as it likes, which all begin the same.
SHARED_BITS = 64


class Pace:
    """Until when everybody who asks has used up what is theirs; known to this process alone."""

    def __init__(self) -> None:
        self._used_until: dict[str, datetime] = {}
        self._lock = Lock()

    def wait(self, who: str, now: datetime) -> int:
        """Count one more thing to work out; return 0, or after how many seconds to ask again."""
        with self._lock:
            until = max(now, self._used_until.pop(who, now)) + EVERY
            too_much = until - now - AT_ONCE * EVERY
            self._used_until[who] = until if too_much <= timedelta() else until - EVERY
            if len(self._used_until) > MOST_KNOWN:
                self._used_until = _latest(self._used_until, now)
        return max(0, ceil(too_much.total_seconds()))


def _latest(used_until: Mapping[str, datetime], now: datetime) -> dict[str, datetime]:
    """Return half of those who asked last, without those who have all that is theirs again."""
    left = [(who, until) for who, until in used_until.items() if until > now]
    return dict(left[-MOST_KNOWN // 2 :])


def unhurried(request: Request, desk: AtDesk, visitor: Anybody) -> None:
    """Raise HTTPException 429 for somebody who asks more than a human does; it says when to ask again."""
    pace: Pace = request.app.state.pace
    seconds = pace.wait(f"person {visitor.person.id}" if visitor else place_of(request), desk.now)
    if seconds:
        raise HTTPException(429, headers={"Retry-After": str(seconds)})


def place_of(request: Request) -> str:
    """Return where a request comes from: an address, or the network that a household or school shares."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        return f"network {int(address) >> (128 - SHARED_BITS):x}"
    return host
