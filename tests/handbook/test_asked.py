"""What can be asked of a trust is found for all that decide alike; it is what the trust's own course would find."""

from dataclasses import replace

from handbook.asked import Asked
from handbook.library import Library
from quiz.attempts import play
from quiz.courses import Course


def test_what_can_be_asked_is_what_the_course_itself_finds(library: Library, courses: dict[str, Course]) -> None:
    asked = Asked(library)
    for trust, course in courses.items():
        known = asked.course(trust)
        assert known.data == course.data
        assert list(known.scenarios.items()) == list(course.scenarios.items())


def test_every_paper_is_the_same(library: Library, courses: dict[str, Course]) -> None:
    asked = Asked(library)
    for trust, course in courses.items():
        for seed in ("", "one", "two"):
            assert play(asked.course(trust), seed, []) == play(course, seed, [])


def test_nothing_is_asked_before_every_decision_is_answered(library: Library) -> None:
    trust = library.trusts["cockburn"]
    positions = {one: position for one, position in trust.positions.items() if one != "use-photo"}
    partly = replace(library, trusts={"cockburn": replace(trust, positions=positions)})
    assert Asked(partly).course("cockburn").scenarios == {}
