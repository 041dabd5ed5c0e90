"""The cases in which trusts are compared: few enough to decide, and no difference between two policies escapes them."""

from itertools import combinations

import pytest

from handbook.cases import cases, in_order
from handbook.comparison import Comparison
from handbook.library import Library
from quiz.courses import Course
from quiz.decisions import DECISIONS
from quiz.decisions.decision import Decision
from quiz.facts import Choices, Flag
from quiz.questions import variants

MOST = 700


@pytest.mark.parametrize("decision", DECISIONS.values(), ids=DECISIONS)
def test_every_case_is_a_whole_situation_and_stands_once(decision: Decision, courses: dict[str, Course]) -> None:
    positions = [course.positions[decision.id] for course in courses.values()]
    found = cases(decision, positions)
    assert 0 < len(found) <= MOST
    assert len({tuple(one.values()) for one in found}) == len(found)
    assert found[0] == in_order(decision, positions)
    for facts in found:
        assert list(facts) == [fact.name for fact in decision.facts]
        for fact in decision.facts:
            assert fact.read(facts[fact.name]) == facts[fact.name]


@pytest.mark.parametrize("decision", DECISIONS.values(), ids=DECISIONS)
def test_in_order_is_the_opposite_of_what_is_cautiously_assumed(decision: Decision) -> None:
    best = in_order(decision, [])
    for fact in decision.facts:
        assert best[fact.name] != fact.default
        if isinstance(fact, Flag):
            assert best[fact.name] is not fact.default
        if isinstance(fact, Choices):
            assert best[fact.name] == frozenset(fact.values) - fact.default


def test_no_difference_that_a_scenario_knows_is_missed(
    library: Library, comparison: Comparison, courses: dict[str, Course]
) -> None:
    tried = 0
    for one, other in combinations(courses, 2):
        for slug, scenario in library.scenarios.items():
            decision = scenario["decision"]
            differing = any(
                courses[one].rule(decision, form.facts).verdict != courses[other].rule(decision, form.facts).verdict
                for form in variants(slug, scenario)
            )
            question = comparison.questions[decision]
            if differing:
                tried += 1
                assert question.verdicts(one) != question.verdicts(other), (one, other, slug)
    assert tried > 100
