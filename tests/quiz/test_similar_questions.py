"""After a mistake: similar questions to practise with, as many as there are, and none of them twice."""

from itertools import cycle
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.attempts import NotAsked, another, play
from quiz.courses import Course

TRUSTS = ["cockburn", "collaborative", "creating-tomorrow", "lydiate", "wren-spinney"]


def right_key(course: Course, question: str) -> str:
    """Return the option that the decision makes right."""
    variant = course.variants[question]
    ruling = course.rule(course.data["scenarios"][variant.scenario]["decision"], variant.facts)
    return variant.right(ruling)[0]


def wrong_key(course: Course, question: str) -> str:
    right = right_key(course, question)
    return next(key for key, _, _ in course.variants[question].options if key != right)


def answered(course: Course, seed: str, rights: list[bool]) -> tuple[list[dict[str, str]], dict[str, Any]]:
    """Return the first answers of an attempt, right or wrong as they are told to be, and the state after them."""
    answers: list[dict[str, str]] = []
    state = play(course, seed, answers)
    for right in rights:
        if not (question := state["question"]):
            break
        key = (right_key if right else wrong_key)(course, question["id"])
        answers.append({"question": question["id"], "chosen": key})
        state = play(course, seed, answers)
    return answers, state


@settings(max_examples=40)
@given(
    trust=st.sampled_from(TRUSTS),
    seed=st.text(max_size=10),
    rights=st.lists(st.booleans(), max_size=20),
    tries=st.lists(st.booleans(), min_size=1, max_size=5),
)
def test_similar_questions_are_of_the_scenario_never_the_same_twice_and_judged_by_the_policy(
    courses: dict[str, Course], trust: str, seed: str, rights: list[bool], tries: list[bool]
) -> None:
    course = courses[trust]
    answers, state = answered(course, seed, [*rights, False])
    missed = answers[-1]["question"].split("/")[0]
    had = [one["question"] for one in answers if one["question"].split("/")[0] == missed]
    total = len(course.scenarios[missed])
    tried: list[dict[str, str]] = []
    practised = another(course, seed, answers, tried)
    assert practised == {"feedback": None, "similar": state["similar"]}
    if state["feedback"]["right"]:  # The attempt was over before its last answer could be wrong.
        assert practised["similar"] is None
        return
    for right in cycle(tries):
        if not (question := practised["similar"]):
            break
        assert question["id"] not in had
        assert question["id"].split("/")[0] == missed
        assert not question["again"]
        had.append(question["id"])
        key = (right_key if right else wrong_key)(course, question["id"])
        tried.append({"question": question["id"], "chosen": key})
        practised = another(course, seed, answers, tried)
        assert practised["feedback"]["question"] == question["id"]
        assert practised["feedback"]["right"] is right
    assert practised["similar"] is None
    to_come = len(
        {one["question"] for one in rest(course, seed, answers)} & {one.id for one in course.scenarios[missed]}
    )
    assert len(had) >= total - to_come
    assert tried or len(had) == total


def rest(course: Course, seed: str, answers: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return what is still asked after some answers, answered rightly."""
    return answered(course, seed, answered_as(course, answers) + [True] * 40)[0][len(answers) :]


def answered_as(course: Course, answers: list[dict[str, str]]) -> list[bool]:
    return [one["chosen"] == right_key(course, one["question"]) for one in answers]


@pytest.mark.parametrize("trust", TRUSTS)
def test_the_form_in_which_a_scenario_returns_is_tried_only_where_there_is_no_other(
    courses: dict[str, Course], trust: str
) -> None:
    course, seen = courses[trust], set()
    for seed in map(str, range(20)):
        answers, state = answered(course, seed, [True, True, False])
        if not state["similar"]:
            continue
        missed = state["similar"]["scenario"]
        returns = {one["question"] for one in rest(course, seed, answers)} & {
            one.id for one in course.scenarios[missed]
        }
        only_that = len(course.scenarios[missed]) == 2
        seen.add(only_that)
        assert ({state["similar"]["id"]} == returns) is only_that
    assert seen == {True, False}


def test_nothing_similar_is_offered_after_a_right_answer_or_where_there_is_no_other_form(
    courses: dict[str, Course],
) -> None:
    for course in courses.values():
        assert answered(course, "seed", [True])[1]["similar"] is None
        alone = {slug for slug, several in course.scenarios.items() if len(several) == 1}
        papers = {str(seed): course.paper(str(seed)) for seed in range(200)}
        seed, place = next(
            (seed, place) for seed, paper in papers.items() for place, one in enumerate(paper) if one.scenario in alone
        )
        answers, state = answered(course, seed, [True] * place + [False])
        assert answers[-1]["question"].split("/")[0] in alone
        assert state["similar"] is None


def test_practice_changes_nothing_in_the_attempt(courses: dict[str, Course]) -> None:
    course = courses["cockburn"]
    answers, state = answered(course, "seed", [False])
    similar = state["similar"]["id"]
    another(course, "seed", answers, [{"question": similar, "chosen": wrong_key(course, similar)}])
    assert play(course, "seed", answers) == state


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"question": "friend-request/0"}, "not asked there"),
        ({"chosen": "9"}, "an option the question does not have"),
    ],
)
def test_answers_to_what_was_not_offered_are_refused(
    courses: dict[str, Course], change: dict[str, str], says: str
) -> None:
    course = courses["lydiate"]
    answers, state = answered(course, "seed", [False])
    right = {"question": state["similar"]["id"], "chosen": "0"}
    assert another(course, "seed", answers, [right])["feedback"]
    with pytest.raises(NotAsked, match=says):
        another(course, "seed", answers, [{**right, **change}])
    with pytest.raises(NotAsked, match="only 0 similar questions"):
        another(course, "seed", [], [right])
