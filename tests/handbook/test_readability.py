"""Readability: the published formula, and what makes a text harder."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.readability import grade

WORDS = st.lists(st.text("abcdefghij", min_size=1, max_size=9), min_size=1, max_size=12)


def test_the_grade_is_the_published_formula() -> None:
    # 10 words, 54 letters, 2 sentences: 4.71 * 54 / 10 + 0.5 * 10 / 2 - 21.43
    assert grade("The head has agreed.\nNobody may post pictures without permission") == pytest.approx(6.5)
    assert grade("I go. We go.") == 0.0
    assert grade("") == 0.0


@given(WORDS)
def test_one_long_sentence_is_never_easier_than_two(words: list[str]) -> None:
    text = " ".join(words)
    assert grade(f"{text} {text}.") >= grade(f"{text}. {text}.")


@pytest.mark.parametrize("end", [".", "!", "?", "…", '."', ".)"])
def test_a_sentence_ends_with_its_mark_and_what_closes_behind_it(end: str) -> None:
    hard = "Considerable organisational responsibilities"
    assert grade(f"{hard}{end} {hard}.") == grade(f"{hard}. {hard}.")


def test_a_time_and_a_number_end_no_sentence() -> None:
    hard = "Considerable organisational responsibilities begin"
    assert grade(f"{hard} at 22:40 and 15.10 today.") == grade(f"{hard} at 2240 and 1510 today.")
