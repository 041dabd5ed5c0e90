"""Courses: papers follow from the seed, begin alike, and hold what every course has to ask."""

import json

from hypothesis import given
from hypothesis import strategies as st

from quiz.courses import Course, canonical, digest, read_course, shuffled

SEEDS = st.text(min_size=1, max_size=32)


@given(seed=SEEDS)
def test_a_paper_has_every_critical_scenario_and_none_twice(courses: dict[str, Course], seed: str) -> None:
    for course in courses.values():
        asked = [variant.scenario for variant in course.paper(seed)]
        assert len(asked) == len(set(asked)) == min(course.data["questions"], len(course.scenarios))
        assert {slug for slug in course.scenarios if course.critical(slug)} <= set(asked)


@given(seed=SEEDS)
def test_the_first_question_is_the_same_for_every_seed(courses: dict[str, Course], seed: str) -> None:
    for course in courses.values():
        assert course.paper(seed)[0] == course.opening


def test_the_same_seed_gives_the_same_paper_and_another_seed_another(courses: dict[str, Course]) -> None:
    for course in courses.values():
        again = read_course(canonical(course.data))
        assert [one.id for one in course.paper("a")] == [one.id for one in again.paper("a")]
        papers = {tuple(one.id for one in course.paper(str(seed))) for seed in range(50)}
        assert len(papers) == 50


def test_a_paper_covers_every_topic_that_has_questions_when_it_can(courses: dict[str, Course]) -> None:
    for course in courses.values():
        topics = {topic for slug in course.scenarios for topic in course.topics(slug)}
        asked = {topic for one in course.paper("seed") for topic in course.topics(one.scenario)}
        assert len(topics - asked) <= max(0, len(course.scenarios) - course.data["questions"])


def test_a_shuffle_is_the_same_in_every_python() -> None:
    assert shuffled(["a", "b", "c", "d"], "seed") == ["a", "d", "c", "b"]


def test_the_digest_changes_with_any_word_and_not_with_the_order_of_keys(courses: dict[str, Course]) -> None:
    for course in courses.values():
        data = json.loads(canonical(course.data))
        assert digest(data) == data["digest"]
        assert digest(dict(reversed(data.items()))) == data["digest"]
        assert digest({**data, "pass_mark": 79}) != data["digest"]


def test_a_silent_policy_is_asked_about_only_where_its_silence_is_the_lesson(courses: dict[str, Course]) -> None:
    course = courses["collaborative"]
    assert "friend-request" in course.scenarios
    for variant in course.scenarios["friend-request"]:
        right = variant.right(course.ruling_on(variant))[0]
        assert "the policy does not say" in {key: text for key, text, _ in variant.options}[right]
