"""The matrix: every question at every trust, each answer leading to its provisions."""

import re
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from handbook.comparison import Comparison, compared
from handbook.library import Library
from handbook.may_i import ASKED
from handbook.pages.differences import WORDS, verdict_words
from handbook.pages.matrix import matrix_pages
from handbook.pages.shares import MOST_TRUSTS
from quiz.decisions import DECISIONS
from quiz.rulings import NOT_COVERED
from tests.handbook.built import Element, Page
from tests.handbook.test_comparison import copied


@pytest.fixture(scope="module")
def matrix(library: Library, comparison: Comparison) -> Page:
    return Page(matrix_pages(library, comparison)["matrix/index.md"])


def rows(matrix: Page) -> dict[str, list[Element]]:
    """Return the cells of every question."""
    return {
        head.attributes["id"]: matrix.inside(head.within[-1], "td")
        for head in matrix.all("th")
        if head.attributes.get("scope") == "row"
    }


def test_every_question_has_a_cell_for_every_trust(matrix: Page, library: Library) -> None:
    found = rows(matrix)
    assert set(found) == set(DECISIONS)
    for cells in found.values():
        assert [one.attributes["data-trust"] for one in cells] == list(library.trusts)
    heads = [one.text for one in matrix.all("th") if one.attributes.get("scope") == "col"]
    assert heads == ["Question", *(trust.short_name for trust in library.trusts.values())]


def test_a_cell_says_every_verdict_and_how_often_it_is_given(matrix: Page, comparison: Comparison) -> None:
    for decision, cells in rows(matrix).items():
        for cell in cells:
            verdicts = comparison.questions[decision].verdicts(cell.attributes["data-trust"])
            if len(set(verdicts)) == 1:
                assert verdict_words(decision, verdicts[0]) in cell.text
            else:
                assert "It depends" in cell.text
                for verdict in set(verdicts):
                    assert f"{verdicts.count(verdict)} {verdict_words(decision, verdict)}" in cell.text


def test_every_cell_that_speaks_leads_to_its_provisions(matrix: Page, library: Library, comparison: Comparison) -> None:
    for decision, cells in rows(matrix).items():
        for cell in cells:
            trust = library.trusts[cell.attributes["data-trust"]]
            links = [urlsplit(one.attributes["href"]) for one in matrix.inside(cell, "a", "ref")]
            assert all(link.path == f"/handbook/{trust.id}/" for link in links)
            assert all(link.fragment in trust.provisions for link in links)
            speaks = set(comparison.questions[decision].verdicts(trust.id)) != {NOT_COVERED}
            assert bool(links) is speaks
            assert f"/handbook/may-i/{decision}/?trust={trust.id}" in [
                one.attributes["href"] for one in matrix.inside(cell, "a")
            ]


def test_a_silent_policy_is_said_to_be_silent(matrix: Page) -> None:
    cell = next(one for one in rows(matrix)["speak-to-press"] if one.attributes["data-trust"] == "cockburn")
    assert WORDS[NOT_COVERED] in cell.text


def test_a_trust_without_positions_is_not_yet_answered(library: Library) -> None:
    new = replace(copied(library.trusts["cockburn"], "new"), positions={})
    larger = replace(library, trusts={**library.trusts, "new": new})
    page = Page(matrix_pages(larger, compared(larger))["matrix/index.md"])
    for cells in rows(page).values():
        assert "Not yet answered" in cells[-1].text
        assert "Work it out" not in cells[-1].text


def test_no_link_is_called_the_same_as_another(matrix: Page) -> None:
    names = [one.text for one in matrix.all("a") if "Work it out" in one.text]
    assert len(names) == len(set(names)) == len(DECISIONS) * 5
    assert f"Work it out: {ASKED['use-photo'].question} Lydiate" in names


def test_many_trusts_are_spread_over_pages_that_lead_to_each_other(library: Library) -> None:
    twins = {f"twin-{number:02}": copied(library.trusts["lydiate"], f"twin-{number:02}") for number in range(20)}
    larger = replace(library, trusts={**library.trusts, **twins})
    pages = matrix_pages(larger, compared(larger))
    assert list(pages) == ["matrix/index.md", "matrix/2/index.md", "matrix/3/index.md"]
    seen = [re.findall(r'scope="col" data-trust="([^"]+)"', text) for text in pages.values()]
    assert [one for several in seen for one in several] == list(larger.trusts)
    assert max(len(several) for several in seen) == MOST_TRUSTS
    for text in pages.values():
        links = [one.attributes["href"] for one in Page(text).all("a")]
        assert len({"/handbook/matrix/", "/handbook/matrix/2/", "/handbook/matrix/3/"} & set(links)) == 2
