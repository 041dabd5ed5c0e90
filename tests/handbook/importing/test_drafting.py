"""A draft is a policy in form: it can be read as one, its numbers are the document's, and no line gets lost."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.importing import Line, drafted
from handbook.importing.drafting import sentences
from handbook.library import Clause, Library
from handbook.sources.clauses import parse_policy
from handbook.sources.unfinished import guesses
from handbook.sources.vocabulary import parse_vocabulary
from tests.handbook.importing.documents import PAGES, elm

SOURCE = Path(__file__).parents[3] / "policy_src" / "vocabulary.yml"
VOCABULARY = parse_vocabulary(SOURCE.read_text(encoding="utf-8"), SOURCE)[0]
FILE = Path("policy.md")


def read(library: Library, text: str) -> dict[str, Clause]:
    clauses, problems = parse_policy(text, FILE, "elm", library.vocabulary)
    assert problems == ()
    return {one.ref: one for one in clauses}


@pytest.fixture
def clauses(library: Library) -> dict[str, Clause]:
    return read(library, drafted(elm(), "elm", library.vocabulary).text)


def test_numbers_headings_and_lists_are_the_documents(clauses: dict[str, Clause]) -> None:
    assert list(clauses) == ["control", "1.1.1", "1.1.2", "2"]
    assert clauses["1.1.1"].section == "1 Accounts · 1.1 Opening an account"
    assert clauses["2"].title == "Photos"
    assert [one.ref for one in clauses["1.1.1"].provisions] == ["1.1.1a", "1.1.1b"]
    assert "<li>" in clauses["1.1.2"].html


def test_the_cover_has_a_clause_of_its_own_with_the_title(clauses: dict[str, Clause]) -> None:
    cover = {one.ref: one.text for one in clauses["control"].provisions}
    assert cover["control/title"] == "Social Media Policy"
    assert "Approved: May 2026" in cover.values()


def test_an_item_has_the_duty_of_the_words_it_hangs_on_unless_it_has_its_own(clauses: dict[str, Clause]) -> None:
    duties = {one.text: one.duty for one in clauses["1.1.2"].provisions}
    assert duties["keep the login safe,"] == "must"
    assert duties["not share it; the password may be changed by either of them."] == "may"


def test_what_markdown_would_take_for_its_own_is_shown_as_it_was(clauses: dict[str, Clause]) -> None:
    assert "(b) Staff can use the school's camera [see 1.1] *only* for this." in clauses["2"].text


def test_every_line_is_kept_or_dropped_and_what_is_kept_stands_in_the_draft(library: Library) -> None:
    lines = elm()
    draft = drafted(lines, "elm", library.vocabulary)
    assert [fate.line for fate in draft.fates] == lines
    said = " ".join(one.text for one in read(library, draft.text).values())
    titles = " ".join(f"{one.section} {one.title}" for one in read(library, draft.text).values())
    for page in PAGES:
        for text in page:
            fate = next(one for one in draft.fates if one.line.text == text)
            assert fate.what
            if fate.kept:
                assert fate.ref
                assert text.split(maxsplit=1)[-1].strip("•◦ ") in f"{said} {titles}"


def test_every_guess_says_from_which_word(library: Library) -> None:
    found = [str(one) for one in guesses(drafted(elm(), "elm", library.vocabulary).text, FILE)]
    assert any("guessed: must (from: must)" in one for one in found)
    assert any("guessed: topic" in one for one in found)


def test_a_document_without_a_title_still_has_something_to_cite_for_it(library: Library) -> None:
    lines = [Line(1, "1.1 You must ask before you post anything at all on our accounts.", apart=True)]
    clauses = read(library, drafted(lines, "elm", library.vocabulary).text)
    assert "control/title" in [one.ref for one in clauses["control"].provisions]


def test_the_same_number_twice_is_told_apart(library: Library) -> None:
    lines = [Line(number, "1.1 You must ask before you post.", apart=True) for number in (1, 2)]
    assert {"1.1", "1.1-2"} < set(read(library, drafted(lines, "elm", library.vocabulary).text))


def test_a_sentence_does_not_end_after_an_abbreviation() -> None:
    assert sentences("Ask somebody (e.g. Mr. Elm). Then post. “Good” it is.") == [
        "Ask somebody (e.g. Mr. Elm).",
        "Then post.",
        "“Good” it is.",
    ]


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1).filter(str.strip), min_size=1)
)
def test_whatever_a_document_says_the_draft_is_in_form_and_no_line_is_lost(texts: list[str]) -> None:
    lines = [Line(number, text, apart=number % 2 == 0) for number, text in enumerate(texts, start=1)]
    draft = drafted(lines, "elm", VOCABULARY)
    assert [fate.line for fate in draft.fates] == lines
    assert parse_policy(draft.text, FILE, "elm", VOCABULARY)[1] == ()
