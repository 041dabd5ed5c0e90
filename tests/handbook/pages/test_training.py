"""The training page before any program has been loaded: what to read, and the first question, whole."""

import json
from collections.abc import Iterator

import pytest

from handbook.courses import course_data, course_json
from handbook.library import Library
from quiz.engine import play
from tests.handbook.built import Built, Page


@pytest.fixture(params=["cockburn", "collaborative", "creating-tomorrow", "lydiate", "wren-spinney"])
def trust(request: pytest.FixtureRequest) -> Iterator[str]:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def page(handbook: Built, trust: str) -> Page:
    return handbook.page(f"/handbook/{trust}/training/")


def test_the_first_question_stands_in_the_page(page: Page, trust: str, library: Library) -> None:
    state = json.loads(play(course_json(library, trust), "any", "[]"))
    question = state["question"]
    (form,) = page.all("form", "question")
    assert form.attributes["data-question-id"] == question["id"]
    assert page.all("p", "story")[0].text == " ".join(question["story"].split())
    assert page.inside(form, "legend")[0].text == question["asks"]
    choices = page.inside(form, "input")
    assert [one.attributes["value"] for one in choices] == [one["key"] for one in question["options"]]
    assert {one.attributes["type"] for one in choices} == {"radio"}
    assert page.all("p", "progress-text")[0].text == f"Question 1 of {state['total']}"


def test_the_story_is_letter_for_letter_the_engines(page: Page, trust: str, library: Library) -> None:
    question = json.loads(play(course_json(library, trust), "", "[]"))["question"]
    assert "".join(page.all("p", "story")[0].words) == question["story"]


def test_the_page_says_where_course_and_engine_lie(page: Page, trust: str) -> None:
    root = page.by_id("training")
    assert root.attributes["data-trust"] == trust
    assert root.attributes["data-course"] == f"/handbook/{trust}/course.json"
    assert root.attributes["data-engine-manifest"] == "/assets/engine/manifest.json"
    assert root.attributes["data-elsewhere"] == "/handbook/elsewhere/"
    assert "/assets/training.mjs" in [one.attributes.get("src") for one in page.all("script")]


def test_what_the_trust_wants_read_is_linked(page: Page, trust: str, library: Library) -> None:
    wanted = [(one["url"], one["title"]) for one in course_data(library, trust)["read"]]
    links = page.inside(page.all("ul", "reading-list")[0], "a")
    assert [(one.attributes["href"], one.text) for one in links] == wanted


def test_each_section_to_read_has_a_box_of_its_own_to_tick(page: Page, trust: str, library: Library) -> None:
    course = course_data(library, trust)
    (readings,) = page.all("ul", "reading-list")
    assert readings.attributes["data-digest"] == course["digest"]
    boxes = page.inside(readings, "input")
    assert [one.attributes["value"] for one in boxes] == [one["id"] for one in course["read"]]
    assert {one.attributes["type"] for one in boxes} == {"checkbox"}
    assert not any("checked" in one.attributes for one in boxes)
    labels = [one.text for one in page.inside(readings, "label")]
    assert labels == [f"I have read this: {one['title']}" for one in course["read"]]
    assert page.all("p", "reading-count")[0].text == f"{len(boxes)} to read"


def test_how_other_trusts_answer_lies_beside_the_courses(handbook: Built, page: Page) -> None:
    scenario = page.all("form", "question")[0].attributes["data-question-id"].partition("/")[0]
    found = json.loads((handbook.site / "handbook" / "elsewhere" / f"{scenario}.json").read_text("utf-8"))
    assert set(found) == {"trusts", "variants"}
