"""The rulings: worked cases in words, all trusts side by side, in tests/rulings/<decision>.yml."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from quiz.courses import Course
from quiz.decisions import DECISIONS
from quiz.decisions.decision import Decision
from quiz.positions import Position
from quiz.rulings import Ruling

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
