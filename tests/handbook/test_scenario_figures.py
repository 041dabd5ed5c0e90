"""Scenario figures: how many questions there are, and whether their length gives the answers away."""

from collections.abc import Mapping
from pathlib import Path

from handbook.courses import course_data
from handbook.scenario_figures import scenario_figures
from quiz.courses import Course
from tests.handbook.sources.tree import plant


def test_figures_count_questions_and_what_is_right(tmp_path: Path) -> None:
    library = plant(tmp_path).load()
    (found,) = scenario_figures([Course(course_data(library, "oak"))])
    assert (found.slug, found.decision, found.critical) == ("sports-day", "use-photo", False)
    assert (found.questions, found.variants, found.options, found.ever_right) == (2, 2, 2, 2)
    # "Once a parent agrees." is the longer one, and right for one of the two pupils.
    assert (found.longest_right, found.by_chance) == (1, 1.0)
    assert found.trusts_differ == 0


def test_there_are_sixty_scenarios_and_each_has_more_than_one_right_answer(courses: Mapping[str, Course]) -> None:
    found = scenario_figures(courses.values())
    assert len(found) >= 60
    assert [one.slug for one in found if one.ever_right < 2] == []


def test_nobody_can_guess_by_length(courses: Mapping[str, Course]) -> None:
    found = scenario_figures(courses.values())
    questions = sum(one.questions for one in found)
    assert abs(sum(one.longest_right - one.by_chance for one in found)) / questions < 0.1


def test_most_variants_are_answered_differently_by_different_trusts(courses: Mapping[str, Course]) -> None:
    found = scenario_figures(courses.values())
    assert sum(one.trusts_differ for one in found) / sum(one.variants for one in found) > 0.5
