"""A PDF: lines in their places, headings by their size, and a paragraph that was broken over two lines."""

from pathlib import Path

import pytest
import typst

from handbook.importing import drafted
from handbook.library import Library
from scripts.documents import read

DOCUMENT = """
#set page(paper: "a5", header: [Elm Trust policy], footer: context [Page #counter(page).display()])
#set text(size: 11pt)
= Social media policy
#outline(title: [Contents])
#pagebreak()
== 1 Accounts
1.1 You must ask the headteacher before you open an account, because every account needs two holders who know it.

- Keep the login safe.
- Never share it.
#pagebreak()
== 2 Photos
2.1 You must not post a photo of a pupil without the consent of a parent.
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "elm.typ").write_text(DOCUMENT, encoding="utf-8")
    typst.compile(str(tmp_path / "elm.typ"), output=str(tmp_path / "elm.pdf"))
    return tmp_path / "elm.pdf"


def test_lines_know_their_page_and_headings_are_larger(file: Path) -> None:
    found = {one.text: one for one in read(file)}
    assert found["1 Accounts"].page == 2
    assert found["1 Accounts"].size > found["• Keep the login safe."].size
    assert found["• Keep the login safe."].indent == found["• Never share it."].indent


def test_a_draft_of_it_has_its_numbers_and_nothing_of_its_paper(file: Path, library: Library) -> None:
    lines = read(file)
    draft = drafted(lines, "elm", library.vocabulary)
    assert "### 1.1 You must ask the headteacher before you open …" in draft.text
    assert "because every account needs two holders who know it." in draft.text
    assert '- [Never share it.]{.must-not ref="1.1/3"' in draft.text
    assert "Elm Trust policy" not in draft.text
    assert "Contents" not in draft.text
    reasons = {fate.what for fate in draft.fates if not fate.kept}
    assert reasons == {"running header", "page number", "contents table"}
    assert [fate.line for fate in draft.fates] == lines


def test_paragraphs_are_told_apart_where_most_have_one_line_and_a_long_word_may_break_one(tmp_path: Path) -> None:
    (tmp_path / "short.typ").write_text(
        '#set page(paper: "a5")\nAsk first.\n\nAsk a leader.\n\nAsk a parent.\n\nWrite it down.\n\nKeep it safe.\n\n'
        "Our accounts, and no others, are these two: the one we call "
        "\\@AnAccountWithAVeryLongNameIndeedSchool and the page that all of our schools share.\n\nTell everybody.",
        encoding="utf-8",
    )
    typst.compile(str(tmp_path / "short.typ"), output=str(tmp_path / "short.pdf"))
    lines = read(tmp_path / "short.pdf")
    first = next(place for place, one in enumerate(lines) if one.text.startswith("Our accounts"))
    assert all(one.apart for one in lines[1 : first + 1])
    assert not any(one.apart for one in lines[first + 1 : -1])
    assert lines[-1].apart
    assert all(one.full for one in lines[first:-2])
