"""What does a policy leave open: where is it silent, at odds with itself, or past its review?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from handbook.library import Clause, Trust
from quiz.decisions import DECISIONS


@dataclass(frozen=True)
class Silence:
    """A question the policy does not answer, and the reason given for saying so."""

    decision: str
    reason: str


@dataclass(frozen=True)
class Gaps:
    """What a policy leaves open: questions without an answer, clauses with something odd, dates it does not give.

    `unanswered` are decisions for which nobody has read the policy yet; they are no fault of it.
    """

    silences: tuple[Silence, ...]
    odd: tuple[Clause, ...]
    undated: tuple[str, ...]
    unanswered: tuple[str, ...]


def gaps_of(trust: Trust) -> Gaps:
    """Return what a trust's policy leaves open."""
    return Gaps(
        silences=tuple(_silences(trust)),
        odd=tuple(clause for clause in trust.clauses if clause.notes),
        undated=tuple(one for one in ("approved", "review_due") if one not in trust.document),
        unanswered=tuple(one for one in DECISIONS if one not in trust.positions),
    )


def _silences(trust: Trust) -> Iterator[Silence]:
    for decision in DECISIONS:
        reason = trust.positions.get(decision, {}).get("silent")
        if reason:
            yield Silence(decision, str(reason))


def silent_at(trusts: Iterable[Trust], decision: str) -> tuple[Trust, ...]:
    """Return the trusts whose policies do not answer a decision."""
    return tuple(one for one in trusts if "silent" in one.positions.get(decision, {}))
