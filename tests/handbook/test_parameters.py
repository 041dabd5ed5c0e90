"""Parameters: whatever a position says, some question is answered differently without it."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from handbook.courses import course_data
from handbook.library import Library
from handbook.parameters import Change, changes
from quiz.courses import Course
from tests.handbook.sources.tree import Tree, plant


@pytest.mark.parametrize("trust", ["cockburn", "collaborative", "creating-tomorrow", "lydiate", "wren-spinney"])
def test_every_parameter_of_each_trust_changes_the_answer_to_a_question(
    library: Library, courses: dict[str, Course], trust: str
) -> None:
    assert [str(one) for one in changes(library, courses[trust]) if not one.value and not one.noticed] == []


def found(tree: Tree) -> Mapping[str, Change]:
    library = tree.load()
    return {str(one): one for one in changes(library, Course(course_data(library, "oak")))}


def test_each_thing_a_row_says_is_changed_by_itself(tmp_path: Path) -> None:
    noticed = {name.removeprefix("oak, use-photo, "): one.noticed for name, one in found(plant(tmp_path)).items()}
    # The only scenario asks of Years 3 and 9, and of no picture with a name.
    assert noticed == {
        "consent 1: without the row": True,
        "consent 1: without year_group_to": True,
        "consent 1: year_group_to 7": False,
        "consent 1: year_group_to 5": False,
        "consent 1: another needs": True,
        "consent 1: without ask_with": True,
        "consent 1: another ask_with": True,
        "consent 2: without the row": True,
        "consent 2: without year_group_from": True,
        "consent 2: year_group_from 8": False,
        "consent 2: year_group_from 6": False,
        "consent 2: needs without pupil": True,
        "consent 2: needs without parent": True,
        "consent 2: without the citation photos/2": True,
        "consent 2: without the citation photos/1": True,
        "consent 2: without note": True,
        "never 1: without the row": False,
        "never 1: without account": True,
        "never 1: account without personal": False,
        "never 1: account without classroom": False,
        "never 1: without named_with_photo": False,
    }


def test_a_question_at_the_bound_notices_that_it_moves(tmp_path: Path) -> None:
    oak = plant(tmp_path)
    oak.edit("quiz/scenarios/sports-day.md", "year_group: 3", "year_group: 6")
    assert found(oak)["oak, use-photo, consent 1: year_group_to 5"].noticed
    assert not found(oak)["oak, use-photo, consent 1: year_group_to 7"].noticed
