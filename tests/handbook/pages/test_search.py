"""The search page as HTML: filters are native, and without scripts it says where to look."""

from handbook.library import Library
from tests.handbook.built import Built


def test_there_is_a_filter_for_trust_topic_and_duty(handbook: Built, library: Library) -> None:
    page = handbook.page("/handbook/search/")
    wanted = {
        "trust": {"", *library.trusts},
        "topic": {"", *library.vocabulary.topics},
        "duty": {"", *library.vocabulary.duties},
    }
    for name, values in wanted.items():
        options = page.inside(page.by_id(name), "option")
        assert {one.attributes["value"] for one in options} == values


def test_without_scripts_the_page_leads_to_the_topics(handbook: Built) -> None:
    page = handbook.page("/handbook/search/")
    (spoken,) = page.all("noscript")
    assert "Search needs JavaScript" in spoken.text
    assert [one.attributes["href"] for one in page.inside(spoken, "a")] == ["/handbook/topics/"]


def test_results_are_announced(handbook: Built) -> None:
    assert handbook.page("/handbook/search/").by_id("search-status").attributes["role"] == "status"
