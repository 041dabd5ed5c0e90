"""A sixth trust with only trust.yml and policy.md: it is built with the others, and says everywhere what is open."""

import json
from dataclasses import replace

import pytest

from handbook.build import build
from handbook.comparison import UNANSWERED, compared
from handbook.courses import course_data, course_json, is_answered
from handbook.library import Library
from handbook.positions import positions_data
from handbook.sources import load
from quiz.courses import Course
from quiz.decisions import DECISIONS
from quiz.engine import play
from tests.handbook.built import TODAY, Built, plant
from tests.handbook.sources.tree import POLICY, TRUST


@pytest.fixture(scope="module")
def six(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = plant(tmp_path_factory.mktemp("six"))
    folder = root / "policy_src" / "oak"
    folder.mkdir()
    (folder / "policy.md").write_text(POLICY.replace('{.must ref="photos/1"}', '{.must ref="photos/1" guessed="ask"}'))
    (folder / "trust.yml").write_text(TRUST, encoding="utf-8")
    said: list[str] = []
    return Built(root, root / "site", build(root, root / "site", TODAY, said.append), tuple(said))


@pytest.fixture(scope="module")
def with_oak(six: Built) -> Library:
    return load(six.root, TODAY)


def test_it_has_answered_nothing_and_trains_nobody(with_oak: Library) -> None:
    oak = with_oak.trusts["oak"]
    assert not is_answered(oak)
    course = Course(course_data(with_oak, "oak"))
    assert not course.is_training
    assert course.paper("any seed") == []
    state = json.loads(play(course_json(with_oak, "oak"), "any seed", "[]"))
    assert (state["question"], state["result"], state["total"]) == (None, None, 0)
    assert positions_data(with_oak, "oak")["matters"] == {}


def test_it_changes_nothing_for_the_others(with_oak: Library, courses: dict[str, Course]) -> None:
    for trust, course in courses.items():
        assert course_data(with_oak, trust)["digest"] == course.data["digest"]


def test_one_open_decision_is_enough_to_have_no_training_yet(with_oak: Library) -> None:
    course = Course(course_data(with_oak, "lydiate"))
    assert course.is_training
    lydiate = with_oak.trusts["lydiate"]
    left = {name: one for name, one in lydiate.positions.items() if name != "use-photo"}
    trusts = {**with_oak.trusts, "lydiate": replace(lydiate, positions=left)}
    assert not Course(course_data(replace(with_oak, trusts=trusts), "lydiate")).is_training


def test_the_comparison_knows_that_nobody_has_answered(with_oak: Library) -> None:
    for question in compared(with_oak).questions.values():
        assert {one.verdict for one in question.answers["oak"]} == {UNANSWERED}


def test_its_page_says_so_and_offers_no_training(six: Built) -> None:
    page = six.page("/handbook/oak/")
    notices = " ".join(one.text for one in page.all("p", "notice"))
    assert "There is no training, and nobody can be cleared to post." in notices
    assert "One mark on it, such as Must or May, was guessed by a program." in notices
    assert "/handbook/oak/training/" not in [one.attributes.get("href") for one in page.all("a")]
    assert "Ask the Headteacher before you open an account." in page.text


def test_its_training_page_has_no_question_and_says_why(six: Built) -> None:
    page = six.page("/handbook/oak/training/")
    assert page.all("p", "notice")[0].text == (
        "There is no training here yet. Until there is, nobody can be cleared to post."
    )
    assert not page.all("form", "question")
    assert "I have read this" not in page.text


def test_every_page_for_all_trusts_names_it_and_what_it_has_not_answered(six: Built) -> None:
    assert "Oak" in six.page("/").text
    assert "Not yet answered" in six.page("/handbook/matrix/").text
    assert len(six.page("/handbook/oak/gaps/").all("li")) >= len(DECISIONS)
    assert json.loads((six.site / "handbook/oak/positions.json").read_text())["positions"] == {}
    assert (six.site / "handbook/oak/policy.pdf").stat().st_size > 1000
    for address in ("guides", "roles", "ask", "print"):
        assert six.page(f"/handbook/oak/{address}/").all("h1")


def test_no_page_says_of_its_policy_what_nobody_has_looked_up(six: Built) -> None:
    assert "Oak: not yet answered." in six.page("/handbook/topics/images-consent/").text
    cells = [one for one in six.page("/handbook/strictness/").all("td") if one.attributes.get("data-trust") == "oak"]
    assert cells
    assert all(one.text.endswith("Not yet answered") for one in cells)
    assert "Take the training" not in six.page("/handbook/oak/roles/").text
    assert "names nobody" not in six.page("/handbook/oak/ask/").text
