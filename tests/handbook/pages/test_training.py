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
    assert "/assets/training.mjs" in [one.attributes.get("src") for one in page.all("script")]


def test_what_the_trust_wants_read_is_linked(page: Page, trust: str, library: Library) -> None:
    wanted = [(one["url"], one["title"]) for one in course_data(library, trust)["read"]]
    links = page.inside(page.all("ul", "reading-list")[0], "a")
    assert [(one.attributes["href"], one.text) for one in links] == wanted
