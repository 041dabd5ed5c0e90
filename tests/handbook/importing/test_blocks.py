"""Lines become paragraphs, and each is known for what it is: by its number, its mark, its looks or its words."""

import pytest

from handbook.importing import Line
from handbook.importing.blocks import CELLS, HEADING, ITEM, NUMBERED, TEXT, blocks

PROSE = "Everybody who works for the trust thinks before they post, and asks where they are not sure of it."


def kinds(*lines: Line | str) -> list[tuple[str, str, str]]:
    given = [Line(place, one, apart=True) if isinstance(one, str) else one for place, one in enumerate(lines, start=1)]
    return [(one.kind, one.ref, one.text) for one in blocks(given)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2.1.3.Third parties comply with this.", (NUMBERED, "2.1.3", "Third parties comply with this.")),
        ("4.2 Staff must ask first.", (NUMBERED, "4.2", "Staff must ask first.")),
        ("3. Photos and videos", (HEADING, "3", "Photos and videos")),
        ("• Ask a parent.", (ITEM, "", "Ask a parent.")),
        ("- 1.1.2. Ask a parent.", (NUMBERED, "1.1.2", "Ask a parent.")),
        ("(b) Ask a parent.", (ITEM, "b", "Ask a parent.")),
        ("iv. Ask a parent.", (ITEM, "iv", "Ask a parent.")),
        ("2024 was a good year for the trust.", (TEXT, "", "2024 was a good year for the trust.")),
        ("Version\tDate\tAuthor", (CELLS, "", "Version; Date; Author")),
    ],
)
def test_a_paragraph_is_known_by_its_beginning(text: str, expected: tuple[str, str, str]) -> None:
    assert kinds(text, PROSE)[0] == expected


def test_a_short_line_above_a_text_is_a_heading_and_one_above_nothing_is_not() -> None:
    assert [kind for kind, _, _ in kinds("Personal use", PROSE)] == [HEADING, TEXT]
    assert [kind for kind, _, _ in kinds(PROSE, "Personal use")] == [TEXT, TEXT]
    assert [kind for kind, _, _ in kinds("Approved by: Directors", PROSE)] == [TEXT, TEXT]


def test_looks_make_a_heading() -> None:
    body = [Line(number, PROSE, size=11, apart=True) for number in range(2, 6)]
    (first, *_) = blocks([Line(1, "who may post", size=16, apart=True), *body])
    assert (first.kind, first.sure) == (HEADING, True)
    (bold, *_) = blocks([Line(1, "who may post", size=11, bold=True, apart=True), *body])
    assert bold.kind == HEADING


def test_numbers_one_after_another_are_a_list_and_not_headings() -> None:
    assert [kind for kind, _, _ in kinds("1. Ask yourself:", "2. Ask a leader", "3. Ask a parent")] == [NUMBERED] * 3


def test_a_number_with_numbers_beneath_it_is_a_heading() -> None:
    assert [
        kind for kind, _, _ in kinds("1. Purpose", "1.1 Aim", "1.1.1 We aim high.", "2. Scope", "2.1 All staff.")
    ] == [
        HEADING,
        HEADING,
        NUMBERED,
        HEADING,
        NUMBERED,
    ]


def test_a_heading_may_end_like_a_sentence_if_numbers_stand_beneath_it() -> None:
    asked = kinds("2.1 Who has to read this?", "2.1.1 Everybody has.", "2.2 Who decides.", "2.2.1 The head does.")
    assert asked[::2] == [(HEADING, "2.1", "Who has to read this?"), (HEADING, "2.2", "Who decides")]
    assert kinds("2.1 Everybody has to read this.", "2.2 The head decides.")[0][0] == NUMBERED


def test_an_appendix_stands_above_a_heading_but_a_cover_is_made_of_lines() -> None:
    parts = ("Appendix", "What helps", "• Ask a parent.")
    assert [kind for kind, _, _ in kinds(PROSE, *parts)] == [TEXT, HEADING, HEADING, ITEM]
    assert [kind for kind, _, _ in kinds(*parts)] == [TEXT, HEADING, ITEM]
    assert kinds(PROSE, "Review in May 2026", *parts[1:])[1][0] == TEXT


def test_a_paragraph_goes_on_in_the_next_line_and_on_the_next_page() -> None:
    broken = Line(1, "Staff who are contacted by a former pupil of the", full=True, apart=True)
    assert kinds(broken, Line(2, "Trust do not answer."))[0][2].endswith("of the Trust do not answer.")
    over = "Everything that is shared through social media is subject to copyright, and to data"
    assert kinds(over, "protection law.") == [(TEXT, "", f"{over} protection law.")]
    assert len(kinds(PROSE, "Trust staff ask.")) == 2
    # What runs along a page stands between the two, and far from either.
    ends = Line(1, "Nobody shares what a", 1, place=700.0)
    assert len(kinds(ends, Line(2, "pupil said in confidence.", 2, place=90.0, apart=True))) == 1
    item = Line(1, "• Ask a parent before you do any of the things that are listed here.", 1, place=700.0, full=True)
    assert len(kinds(item, Line(2, "Whoever is asked writes it down.", 2, place=90.0))) == 2


def test_what_looked_like_a_heading_may_be_the_beginning_of_a_sentence() -> None:
    assert kinds("3.1. Anything shared is subject to copyright, data", "protection and more.") == [
        (NUMBERED, "3.1", "Anything shared is subject to copyright, data protection and more.")
    ]


def test_a_word_parted_by_a_hyphen_and_an_address_are_not_torn_apart() -> None:
    first = Line(1, "Passwords are kept by the password-", full=True, apart=True)
    assert "password-manager" in kinds(first, Line(2, "manager of the trust."))[0][2]
    first = Line(1, "Tell the pupils and/", full=True, apart=True)
    assert "and/or their parents" in kinds(first, Line(2, "or their parents."))[0][2]
    first = Line(1, "Help is at <https://www.ex", full=True, apart=True)
    assert "<https://www.example.org/>" in kinds(first, Line(2, "ample.org/>."))[0][2]
