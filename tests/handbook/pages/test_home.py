"""The home page: where you work, what you need before you post, and every topic."""

from handbook.library import Library
from tests.handbook.built import Built


def test_every_trust_is_listed_with_its_review_state(handbook: Built, library: Library) -> None:
    page = handbook.page("/")
    listed = page.by_id("trusts")
    names = [one.text for one in page.inside(listed, "a")]
    assert names == [trust.name for trust in library.trusts.values()]
    assert "Review was due in September 2022, over four years ago." in listed.text


def test_a_trust_is_a_link_that_works_without_scripts(handbook: Built, library: Library) -> None:
    page = handbook.page("/")
    links = page.inside(page.by_id("trusts"), "a")
    assert [one.attributes["href"] for one in links] == [f"/handbook/{trust}/" for trust in library.trusts]
    assert [one.attributes["data-choose-trust"] for one in links] == list(library.trusts)


def test_the_three_steps_stand_in_their_order(handbook: Built) -> None:
    page = handbook.page("/")
    steps = [one.text for one in page.inside(page.all("ol", "steps")[0], "a")]
    assert steps == ["Read what matters", "Take the training", "Ask for the right to post"]


def test_the_search_box_asks_the_search_page(handbook: Built) -> None:
    page = handbook.page("/")
    (form,) = page.all("form")
    assert form.attributes["action"] == "/handbook/search/"
    assert [one.attributes["name"] for one in page.inside(form, "input")] == ["q"]


def test_every_topic_is_linked(handbook: Built, library: Library) -> None:
    page = handbook.page("/")
    links = {one.attributes["href"] for one in page.inside(page.all("ul", "topic-links")[0], "a")}
    assert links == {f"/handbook/topics/{topic}/" for topic in library.vocabulary.topics}


def test_every_guide_is_linked_and_knows_its_place_at_each_trust(handbook: Built, library: Library) -> None:
    page = handbook.page("/")
    links = page.inside(page.all("ul", "guide-links")[0], "a")
    assert [one.attributes["data-own"] for one in links] == [f"guides/#{guide.id}" for guide in library.guides]
    assert {one.attributes["href"] for one in links} == {"/handbook/guides/"}
