"""When is each policy to be reviewed, and which are overdue on a day?"""

from dataclasses import dataclass
from datetime import date

from handbook.library import Library, Trust
from handbook.pages.dates import last_day


@dataclass(frozen=True)
class Review:
    """A policy's review: the day after which it is late, and whether it is."""

    trust: Trust
    due: date
    overdue: bool


def reviews(library: Library) -> tuple[Review, ...]:
    """Return the reviews whose date a policy gives, the longest overdue first, then the next to come."""
    dated = [(trust, trust.document["review_due"]) for trust in library.trusts.values() if _is_dated(trust)]
    found = [Review(trust, last_day(due.value), last_day(due.value) < library.built_on) for trust, due in dated]
    return tuple(sorted(found, key=lambda one: (one.due, one.trust.name)))


def undated(library: Library) -> tuple[Trust, ...]:
    """Return the trusts whose policies do not say when they are reviewed."""
    return tuple(one for one in library.trusts.values() if not _is_dated(one))


def _is_dated(trust: Trust) -> bool:
    return "review_due" in trust.document
