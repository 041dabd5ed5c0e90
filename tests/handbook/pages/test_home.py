"""The home page: where you work, what you need before you post, and every topic."""

import json

from handbook.library import Library
from tests.handbook.built import Built


def test_every_trust_can_be_chosen(handbook: Built, library: Library) -> None:
    page = handbook.page("/")
    options = page.inside(page.by_id("my-trust"), "option")
    assert [one.attributes["value"] for one in options] == ["", *library.trusts]
    assert [one.text for one in options[1:]] == [trust.name for trust in library.trusts.values()]


def test_without_scripts_the_choice_leads_to_the_list_of_all_trusts(handbook: Built, library: Library) -> None:
    assert handbook.page("/").by_id("my-trust").attributes["action"] == "/handbook/trusts/"
    page = handbook.page("/handbook/trusts/")
    (listed,) = page.all("ul", "trust-list")
    links = page.inside(listed, "a")
    assert [one.text for one in links] == [trust.name for trust in library.trusts.values()]
    assert [one.attributes["href"] for one in links] == [f"/handbook/{trust}/" for trust in library.trusts]
    assert [one.attributes["data-choose-trust"] for one in links] == list(library.trusts)
    assert "Review was due in September 2022, over four years ago." in listed.text


def test_the_steps_know_what_there_is_to_read_and_how_long_it_takes(handbook: Built, library: Library) -> None:
    for trust in library.trusts.values():
        course = json.loads((handbook.site / f"handbook/{trust.id}/course.json").read_text("utf-8"))
        steps = json.loads((handbook.site / f"handbook/{trust.id}/steps.json").read_text("utf-8"))
        assert steps["digest"] == course["digest"]
        assert steps["read"] == [one["id"] for one in course["read"]]
        words = sum(len(one.text.split()) for one in trust.clauses if one.id in steps["read"])
        assert steps["reading"] == -(-words // 180)
        assert steps["training"] == -(-course["questions"] * 3 // 4)


def test_the_three_steps_stand_in_their_order(handbook: Built) -> None:
    page = handbook.page("/")
    steps = [one.text for one in page.inside(page.all("ol", "steps")[0], "a")]
    assert steps == ["Read what matters", "Take the training", "Ask for the right to post"]


def test_the_search_box_asks_the_search_page(handbook: Built) -> None:
    page = handbook.page("/")
    (form,) = page.all("form", "search-form")
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
