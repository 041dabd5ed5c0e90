"""The pages of topics: every trust on every one, also those that say nothing."""

import pytest

from handbook.comparison import compared
from handbook.library import Library
from handbook.pages.others import OthersOn
from handbook.pages.topics import topic_pages
from tests.handbook.built import Built, Page


@pytest.fixture(scope="module")
def pages(handbook: Built, library: Library) -> dict[str, Page]:
    return {topic: handbook.page(f"/handbook/topics/{topic}/") for topic in library.vocabulary.topics}


def test_every_topic_names_every_trust(pages: dict[str, Page], library: Library) -> None:
    for topic, page in pages.items():
        columns = [one.attributes["data-trust"] for one in page.all("section", "column")]
        assert columns == list(library.trusts), topic


def test_every_provision_of_a_topic_is_there_and_leads_to_its_place(pages: dict[str, Page], library: Library) -> None:
    for topic, page in pages.items():
        links = [one.attributes["href"] for one in page.all("a", "ref")]
        wanted = [
            f"/handbook/{one.trust}/#{one.ref}"
            for trust in library.trusts.values()
            for one in trust.provisions.values()
            if one.topic == topic
        ]
        assert set(wanted) <= set(links), topic


def test_a_silent_trust_is_said_to_be_silent(pages: dict[str, Page], library: Library) -> None:
    silent = 0
    for topic, page in pages.items():
        for column in page.all("section", "column"):
            trust = library.trusts[column.attributes["data-trust"]]
            speaks = any(one.topic == topic for one in trust.provisions.values())
            says = f"{trust.short_name}: the policy does not say."
            assert (says in column.text) is not speaks
            silent += not speaks
    assert silent > 0


def test_the_list_counts_the_trusts_that_speak(handbook: Built, library: Library) -> None:
    listed = handbook.page("/handbook/topics/").all("ul", "topic-list")[0].text
    assert "Photos and consent Whose agreement a picture or video needs. 5 of 5 trusts." in listed
    assert all(topic.label in listed for topic in library.vocabulary.topics.values())


def test_duties_are_counted_at_the_top(pages: dict[str, Page]) -> None:
    shown = pages["images-consent"].all("ul", "at-a-glance")[0].text
    assert "Cockburn Must not 2" in shown


def test_pages_depend_on_nothing_but_the_library(library: Library) -> None:
    comparison = compared(library)
    others = OthersOn(library, comparison)
    assert topic_pages(library, comparison, others) == topic_pages(library, comparison, others)
