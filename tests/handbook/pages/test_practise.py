"""The practice pages: what can be practised is linked, beside the clause it belongs to."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from handbook.library import Library
from handbook.pages.practise import practise_pages, practised
from tests.handbook.built import Built


def test_every_topic_with_cases_can_be_chosen(handbook: Built, library: Library) -> None:
    asked = {topic for scenario in library.scenarios.values() for topic in scenario["topics"]}
    for trust in library.trusts:
        page = handbook.page(f"/handbook/{trust}/practise/")
        links = [one.attributes["href"] for one in page.inside(page.all("ul", "topic-links")[0], "a")]
        assert {parse_qs(urlsplit(one).query)["topic"][0] for one in links} == asked


def test_practise_this_leads_from_a_clause_to_a_topic_of_it(handbook: Built, library: Library) -> None:
    trust = library.trusts["lydiate"]
    page = handbook.page("/handbook/lydiate/")
    links = [one for one in page.all("a") if one.text.startswith("Practise this")]
    assert len(links) > len(trust.clauses) / 2
    topics = {clause.title: {clause.topic, *(one.topic for one in clause.provisions)} for clause in trust.clauses}
    for link in links:
        (topic,) = parse_qs(urlsplit(link.attributes["href"]).query)["topic"]
        assert topic in topics[link.text.removeprefix("Practise this – ")]


def test_a_trust_that_has_not_answered_every_question_has_no_practice(library: Library) -> None:
    unanswered = replace(library.trusts["lydiate"], positions={})
    alone = replace(library, trusts={"lydiate": unanswered})
    assert practised(alone, unanswered) == frozenset()
    assert "There are no questions for this trust yet." in practise_pages(alone)["lydiate/practise/index.md"]
