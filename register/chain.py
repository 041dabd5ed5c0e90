"""How does each event hold on to the one before, so that none can be changed, added or taken away unseen?"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Self

from quiz.courses import canonical

# The form of what is hashed. Another form needs another number, so that old events are still read as they were written.
FORM = 1
_WRITTEN = re.compile(r"(0|[1-9][0-9]{0,15}):([0-9a-f]{64})")


@dataclass(frozen=True)
class Head:
    """An event's place in the chain: its number, counted from 1, and the hash that stands for it and all before it.

    Noted somewhere else, the last one shows later that nothing up to it was changed or taken away.
    """

    number: int
    hash: str

    def __str__(self) -> str:
        """Return the head as it is noted: `17:5f3c…`."""
        return f"{self.number}:{self.hash}"

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the head somebody noted; raises ValueError for a text that is none."""
        found = _WRITTEN.fullmatch(text.strip())
        if found is None:
            raise ValueError(f"{text!r} is no head of a chain; a head is a number, a colon and 64 hexadecimal digits")
        return cls(int(found[1]), found[2])


NOTHING = Head(0, "0" * 64)


def link(
    before: Head,
    at: datetime,
    actor_id: int | None,
    name: str,
    subjects: Mapping[str, Any],
    facts: Mapping[str, Any],
) -> Head:
    """Return the place of the event that comes after another.

    The hash is the SHA-256 of all the event says, its number, and the hash before it, as canonical JSON: names in
    order, no spaces, UTF-8; the moment in UTC to the microsecond.
    """
    number = before.number + 1
    text = canonical(
        {
            "form": FORM,
            "number": number,
            "previous": before.hash,
            "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
            "actor": actor_id,
            "name": name,
            "subjects": subjects,
            "facts": facts,
        }
    )
    return Head(number, sha256(text.encode()).hexdigest())
