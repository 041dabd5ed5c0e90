"""Sayings: what means the same is one term, in one word or several."""

import pytest

from handbook.library import Library
from handbook.search.sayings import Sayings, shortened, stems


@pytest.fixture(scope="module")
def sayings(library: Library) -> Sayings:
    return Sayings(library.vocabulary)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("kid", "pupil"),
        ("student", "children"),
        ("insta", "Instagram"),
        ("DM", "direct message"),
        ("PM", "private messages"),
        ("friend request", "friends"),
        ("pic", "photograph"),
        ("WhatsApp group", "chat groups"),
        ("tweet", "Twitter"),
        ("journo", "journalist"),
        ("leaving", "leaver"),
        ("fired", "dismissal"),
        ("sign off", "approval"),
    ],
)
def test_what_people_type_is_what_policies_write(sayings: Sayings, typed: str, written: str) -> None:
    assert set(sayings.of(typed)) & set(sayings.of(written))


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("group text", "group message"),
        ("lock my insta", "lock my facebook"),
        ("video of myself", "photos of myself"),
        ("someone copied our page", "someone copied our account"),
    ],
)
def test_within_a_phrase_a_word_stands_for_those_it_swaps_with(sayings: Sayings, typed: str, written: str) -> None:
    assert [one for one in sayings.of(typed) if " " in one or one == "fak"] == [
        one for one in sayings.of(written) if " " in one or one == "fak"
    ]
    assert set(sayings.of(typed)) != set(stems(typed))


def test_what_begins_like_the_phrase_before_travels_as_a_number() -> None:
    assert shortened({"rest": ("out of hours", "bed", "out of bed", "out")}) == ["rest|bed|out|=1 of bed|=2 hours"]


def test_the_words_of_a_phrase_count_by_themselves_too(sayings: Sayings) -> None:
    assert {"direct", "messag", "direct messag"} <= set(sayings.of("direct message"))


def test_no_word_is_in_two_lines_not_even_in_another_form(library: Library) -> None:
    first: dict[tuple[str, ...], str] = {}
    for name, words in library.vocabulary.alike.items():
        for word in (name, *words):
            assert first.setdefault(stems(word), name) == name, word
