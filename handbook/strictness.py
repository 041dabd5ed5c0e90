"""Is one policy stricter than another? Two lists of verdicts on the same cases, in the order of their strictness.

A verdict that is none of that order (the policy does not say, or nobody has answered yet) is compared with nothing.
"""

from collections.abc import Iterable, Sequence

from quiz.rulings import STRICTNESS

SAME, STRICTER, LOOSER, MIXED, SILENT = "same", "stricter", "looser", "mixed", "silent"
RELATIONS = (STRICTER, LOOSER, MIXED, SILENT, SAME)
FLIPPED = {SAME: SAME, STRICTER: LOOSER, LOOSER: STRICTER, MIXED: MIXED, SILENT: SILENT}
RANKS = {verdict: rank for rank, verdict in enumerate(STRICTNESS)}


def speaks(verdict: str) -> bool:
    """Say whether a verdict can be compared."""
    return verdict in RANKS


def relation(one: Sequence[str], other: Sequence[str]) -> str:
    """Return how the first list of verdicts stands to the second, where both speak.

    `same` if they agree there, and of equal lists always; `stricter` or `looser` if they differ in one direction only,
    else `mixed`; `silent` if there is no case in which both speak.
    """
    if list(one) == list(other):
        return SAME
    steps = {_sign(RANKS[mine] - RANKS[theirs]) for mine, theirs in _both(one, other)}
    if not steps:
        return SILENT
    if {1, -1} <= steps:
        return MIXED
    return STRICTER if 1 in steps else LOOSER if -1 in steps else SAME


def difference(one: str, other: str) -> int:
    """Return by how many steps the first verdict is stricter than the second; 0 where one of them does not speak."""
    return RANKS[one] - RANKS[other] if speaks(one) and speaks(other) else 0


def widest(verdicts: Iterable[str]) -> int:
    """Return how many steps lie between the strictest and the mildest of several verdicts."""
    ranks = [RANKS[one] for one in verdicts if speaks(one)]
    return max(ranks) - min(ranks) if ranks else 0


def _both(one: Sequence[str], other: Sequence[str]) -> list[tuple[str, str]]:
    return [(mine, theirs) for mine, theirs in zip(one, other, strict=True) if speaks(mine) and speaks(theirs)]


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)
