"""Ways to decide: what follows from one position follows from every other that differs only in what is its own."""

from dataclasses import replace

import pytest

from handbook.library import Library
from handbook.positions import positions_data
from handbook.ways import way
from quiz.courses import Course
from quiz.decisions import DECISIONS
from quiz.questions import variants
from quiz.relevance import mattering

ROWS = {
    "never": [
        {"contains": "logo", "cites": ["2.1", "2.2"], "note": "Odd: see 2.2."},
        {"contains": ["political"], "cites": ["2.2"]},
    ],
    "care": [{"step": "Ask the office.", "cites": ["3"]}],
}
OTHER_PLACES_AND_WORDS = {
    "never": [
        {"contains": "logo", "cites": ["A/1", "A/2"], "note": "It is said twice."},
        {"contains": ["political"], "cites": ["A/2"]},
    ],
    "care": [{"step": "Have a look at it.", "cites": ["B"]}],
}
DUTIES = {"2.1": "must-not", "2.2": "should-not", "3": "should"}
OTHER_DUTIES = {"A/1": "must-not", "A/2": "should-not", "B": "should"}


def test_positions_that_differ_in_places_and_words_alone_decide_in_the_same_way() -> None:
    one, other = way("publish-post", ROWS, DUTIES), way("publish-post", OTHER_PLACES_AND_WORDS, OTHER_DUTIES)
    assert one == other
    assert (one.refs, other.refs) == (("2.1", "2.2", "3"), ("A/1", "A/2", "B"))


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({**ROWS, "care": []}, id="a row less"),
        pytest.param({**ROWS, "care": [{"cites": ["3"]}]}, id="no words"),
        pytest.param({**ROWS, "care": [{"step": "Ask.", "cites": ["3"], "contains": "logo"}]}, id="a condition more"),
        pytest.param({**ROWS, "care": [{"step": "Ask.", "cites": ["2.1"]}]}, id="a place named before"),
    ],
)
def test_a_position_with_other_rows_decides_in_another_way(changed: dict[str, object]) -> None:
    assert way("publish-post", changed, DUTIES) != way("publish-post", ROWS, DUTIES)


def test_a_position_on_weaker_wordings_decides_in_another_way() -> None:
    assert way("publish-post", ROWS, {**DUTIES, "2.1": "should-not"}) != way("publish-post", ROWS, DUTIES)


def test_silent_positions_decide_in_the_same_way_whatever_the_reason() -> None:
    assert way("group-chat", {"silent": "Not a word."}, {}) == way("group-chat", {"silent": "It forgot."}, {})


def test_every_question_is_answered_by_the_way_as_by_the_position_itself(
    library: Library, courses: dict[str, Course]
) -> None:
    tried = 0
    for trust, course in courses.items():
        ways = library.trusts[trust].ways
        for slug, scenario in library.scenarios.items():
            decision = DECISIONS[scenario["decision"]]
            for variant in variants(slug, scenario):
                itself = course.rule(decision.id, variant.facts)
                found = decision.decide(ways[decision.id].position, variant.facts)
                assert found.verdict == itself.verdict, (trust, variant.id)
                assert [f"{trust}/{ways[decision.id].ref(one)}" for one in found.because] == list(itself.because)
                assert {one.key for one in found.unmet} == {one.key for one in itself.unmet}
                assert {one.key for one in found.steps} == {one.key for one in itself.steps}
                tried += 1
    assert tried > 1000


def test_what_matters_is_what_matters_to_the_position_itself(library: Library, courses: dict[str, Course]) -> None:
    for trust, course in courses.items():
        found = positions_data(library, trust)["matters"]
        assert found == {one: mattering(DECISIONS[one], position) for one, position in course.positions.items()}


def test_where_the_words_make_the_difference_each_policy_is_looked_at_for_itself(library: Library) -> None:
    trust = library.trusts["lydiate"]
    rows = [{**row, "step": "Tell the administrator."} for row in trust.positions["leave-account"]["arrangements"]]
    monotonous = replace(trust, positions={**trust.positions, "leave-account": {"arrangements": rows}})
    assert monotonous.ways == trust.ways
    matters = [
        positions_data(replace(library, trusts={"lydiate": one}), "lydiate")["matters"]["leave-account"]
        for one in (trust, monotonous)
    ]
    assert [list(one) for one in matters] == [["successor_named", "account_stays"], []]
