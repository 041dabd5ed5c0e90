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
def test_a_paper_asks_about_every_critical_topic(courses: dict[str, Course], seed: str) -> None:
    for course in courses.values():
        assert course.critical_topics <= {topic for one in course.paper(seed) for topic in course.topics(one.scenario)}


def test_a_paper_grows_only_where_what_is_critical_alone_is_more_than_it_asks_for(courses: dict[str, Course]) -> None:
    for course in courses.values():
        critical = [slug for slug in course.scenarios if course.critical(slug)]
        short = Course({**course.data, "questions": 1})
        asked = [one.scenario for one in short.paper("seed")]
        assert set(critical) <= set(asked)
        assert len(asked) <= len(critical) + len(course.critical_topics)
        assert course.critical_topics <= {topic for slug in asked for topic in course.topics(slug)}


def test_a_course_without_critical_topics_still_makes_papers(courses: dict[str, Course]) -> None:
    old = {name: value for name, value in courses["lydiate"].data.items() if name != "critical_topics"}
    course = Course(old)
    assert len(course.paper("seed")) == course.data["questions"]
    assert course.has_to_be_right("friend-request")
    assert not course.has_to_be_right("bake-sale")


def test_every_scenario_that_can_be_asked_is_drawn_sooner_or_later(courses: dict[str, Course]) -> None:
    for course in courses.values():
        due = set(course.scenarios)
        for seed in range(5_000):
            due.difference_update(one.scenario for one in course.paper(str(seed)))
            if not due:
                break
        assert not due, f"{course.trust} never asks {sorted(due)}"


def test_every_variant_of_a_scenario_is_drawn_sooner_or_later_but_in_the_opening(courses: dict[str, Course]) -> None:
    for course in courses.values():
        for slug in course.scenarios.keys() - {course.opening.scenario}:
            due = {one.id for one in course.scenarios[slug]}
            for seed in range(5_000):
                due.discard(course.drawn_variant(slug, str(seed)).id)
                if not due:
                    break
            assert not due, f"{course.trust} never asks {sorted(due)}"


def test_two_hundred_seeds_give_more_than_a_hundred_and_fifty_papers(courses: dict[str, Course]) -> None:
    for course in courses.values():
        assert len({frozenset(one.id for one in course.paper(str(seed))) for seed in range(200)}) > 150


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


@given(seed=SEEDS)
def test_no_topic_is_asked_about_again_before_the_others_but_by_the_last_place(
    courses: dict[str, Course], seed: str
) -> None:
    for course in courses.values():
        chosen = [course.opening.scenario]
        while groups := course.next_place(chosen):
            asked = {topic for slug in chosen for topic in course.topics(slug)}
            open_topics = {topic for slug in course.scenarios for topic in course.topics(slug)} - asked
            last = len(chosen) == course.data["questions"] - 1
            settled = any(course.critical(slug) for slugs in groups.values() for slug in slugs)
            assert last or settled or groups.keys() <= open_topics
            chosen.append(shuffled(next(iter(shuffled(groups.values(), seed))), seed)[0])


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
