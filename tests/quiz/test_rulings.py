"""The rulings: worked cases in words, all trusts side by side, in tests/rulings/<decision>.yml."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from quiz.courses import Course
from quiz.decisions import DECISIONS
from quiz.decisions.decision import Decision
from quiz.facts import Choice, Choices, Fact, Flag, Number
from quiz.positions import Position
from quiz.rulings import NOT_COVERED, STRICTNESS, VERDICTS, Ruling

CASES = Path(__file__).parent.parent / "rulings"


class _TextLoader(yaml.SafeLoader):
    """Reads `6.2` as the reference it is, not as a number."""


_TextLoader.yaml_implicit_resolvers = {
    first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:float"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def cases(decision: str) -> list[dict[str, Any]]:
    text = (CASES / f"{decision}.yml").read_text(encoding="utf-8")
    return list(yaml.load(text, Loader=_TextLoader))


ALL_CASES = [
    pytest.param(decision, case["facts"], trust, expected, id=f"{decision}: {case['case']}, {trust}")
    for decision in DECISIONS
    for case in cases(decision)
    for trust, expected in case["rulings"].items()
]


def found(ruling: Ruling) -> dict[str, Any]:
    """Return a ruling the way the cases write it."""
    said = {
        "verdict": ruling.verdict,
        "because": [provision.partition("/")[2] for provision in ruling.because],
        "unmet": list(dict.fromkeys(one.key for one in ruling.unmet)),
        "steps": [one.key or one.to for one in ruling.steps if one.key or one.to],
        "note": bool(ruling.note),
    }
    return {name: value for name, value in said.items() if value}


@pytest.mark.parametrize(("decision", "facts", "trust", "expected"), ALL_CASES)
def test_a_ruling_is_what_the_case_says(
    courses: dict[str, Course], decision: str, facts: dict[str, Any], trust: str, expected: dict[str, Any]
) -> None:
    assert found(courses[trust].rule(decision, facts)) == expected


def test_every_decision_has_cases_and_every_case_covers_every_trust(courses: dict[str, Course]) -> None:
    assert {path.stem for path in CASES.glob("*.yml")} == set(DECISIONS)
    for decision in DECISIONS:
        for case in cases(decision):
            assert set(case["rulings"]) == set(courses), case["case"]


def test_no_row_of_a_position_can_go_without_a_case_noticing(courses: dict[str, Course]) -> None:
    unnoticed = [
        f"{trust}: {decision.id}.{table} row {number + 1}"
        for trust, course in courses.items()
        for decision in DECISIONS.values()
        for table, rows in course.positions[decision.id].tables.items()
        for number in range(len(rows))
        if not _noticed(decision, trust, _without(course.positions[decision.id], table, number))
    ]
    assert unnoticed == []


def _without(position: Position, table: str, number: int) -> Position:
    rows = position.tables[table]
    return replace(position, tables={**position.tables, table: rows[:number] + rows[number + 1 :]})


def _noticed(decision: Decision, trust: str, position: Position) -> bool:
    return any(found(decision.decide(position, case["facts"])) != case["rulings"][trust] for case in cases(decision.id))


def facts_of(decision: Decision) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional={fact.name: _values(fact) for fact in decision.facts})


def _values(fact: Fact) -> st.SearchStrategy[Any]:
    match fact:
        case Flag():
            return st.booleans()
        case Number():
            return st.integers(fact.least, fact.most)
        case Choice():
            return st.sampled_from(fact.values)
        case Choices():
            return st.lists(st.sampled_from(fact.values), unique=True)


SITUATIONS = st.sampled_from(sorted(DECISIONS)).flatmap(
    lambda decision: st.tuples(st.just(decision), facts_of(DECISIONS[decision]))
)


@given(situation=SITUATIONS)
def test_every_ruling_that_is_not_silent_cites_something_and_a_silent_one_nothing(
    courses: dict[str, Course], situation: tuple[str, dict[str, Any]]
) -> None:
    for course in courses.values():
        ruling = course.rule(*situation)
        assert ruling.verdict in VERDICTS
        assert bool(ruling.because) == (ruling.verdict != NOT_COVERED)
        assert all(provision in course.data["provisions"] for provision in ruling.because)


@given(situation=SITUATIONS)
def test_what_is_still_unmet_never_stands_beside_a_plain_yes(
    courses: dict[str, Course], situation: tuple[str, dict[str, Any]]
) -> None:
    for course in courses.values():
        ruling = course.rule(*situation)
        assert not (ruling.verdict == "allowed" and ruling.unmet)
        assert ruling.verdict != "allowed-if" or ruling.unmet


@given(situation=SITUATIONS)
def test_a_fact_left_out_counts_as_its_default_and_is_named(
    courses: dict[str, Course], situation: tuple[str, dict[str, Any]]
) -> None:
    decision, facts = situation
    for course in courses.values():
        ruling = course.rule(decision, facts)
        stated = course.rule(decision, {**ruling.assumed, **facts})
        assert set(ruling.assumed) == {fact.name for fact in DECISIONS[decision].facts} - set(facts)
        assert replace(ruling, assumed={}) == replace(stated, assumed={})


@given(facts=facts_of(DECISIONS["use-photo"]), more=st.sampled_from(["parent", "pupil"]))
def test_another_consent_never_makes_a_photo_less_allowed(
    courses: dict[str, Course], facts: dict[str, Any], more: str
) -> None:
    agreed = {**facts, "consents": sorted({*facts.get("consents", ()), more})}
    for course in courses.values():
        assert _rank(course.rule("use-photo", agreed)) <= _rank(course.rule("use-photo", facts))


@given(
    facts=facts_of(DECISIONS["posting-right"]), more=st.sampled_from(["line-manager", "school-leader", "headteacher"])
)
def test_another_approval_never_takes_a_right_away(
    courses: dict[str, Course], facts: dict[str, Any], more: str
) -> None:
    agreed = {**facts, "approvals": sorted({*facts.get("approvals", ()), more})}
    for course in courses.values():
        assert _rank(course.rule("posting-right", agreed)) <= _rank(course.rule("posting-right", facts))


def _rank(ruling: Ruling) -> int:
    return STRICTNESS.index(ruling.verdict) if ruling.verdict in STRICTNESS else -1


def test_every_default_is_the_cautious_one(courses: dict[str, Course]) -> None:
    """Leaving a fact out is never answered more kindly than stating it, unless the policy is silent without it."""
    for trust, course in courses.items():
        for decision in DECISIONS.values():
            unknown = course.rule(decision.id, {})
            if unknown.verdict == NOT_COVERED:
                continue
            for fact in decision.facts:
                for value in _all_values(fact):
                    stated = course.rule(decision.id, {fact.name: value})
                    assert _rank(stated) <= _rank(unknown), f"{trust}: {decision.id} with {fact.name}={value}"


def _all_values(fact: Fact) -> list[Any]:
    match fact:
        case Flag():
            return [True, False]
        case Number():
            return list(range(fact.least, fact.most + 1))
        case Choice():
            return list(fact.values)
        case Choices():
            return [[value] for value in fact.values]
