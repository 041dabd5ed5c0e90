"""The pages of guides: every case at every trust, with its provisions, or the plain word that there is none."""

from dataclasses import replace

from handbook.library import Library
from handbook.pages.guides import guide_pages
from tests.handbook.built import Page


def test_every_trust_has_every_case_of_every_guide(library: Library) -> None:
    pages = guide_pages(library)
    for trust in library.trusts:
        page = Page(f"<div>{pages[f'{trust}/guides/index.md']}</div>")
        titles = [one.text for one in page.all("h3")]
        assert titles == [case.title for guide in library.guides for case in guide.cases]


def test_a_silent_policy_says_so_and_names_somebody_to_ask(library: Library) -> None:
    page = guide_pages(library)["cockburn/guides/index.md"]
    part = page[page.index('<h2 id="hand-over">') : page.index('<h2 id="photo-consent">')]
    assert part.count('<p class="silent">The policy does not say') == 2
    assert part.count("Ask a senior leader.") == 2
    assert "guide-steps" not in part


def test_a_named_adviser_is_who_to_ask(library: Library) -> None:
    page = guide_pages(library)["creating-tomorrow/guides/index.md"]
    part = page[page.index('<h2 id="hand-over">') : page.index('<h2 id="photo-consent">')]
    assert "Ask the Trust IT Senior Leadership Team." in part
    assert 'href="/handbook/creating-tomorrow/#2.2.3d"' in part


def test_consent_is_a_table_by_year(library: Library) -> None:
    page = Page(guide_pages(library)["wren-spinney/guides/index.md"])
    rows = [one.text for one in page.all("th") if one.attributes["scope"] == "row"]
    assert rows == ["Nursery to Year 6", "Year 7 to Year 11", "Year 12 to Year 13"]


def test_a_guide_of_few_cases_is_open_and_one_of_many_is_folded_up(library: Library) -> None:
    page = Page(guide_pages(library)["lydiate/guides/index.md"])
    opened = ["open" in one.attributes for one in page.all("details", "guide-case")]
    assert opened == [len(guide.cases) <= 2 for guide in library.guides for _ in guide.cases]


def test_without_guides_there_are_no_pages(library: Library) -> None:
    assert guide_pages(replace(library, guides=())) == {}


def test_a_trust_without_positions_is_told_from_a_silent_one(library: Library) -> None:
    trust = replace(library.trusts["lydiate"], positions={})
    page = guide_pages(replace(library, trusts={"lydiate": trust}))["lydiate/guides/index.md"]
    assert page.count("Nobody has answered this question for the policy yet.") == sum(
        len(one.cases) for one in library.guides
    )
    assert "The policy does not say" not in page
