"""A trust's page: the whole policy, every clause and provision with its anchor, its badge and its number."""

from dataclasses import replace
from datetime import date

import pytest

from handbook.comparison import compared
from handbook.library import Library
from handbook.pages.others import OthersOn
from handbook.pages.trusts import trust_pages
from tests.handbook.built import Built, Page


@pytest.fixture(scope="module")
def pages(handbook: Built, library: Library) -> dict[str, Page]:
    return {trust: handbook.page(f"/handbook/{trust}/") for trust in library.trusts}


def test_every_clause_and_every_provision_has_its_anchor(pages: dict[str, Page], library: Library) -> None:
    anchors = {f"{trust}/{name}" for trust, page in pages.items() for name in page.ids}
    for trust in library.trusts.values():
        for clause in trust.clauses:
            assert clause.id in anchors
            assert pages[trust.id].by_id(clause.ref).tag == "h3"
        for provision in trust.provisions.values():
            assert provision.id in anchors


def test_clauses_stand_in_the_documents_own_order(pages: dict[str, Page], library: Library) -> None:
    for trust in library.trusts.values():
        shown = [one.attributes["id"] for one in pages[trust.id].all("h3", "clause-title")]
        assert shown == [clause.ref for clause in trust.clauses]


def test_every_provision_has_its_words_and_its_number(pages: dict[str, Page], library: Library) -> None:
    for trust in library.trusts.values():
        page = pages[trust.id]
        numbers = {one.attributes["href"] for one in page.all("a", "ref")}
        for provision in trust.provisions.values():
            assert f"#{provision.ref}" in numbers
            assert provision.text.split(". ")[0].split()[0] in page.text


def test_a_trust_that_numbers_its_clauses_shows_the_number_first(pages: dict[str, Page]) -> None:
    assert pages["creating-tomorrow"].by_id("4.4.2").text.startswith("4.4.2 ")
    assert pages["cockburn"].by_id("sanctioned/4").text.endswith(" sanctioned/4")


def test_the_review_state_is_that_of_the_day_of_the_build(library: Library) -> None:
    others = OthersOn(library, compared(library))

    def shown(today: date) -> str:
        page = trust_pages(replace(library, built_on=today), others)["wren-spinney/index.md"]
        return page[page.index("<dt>Review</dt>") :].partition("\n</dl>")[0]

    assert "Review is due in January 2024." in shown(date(2023, 12, 31))
    assert "Review is due this month, January 2024." in shown(date(2024, 1, 31))
    assert "Review was due in January 2024, one day ago." in shown(date(2024, 2, 1))


def test_a_document_that_gives_no_dates_says_so(pages: dict[str, Page]) -> None:
    facts = [one.text for one in pages["collaborative"].inside(pages["collaborative"].all("dl", "facts")[0], "dd")]
    assert facts[1:] == [
        "The policy does not say.",
        "The policy does not say.",
        "The policy does not say when it is reviewed.",
    ]


def test_remarks_are_ours_and_stand_apart(pages: dict[str, Page], library: Library) -> None:
    for trust in library.trusts.values():
        remarks = pages[trust.id].all("div", "odd")
        assert len(remarks) == sum(len(clause.notes) for clause in trust.clauses)
        assert all(one.text.startswith("Odd here: ") for one in remarks)


def test_the_contents_list_the_sections_and_no_clauses(pages: dict[str, Page], library: Library) -> None:
    for trust in library.trusts.values():
        page = pages[trust.id]
        listed = [one.text for one in page.inside(page.all("nav", "contents")[0], "a")]
        assert listed == [*dict.fromkeys(one.section for one in trust.clauses), "People this policy names"]


def test_every_clause_leads_to_other_trusts_and_to_practice_where_there_is_any(
    pages: dict[str, Page], library: Library
) -> None:
    page = pages["cockburn"]
    practised = {topic for scenario in library.scenarios.values() for topic in scenario["topics"]}
    shown = [one for one in page.all("p", "ways-on") if any("clause" in outer.classes for outer in one.within)]
    for clause, ways in zip(library.trusts["cockburn"].clauses, shown, strict=True):
        links = {one.attributes["href"] for one in page.inside(ways, "a")}
        topics = list(dict.fromkeys([clause.topic, *(one.topic for one in clause.provisions)]))
        practice = [f"/handbook/cockburn/practise/?topic={topic}" for topic in topics if topic in practised][:1]
        assert links == {*(f"/handbook/topics/{topic}/#cockburn" for topic in topics), *practice}
        (copy,) = page.inside(ways, "button")
        assert (copy.attributes["data-ref"], copy.text) == (clause.ref, f"Copy link to {clause.ref}")


def test_the_key_explains_every_badge(pages: dict[str, Page], library: Library) -> None:
    page = pages["lydiate"]
    shown = [one.text for one in page.inside(page.all("details", "key")[0], "dt")]
    assert shown == [duty.label for duty in library.vocabulary.duties.values()]


def test_everybody_the_policy_names_is_listed(pages: dict[str, Page], library: Library) -> None:
    for trust in library.trusts.values():
        page = pages[trust.id]
        assert [one.text for one in page.inside(page.all("dl", "people")[0], "dt")] == [one.name for one in trust.roles]


def test_pages_depend_on_nothing_but_the_library(library: Library) -> None:
    others = OthersOn(library, compared(library))
    assert trust_pages(library, others) == trust_pages(library, others)
