"""The pages of gaps: silences with their reason and whom to ask, remarks with their clause, dates that are missing."""

from collections import Counter
from dataclasses import replace

from handbook.library import Library
from handbook.pages.gaps import MOST_NAMED, gap_pages
from quiz.decisions import DECISIONS
from tests.handbook.built import Page


def test_every_silence_stands_with_its_reason_and_somebody_to_ask(library: Library) -> None:
    page = gap_pages(library)["cockburn/gaps/index.md"]
    for decision, position in library.trusts["cockburn"].positions.items():
        assert (f'<li id="{decision}">' in page) == ("silent" in position)
    assert page.count("Ask a senior leader") == page.count("<li id=")


def test_a_number_in_a_reason_is_a_link_to_the_provision(library: Library) -> None:
    page = gap_pages(library)["creating-tomorrow/gaps/index.md"]
    assert '(<a class="ref" href="/handbook/creating-tomorrow/#4.4.2/3b">4.4.2/3b</a>)' in page


def test_every_remark_stands_under_its_clause(library: Library) -> None:
    pages = gap_pages(library)
    for trust in library.trusts.values():
        page = pages[f"{trust.id}/gaps/index.md"]
        assert page.count('<div class="odd"') == sum(len(one.notes) for one in trust.clauses)
        for clause in trust.clauses:
            if clause.notes:
                assert f'href="/handbook/{trust.id}/#{clause.ref}"' in page


def test_what_is_overdue_or_undated_is_told(library: Library) -> None:
    pages = gap_pages(library)
    assert "Review was due in September 2022" in pages["cockburn/gaps/index.md"]
    assert "The policy does not say when it is reviewed." in pages["collaborative/gaps/index.md"]


def test_a_question_is_listed_where_a_policy_leaves_it_open_the_most_open_first(library: Library) -> None:
    page = Page(gap_pages(library)["gaps/index.md"])
    silent = Counter(
        one for trust in library.trusts.values() for one, position in trust.positions.items() if "silent" in position
    )
    rows = [len(page.inside(head.within[-1], "a")) - 1 for head in page.all("th") if head.attributes["scope"] == "row"]
    assert rows == sorted(silent.values(), reverse=True)
    assert 0 < len(rows) < len(DECISIONS)
    assert "No policy is silent on the " in page.html


def test_the_page_over_all_trusts_does_not_grow_with_trusts_times_questions(library: Library) -> None:
    one = library.trusts["cockburn"]
    many = replace(library, trusts={f"t{place}": replace(one, id=f"t{place}") for place in range(300)})
    page = gap_pages(many)["gaps/index.md"]
    assert f"and {300 - MOST_NAMED} more" in page
    assert page.count("/gaps/#") <= MOST_NAMED * len(DECISIONS)
