"""Ordinary words: right as they stand, unless a policy has them too."""

from handbook.search.ordinary import ORDINARY_WORDS, ordinary_words
from handbook.search.words import SMALL, stem


def test_a_word_that_is_known_is_no_longer_among_them() -> None:
    assert "plant" in ordinary_words(frozenset()).split()
    assert "plant" not in ordinary_words({stem("planted")}).split()


def test_each_stands_once_and_holds_no_question_together() -> None:
    words = ORDINARY_WORDS.split()
    assert len(set(words)) == len(words)
    assert not SMALL & set(words)
