"""A trust's positions alone: small, the same as the course's, and enough to answer every question."""

import json

from handbook.courses import course_json
from handbook.library import Library
from handbook.positions import positions_json
from quiz.decisions import DECISIONS
from quiz.engine import decide
from tests.handbook.built import Built


def test_the_positions_answer_as_the_whole_course_does(library: Library) -> None:
    for trust in library.trusts:
        course, positions = course_json(library, trust), positions_json(library, trust)
        for decision in json.loads(positions)["positions"]:
            assert decide(positions, decision, "{}") == decide(course, decision, "{}")


def test_the_positions_hold_nothing_of_the_training(library: Library) -> None:
    for trust in library.trusts:
        assert "scenarios" not in json.loads(positions_json(library, trust))


def test_they_name_the_facts_that_matter_for_every_decision(library: Library) -> None:
    for trust in library.trusts:
        data = json.loads(positions_json(library, trust))
        assert set(data["matters"]) == set(data["positions"])
        for decision, facts in data["matters"].items():
            assert set(facts) <= {fact.name for fact in DECISIONS[decision].facts}


def test_they_lie_beside_the_course(handbook: Built, library: Library) -> None:
    for trust in library.trusts:
        file = handbook.site / "handbook" / trust / "positions.json"
        assert file.read_text(encoding="utf-8") == positions_json(library, trust)
