"""How other trusts answer the same question: only where they differ, and in a file that stays small."""

import json
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from handbook.courses import course_data
from handbook.elsewhere import MOST_NAMED, elsewhere_files
from handbook.library import Library
from quiz.courses import Course
from quiz.feedback import headline


@pytest.fixture(scope="module")
def files(library: Library) -> dict[str, Any]:
    return {path: json.loads(text) for path, text in elsewhere_files(library).items()}


def test_every_scenario_has_a_file(files: dict[str, Any], library: Library) -> None:
    assert files.keys() == {f"elsewhere/{slug}.json" for slug in library.scenarios}


def test_a_question_that_trusts_answer_differently_names_who_answers_how(files: dict[str, Any]) -> None:
    request = files["elsewhere/friend-request.json"]
    assert request["variants"]["friend-request/0"] == [
        ["No", 4, ["cockburn", "creating-tomorrow", "lydiate", "wren-spinney"]],
        ["The policy does not say", 1, ["collaborative"]],
    ]
    assert request["trusts"]["wren-spinney"] == "Wren Spinney"


def test_every_answer_told_is_the_one_that_trusts_own_training_gives(
    files: dict[str, Any], courses: dict[str, Course]
) -> None:
    told = {variant: answers for one in files.values() for variant, answers in one["variants"].items()}
    for course in courses.values():
        for variant in course.variants.values():
            if variant.id in told:
                named = [words for words, _, trusts in told[variant.id] if course.trust in trusts]
                assert named == [headline(course.ruling_on(variant))]


def test_nothing_is_said_where_all_agree(files: dict[str, Any], courses: dict[str, Course]) -> None:
    told = {variant for one in files.values() for variant in one["variants"]}
    verdicts: dict[str, Counter[str]] = {}
    for course in courses.values():
        for variant in course.variants.values():
            verdicts.setdefault(variant.id, Counter())[course.ruling_on(variant).verdict] += 1
    alike = {variant for variant, found in verdicts.items() if found.total() == len(courses) and len(found) == 1}
    assert alike
    assert not told & alike


def test_nobody_learns_from_a_policy_that_forgot_to_mention_a_pause(files: dict[str, Any]) -> None:
    answers = files["elsewhere/quiet-please.json"]["variants"].values()
    assert "Yes" not in {words for several in answers for words, _, _ in several}


def test_of_many_trusts_a_few_are_named_and_all_are_counted(library: Library) -> None:
    wren = library.trusts["wren-spinney"]
    twins = {f"wren-{number}": replace(wren, id=f"wren-{number}", clauses=_moved(wren.clauses, f"wren-{number}"))
             for number in range(20)}  # fmt: skip
    many = elsewhere_files(replace(library, trusts={**library.trusts, **twins}))
    request = json.loads(many["elsewhere/friend-request.json"])
    ((_, trusts, named),) = [one for one in request["variants"]["friend-request/0"] if one[0] == "No"]
    assert trusts == 24
    assert len(named) == MOST_NAMED


def _moved(clauses: Any, trust: str) -> Any:
    return tuple(
        replace(one, trust=trust, provisions=tuple(replace(each, trust=trust) for each in one.provisions))
        for one in clauses
    )


def test_what_another_trust_changes_does_not_change_a_course(library: Library) -> None:
    lydiate = library.trusts["lydiate"]
    positions = {**lydiate.positions, "group-chat": {"silent": "It says nothing."}}
    changed = replace(library, trusts={**library.trusts, "lydiate": replace(lydiate, positions=positions)})
    for trust in library.trusts:
        same = course_data(changed, trust)["digest"] == course_data(library, trust)["digest"]
        assert same is (trust != "lydiate")
