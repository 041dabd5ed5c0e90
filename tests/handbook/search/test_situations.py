"""Situations: a provision is known by what is asked where it decides."""

from dataclasses import replace

from handbook.library import Library
from handbook.search.situations import situations


def test_a_provision_is_known_by_the_question_and_the_case_it_decides(library: Library) -> None:
    asked = situations(library.trusts["lydiate"])["3.9/students/1"]
    assert "accept a friend request" in asked
    assert "A former pupil" in asked


def test_what_a_row_does_not_ask_for_is_not_said_of_it(library: Library) -> None:
    assert "A colleague" not in situations(library.trusts["lydiate"])["3.9/students/1"]


def test_a_trust_without_positions_has_none(library: Library) -> None:
    assert situations(replace(library.trusts["lydiate"], positions={})) == {}
