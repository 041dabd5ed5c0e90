"""Somebody asks, and answers question by question: what is asked next, and what can be said already?"""

from collections.abc import Mapping, Sequence
from itertools import product
from math import prod
from typing import Any

from quiz.courses import Course
from quiz.decisions import DECISIONS
from quiz.facts import Choices, Fact, FactValue
from quiz.feedback import ALSO_NEEDED, GO_AHEAD_ONCE, explained
from quiz.relevance import asked, told_apart
from quiz.rulings import Ruling

# So many ways to answer what is open are tried; where there are more, the verdict is taken to depend on it.
_TRIED = 200


def consult(course: Course, decision_id: str, given: Mapping[str, object]) -> dict[str, Any]:
    """Return what follows from the answers given so far, for the trust whose `positions.json` the course is.

    `asks`: the facts that still matter, of a set its members that do; `open`: those of them without an answer;
    `settled`: whether the verdict is the same however these are answered; `ruling` on what was asked and given (the
    rest is assumed cautiously); and the same in words: `in_short`, `conditions` (what is still to be met, where a
    sentence would be too long for it) and `explained`. Raises FactError for a fact or a value that does not exist.
    """
    decision, position = DECISIONS[decision_id], course.positions[decision_id]
    matters = {name: tuple(parts) for name, parts in course.data["matters"][decision_id].items()}
    asks = asked(decision, position, given, matters)
    known = {name: value for name, value in given.items() if name in asks}
    missing = [fact for fact in decision.facts if fact.name in asks and fact.name not in given]
    ruling = course.rule(decision_id, known)
    return {
        "asks": asks,
        "open": [fact.name for fact in missing],
        "settled": _settled(course, decision_id, known, missing),
        "ruling": ruling.as_json(),
        **_in_words(course, ruling),
    }


def _in_words(course: Course, ruling: Ruling) -> dict[str, Any]:
    """Return a ruling in words, its conditions in a list if they are several, in the headline if it is one."""
    words = explained(course, ruling)
    conditions = [] if DECISIONS[ruling.decision].task else [one.says for one in ruling.unmet]
    in_headline = ruling.verdict == "allowed-if" and len(conditions) == 1
    listed = conditions if len(conditions) > 1 else []
    said = (GO_AHEAD_ONCE, ALSO_NEEDED) if in_headline or listed else ()
    return {
        "in_short": f"Yes, once {conditions[0][:1].lower()}{conditions[0][1:]}" if in_headline else words["headline"],
        "conditions": listed,
        "explained": {**words, "says": [one for one in words["says"] if not one.startswith(said)]},
    }


def _settled(course: Course, decision_id: str, known: Mapping[str, object], missing: Sequence[Fact]) -> bool:
    """Say whether the verdict is the same whatever the answers to what is missing; False where there are too many."""
    values: dict[str, tuple[FactValue, ...]] = {}
    for fact in missing:
        if isinstance(fact, Choices):
            return False
        values[fact.name] = told_apart(fact, course.positions[decision_id])
    if prod(len(several) for several in values.values()) > _TRIED:
        return False
    ways = (dict(zip(values, answers, strict=True)) for answers in product(*values.values()))
    return len({course.rule(decision_id, {**known, **way}).verdict for way in ways}) == 1
