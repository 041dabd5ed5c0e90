"""What words does a fact need before it can be asked for, and which are missing?"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from quiz.decisions.decision import Decision
from quiz.facts import Choice, Choices, Fact, Flag, Number

YES_NO = {"true": "Yes", "false": "No"}


class MissingWords(LookupError):
    """A decision, fact or value nobody has words for; the message says where they belong."""


@dataclass(frozen=True)
class Asking:
    """A question for a fact, and a label for each of its values; `groups` arranges the values of a long list.

    A number without labels is typed in; `none` is the label of "none of these", for a set where silence is no answer.
    """

    question: str
    values: Mapping[str, str] = field(default_factory=dict)
    hint: str = ""
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    none: str = ""


@dataclass(frozen=True)
class Asked:
    """A decision as people ask it: the whole question, what stands on a short list, a line on what it is about."""

    question: str
    short: str
    intro: str
    facts: Mapping[str, Asking]


def asking(decision: Decision, asked: Mapping[str, Asked], fact: Fact) -> Asking:
    """Return the words for a fact of a decision; raises MissingWords if any of them is missing."""
    where = "add them in handbook/may_i/decisions.py"
    if decision.id not in asked:
        raise MissingWords(f"{decision.id} has no words: {where}")
    words = asked[decision.id].facts.get(fact.name)
    if words is None:
        raise MissingWords(f"{decision.id}: the fact {fact.name} has no question: {where}")
    missing = [one for one in _wanted(fact, words) if one not in words.values]
    if missing:
        raise MissingWords(f"{decision.id}: {fact.name} has no label for {', '.join(missing)}: {where}")
    if isinstance(fact, Choices) and bool(words.none) != bool(fact.default):
        raise MissingWords(f"{decision.id}: {fact.name} has {'no' if fact.default else 'a needless'} `none`: {where}")
    return words


def _wanted(fact: Fact, words: Asking) -> tuple[str, ...]:
    """Return the values that need a label; of a number all or none."""
    match fact:
        case Flag():
            return tuple(YES_NO)
        case Number():
            return tuple(str(one) for one in range(fact.least, fact.most + 1)) if words.values else ()
        case Choice() | Choices():
            return fact.values
