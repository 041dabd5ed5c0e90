"""Attempts: what comes next, what is right, what returns, and who has passed."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.attempts import NotAsked, play
from quiz.courses import Course
from quiz.feedback import explained

type Chooser = Callable[[dict[str, Any], str], str]


def run(course: Course, seed: str, choose: Chooser) -> tuple[dict[str, Any], list[dict[str, str]]]:
    """Return the last state of an attempt and its answers; `choose` is given the question and the right key."""
    answers: list[dict[str, str]] = []
    state = play(course, seed, answers)
    while question := state["question"]:
        variant = course.variants[question["id"]]
        right = variant.right(course.ruling_on(variant))[0]
        answers.append({"question": question["id"], "chosen": choose(question, right)})
        state = play(course, seed, answers)
    return state, answers


def rightly(question: dict[str, Any], right: str) -> str:
    return right


def wrongly(question: dict[str, Any], right: str) -> str:
    return next(str(option["key"]) for option in question["options"] if option["key"] != right)


def missing(missed: str, question: dict[str, Any], right: str) -> str:
    return wrongly(question, right) if question["id"] == missed else right


@given(seed=st.text(max_size=20))
def test_right_answers_throughout_pass_with_full_marks(courses: dict[str, Course], seed: str) -> None:
    for course in courses.values():
        state, answers = run(course, seed, rightly)
        assert state["result"]["passed"]
        assert state["result"]["score"] == 100
        assert len(answers) == state["result"]["of"] == state["total"]
        assert state["result"]["reread"] == []


@given(seed=st.text(max_size=20))
def test_wrong_answers_throughout_fail_and_every_question_returns_once(courses: dict[str, Course], seed: str) -> None:
    for course in courses.values():
        state, answers = run(course, seed, wrongly)
        assert not state["result"]["passed"]
        assert state["result"]["score"] == 0
        assert len(answers) == 2 * state["result"]["of"]
        assert state["result"]["reread"]


def test_a_wrong_answer_returns_as_another_variant_of_the_same_scenario(courses: dict[str, Course]) -> None:
    for course in courses.values():
        state, answers = run(course, "seed", partial(missing, course.opening.id))
        assert answers[-1]["question"].split("/")[0] == course.opening.scenario
        assert answers[-1]["question"] != course.opening.id
        assert state["result"]["of"] == len(answers) - 1


def test_a_critical_scenario_missed_twice_fails_whatever_the_score(courses: dict[str, Course]) -> None:
    course = courses["lydiate"]
    critical = course.opening.scenario

    def miss(question: dict[str, Any], right: str) -> str:
        return wrongly(question, right) if question["scenario"] == critical else right

    result = run(course, "seed", miss)[0]["result"]
    assert result["score"] >= result["pass_mark"]
    assert not result["passed"]
    assert not result["critical_right"]


def test_a_scenario_of_a_critical_topic_missed_twice_fails_whatever_the_score(courses: dict[str, Course]) -> None:
    course = courses["lydiate"]
    assert "conduct" in course.data["critical_topics"]

    def miss(question: dict[str, Any], right: str) -> str:
        about_conduct = "conduct" in course.topics(question["scenario"])
        return wrongly(question, right) if about_conduct else right

    seed = next(
        seed for seed in map(str, range(100))
        if sum("conduct" in course.topics(one.scenario) for one in course.paper(seed)) == 1
    )  # fmt: skip
    result = run(course, seed, miss)[0]["result"]
    assert result["score"] >= result["pass_mark"]
    assert not result["critical_right"]
    assert not result["passed"]


def test_a_critical_scenario_put_right_when_it_returns_passes(courses: dict[str, Course]) -> None:
    course = courses["lydiate"]

    def learn(question: dict[str, Any], right: str) -> str:
        return wrongly(question, right) if question["id"] == course.opening.id and not question["again"] else right

    assert run(course, "seed", learn)[0]["result"]["passed"]


def test_feedback_says_what_to_do_and_cites_provisions_of_the_trust(courses: dict[str, Course]) -> None:
    course = courses["creating-tomorrow"]
    ruling = course.ruling_on(course.opening)
    right = course.opening.right(ruling)[0]
    feedback = play(course, "seed", [{"question": course.opening.id, "chosen": right}])["feedback"]
    assert feedback["right"]
    assert feedback["right_option"] == feedback["chosen"]
    assert feedback["says"] == explained(course, ruling)["says"]
    assert feedback["deciding"] == feedback["provisions"][0]
    assert feedback["deciding"]["id"] == ruling.because[0]
    assert feedback["deciding"]["url"] == f"/handbook/creating-tomorrow/#{feedback['deciding']['ref']}"


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ({"question": "friend-request/0", "chosen": "0"}, "Answer 1 is to a question that was not asked there."),
        ({"chosen": "0"}, "Answer 1 is to a question that was not asked there."),
        ({"question": "the opening", "chosen": "9"}, "Answer 1 chooses an option the question does not have."),
        ({"question": "the opening"}, "Answer 1 chooses an option the question does not have."),
    ],
)
def test_answers_to_what_was_not_asked_are_refused(
    courses: dict[str, Course], answer: dict[str, str], says: str
) -> None:
    course = courses["lydiate"]
    if answer.get("question") == "the opening":
        answer = {**answer, "question": course.opening.id}
    with pytest.raises(NotAsked, match=says):
        play(course, "seed", [answer])


def test_answers_of_another_seed_or_too_many_are_refused(courses: dict[str, Course]) -> None:
    course = courses["cockburn"]
    _, answers = run(course, "mine", rightly)
    with pytest.raises(NotAsked, match="not asked"):
        play(course, "yours", answers)
    with pytest.raises(NotAsked, match=f"only {len(answers)} questions"):
        play(course, "mine", [*answers, answers[0]])
