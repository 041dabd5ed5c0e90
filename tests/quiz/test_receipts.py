"""Receipts: what they say is graded again, an edit shows, and every other one is refused with its reason."""

import json
from contextlib import suppress
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quiz import engine
from quiz.courses import Course, canonical, digest
from quiz.receipts import FIELDS, NotCounted, checksum, grade, receipt
from register import attempts
from tests.quiz.test_attempts import rightly, run, wrongly

TRUST = "cockburn"
FINISHED = "2026-11-20T10:00:00.000Z"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=6,
)


def made(course: Course, seed: str = "a-seed", name: str = "Ada Lee") -> str:
    _, answers = run(course, seed, rightly)
    return receipt(course, seed, answers, [one["id"] for one in course.data["read"]], FINISHED, name)


def signed(content: dict[str, Any]) -> str:
    """Return the receipt with a checksum that fits, as somebody makes it who knows how."""
    return json.dumps({**content, "checksum": checksum(content)})


@pytest.fixture(scope="module")
def course(courses: dict[str, Course]) -> Course:
    return courses[TRUST]


@pytest.fixture(scope="module")
def content(course: Course) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(made(course))
    return loaded


def refused(course: Course, text: str) -> str:
    graded = grade({course.trust: course}, text)
    assert not graded["counted"]
    assert graded["reason"]
    return str(graded["reason"])


def test_a_receipt_counts_with_score_day_and_expiry(courses: dict[str, Course]) -> None:
    for course in courses.values():
        graded = grade(courses, made(course))
        assert graded == {
            "counted": True,
            "reason": "",
            "name": "Ada Lee",
            "trust": course.data["name"],
            "score": 100,
            "finished_on": "2026-11-20",
            "expires_on": f"{2026 + course.data['validity_months'] // 12}-11-20",
            "receipt": json.loads(made(course))["checksum"][:12],
        }


def test_the_browsers_door_makes_and_grades_the_same(course: Course) -> None:
    _, answers = run(course, "s", rightly)
    read = [one["id"] for one in course.data["read"]]
    finished = {"answers": answers, "confirmed": read, "finished_at": FINISHED, "name": "  Ada \n Lee "}
    text = engine.receipt(canonical(course.data), "s", json.dumps(finished))
    assert text == receipt(course, "s", answers, read, FINISHED, "Ada Lee")
    assert json.loads(engine.grade_receipt(canonical(course.data), text)) == grade({TRUST: course}, text)


@given(field=st.sampled_from(sorted(FIELDS)), value=st.text("abc", min_size=1, max_size=8) | JSON)
def test_any_edit_of_any_field_is_noticed(course: Course, content: dict[str, Any], field: str, value: Any) -> None:
    assume(canonical(value) != canonical(content[field]) and len(canonical(value)) < 1000)
    refused(course, json.dumps({**content, field: value}))


@given(data=st.data())
def test_any_edit_of_any_letter_is_noticed(course: Course, content: dict[str, Any], data: st.DataObject) -> None:
    text = json.dumps(content)
    place = data.draw(st.integers(0, len(text) - 1))
    edited = text[:place] + data.draw(st.characters(codec="utf-8")) + text[place + 1 :]
    with suppress(ValueError):  # That it is no JSON any more has to be noticed as well.
        assume(json.loads(edited) != content)
    refused(course, edited)


@pytest.mark.parametrize("field", sorted(FIELDS))
def test_a_field_taken_away_is_named(course: Course, content: dict[str, Any], field: str) -> None:
    reason = refused(course, json.dumps({name: value for name, value in content.items() if name != field}))
    assert field == "format" or field.replace("_", " ") in reason


def test_a_field_too_many_is_noticed_though_the_checksum_fits(course: Course, content: dict[str, Any]) -> None:
    assert "more than a receipt does" in refused(course, signed({**content, "score": 100}))


@given(seed=st.text("abc0129", max_size=20), rights=st.lists(st.booleans(), max_size=15))
def test_grading_equals_the_registers(course: Course, content: dict[str, Any], seed: str, rights: list[bool]) -> None:
    still = iter(rights)
    _, answers = run(course, seed, lambda question, right: (rightly if next(still, True) else wrongly)(question, right))
    result = attempts.graded(canonical(course.data), seed, answers)
    graded = grade({TRUST: course}, signed({**content, "seed": seed, "answers": answers}))
    assert (graded["counted"], graded["score"]) == (result["passed"], result["score"])


def test_a_wrong_answer_made_right_in_the_file_is_another_attempt(course: Course, content: dict[str, Any]) -> None:
    edited = deepcopy(content)
    edited["answers"][0]["question"] = edited["answers"][1]["question"]
    assert "a question that was not asked there" in refused(course, signed(edited))


def test_answers_left_out_are_counted(course: Course, content: dict[str, Any]) -> None:
    reason = refused(course, signed({**content, "answers": content["answers"][:-2]}))
    assert reason == "The training is not finished: 2 questions without an answer."


def test_a_section_not_confirmed_is_named(course: Course, content: dict[str, Any]) -> None:
    unread = course.data["read"][0]
    confirmed = [one for one in content["confirmed"] if one != unread["id"]]
    assert refused(course, signed({**content, "confirmed": confirmed})) == f"Not confirmed as read: {unread['title']}."


def test_a_receipt_of_another_trust_says_which(courses: dict[str, Course]) -> None:
    reason = refused(courses["lydiate"], made(courses["cockburn"]))
    assert reason == "The receipt belongs to another trust’s training: cockburn, not Lydiate Learning Trust."


def test_a_receipt_of_an_earlier_course_says_what_to_do(course: Course) -> None:
    earlier = {**course.data, "pass_mark": course.data["pass_mark"] - 1}
    text = made(Course({**earlier, "digest": digest(earlier)}))
    assert "the training has changed. Ask for the training again, or check the receipt with" in refused(course, text)
    raised = {**course.data, "training_version": course.data["training_version"] + 1}
    now = Course({**raised, "digest": digest(raised)})
    assert "the training has changed (version 1, now 2)" in refused(now, made(course))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        "null",
        "not JSON",
        "PK\x03\x04",
        "[" * 5_000,
        "[" * 99_000,
        '{"format": 7}',
        "9" * 5_000,
        "\ufeff{}",
    ],
    ids=range(11),
)
def test_any_other_file_is_not_a_receipt(course: Course, text: str) -> None:
    assert refused(course, text) == "This file is not a receipt. Ask for the file that the training saved."


def test_a_receipt_of_a_later_version_says_so(course: Course, content: dict[str, Any]) -> None:
    assert "another version of this site" in refused(course, signed({**content, "format": "clearpost-receipt-2"}))


@pytest.mark.parametrize("name", ["", "  \n", "a\u0007b", "x" * 201, "\ud800"])
def test_a_receipt_is_not_made_without_a_name_that_can_be_read(course: Course, name: str) -> None:
    with pytest.raises(NotCounted, match="name"):
        made(course, name=name)


def test_a_receipt_is_made_only_of_an_attempt_that_passed(course: Course) -> None:
    _, answers = run(course, "s", lambda question, right: question["options"][0]["key"])
    with pytest.raises(NotCounted, match="Not passed: "):
        receipt(course, "s", answers, [], FINISHED, "Ada Lee")
