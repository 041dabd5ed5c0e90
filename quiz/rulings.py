"""What a decision answers: the verdict, what it rests on, and what to do now."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from quiz.facts import FactValue, plain

# In this order of strictness; not-covered stands apart: there is nothing to be strict about.
STRICTNESS = ("allowed", "advised-against", "allowed-if", "ask-first", "forbidden")
NOT_COVERED = "not-covered"
VERDICTS = (*STRICTNESS, NOT_COVERED)
HEADLINES = {
    "allowed": "Yes",
    "advised-against": "Better not",
    "allowed-if": "Yes, once…",
    "ask-first": "Ask first",
    "forbidden": "No",
    NOT_COVERED: "The policy does not say",
}
_RANK = {verdict: rank for rank, verdict in enumerate(STRICTNESS)}


class Condition(NamedTuple):
    """Something still to be met; `key` is its short name for scenarios, `provision` the id of what asks for it."""

    key: str
    says: str
    provision: str


class Step(NamedTuple):
    """Something to do now: `to` is a role, `by` a deadline in words, both only where the policy gives them."""

    does: str
    provision: str
    to: str | None = None
    by: str | None = None
    key: str = ""


class Finding(NamedTuple):
    """What one rule found in one situation; a ruling is made of all of them.

    One that only offers a step is `not-covered`: it decides nothing.
    """

    verdict: str
    because: tuple[str, ...]
    unmet: tuple[Condition, ...] = ()
    steps: tuple[Step, ...] = ()
    note: str | None = None


class Ruling(NamedTuple):
    """The answer of one decision for one trust (fields as the decisions' specification has them)."""

    decision: str
    trust: str
    verdict: str
    because: tuple[str, ...] = ()
    unmet: tuple[Condition, ...] = ()
    steps: tuple[Step, ...] = ()
    note: str | None = None
    assumed: Mapping[str, FactValue] = MappingProxyType({})
    advice: tuple[str, str] | None = None

    def as_json(self) -> dict[str, object]:
        """Return the ruling with exactly the specified fields, as JSON has them."""
        return {
            "decision": self.decision,
            "trust": self.trust,
            "verdict": self.verdict,
            "because": list(self.because),
            "unmet": [{"condition": one.says, "provision": one.provision} for one in self.unmet],
            "steps": [{"do": one.does, "to": one.to, "by": one.by, "provision": one.provision} for one in self.steps],
            "note": self.note,
            "assumed": {name: plain(value) for name, value in self.assumed.items()},
            "advice": {"to": self.advice[0], "provision": self.advice[1]} if self.advice else None,
        }


def strictest(verdicts: Iterable[str]) -> str:
    """Return the strictest of some verdicts, not-covered if none decides."""
    return max((one for one in verdicts if one != NOT_COVERED), key=_RANK.__getitem__, default=NOT_COVERED)


def weighed(findings: Iterable[Finding]) -> tuple[str, tuple[str, ...]]:
    """Return the verdict, which is the strictest, and the provisions that decide it: the strictest first, each once.

    Findings that stand in nobody's way are cited only when nothing does.
    """
    ordered = sorted([one for one in findings if one.verdict != NOT_COVERED], key=_rank, reverse=True)
    if not ordered:
        return NOT_COVERED, ()
    verdict = ordered[0].verdict
    if verdict != "allowed":
        ordered = [one for one in ordered if one.verdict != "allowed"]
    return verdict, each_once([cite for one in ordered for cite in one.because])


def each_once[T](items: list[T]) -> tuple[T, ...]:
    """Return the items without repetition, in the order in which each came first."""
    return tuple(dict.fromkeys(items)) if items else ()


def _rank(finding: Finding) -> int:
    return _RANK[finding.verdict]
