"""The checker's answer: what is still open, whether the verdict can still change, and the words for it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.library import Library
from handbook.positions import positions_data, positions_json
from quiz.consultation import consult
from quiz.courses import Course
from quiz.decisions import DECISIONS
from quiz.engine import consult as consult_by_text
from quiz.facts import FactError
from tests.quiz.test_relevance import TWO, given_facts

IN_ORDER = {
    "account": "school-official", "equipment": "organisation", "dignified": True, "named_with_photo": False,
    "objected": False, "on_do_not_publish_list": False, "year_group": 9,
}  # fmt: skip


@pytest.fixture(scope="session")
def positions(library: Library) -> dict[str, Course]:
    return {trust: Course(positions_data(library, trust)) for trust in library.trusts}


def test_while_questions_are_open_the_answer_is_the_cautious_one_and_not_settled(positions: dict[str, Course]) -> None:
    answer = consult(positions["cockburn"], "use-photo", {"consents": ["parent"]})
    assert answer["open"] == ["named_with_photo", "account", "dignified"]
    assert not answer["settled"]
    assert answer["ruling"]["verdict"] == "forbidden"
    assert answer["ruling"]["assumed"]["named_with_photo"] is True


def test_facts_that_do_not_matter_need_no_answer(positions: dict[str, Course]) -> None:
    answer = consult(positions["cockburn"], "use-photo", {**IN_ORDER, "consents": ["parent"]})
    assert (answer["open"], answer["settled"], answer["in_short"]) == ([], True, "Yes")


def test_an_answer_that_decides_alone_settles_the_verdict(positions: dict[str, Course]) -> None:
    on_whatsapp = {"account": "school-official", "platform": "whatsapp", "contains": [], "permissions": []}
    answer = consult(positions["creating-tomorrow"], "publish-post", on_whatsapp)
    assert answer["open"]
    assert answer["settled"]
    assert answer["in_short"] == "No"


def test_one_condition_stands_in_the_headline_and_several_in_a_list(positions: dict[str, Course]) -> None:
    one = consult(positions["collaborative"], "use-photo", {**IN_ORDER, "consents": ["parent"]})
    assert (one["in_short"], one["conditions"]) == ("Yes, once the pupil has agreed.", [])
    both = consult(positions["collaborative"], "use-photo", {**IN_ORDER, "consents": []})
    assert both["in_short"] == "Yes, once…"
    assert both["conditions"] == ["A parent or carer has agreed.", "The pupil has agreed."]
    for answer in (one, both):
        assert not any("agreed" in sentence for sentence in answer["explained"]["says"])


def test_a_silent_policy_asks_nothing(positions: dict[str, Course]) -> None:
    answer = consult(positions["creating-tomorrow"], "leave-account", {})
    assert (answer["asks"], answer["open"], answer["settled"]) == ({}, [], True)
    assert answer["in_short"] == "The policy does not say"


def test_a_wrong_fact_is_refused_in_words(library: Library) -> None:
    with pytest.raises(FactError, match="did you mean year_group"):
        consult_by_text(positions_json(library, "cockburn"), "use-photo", json.dumps({"year_grup": 9}))


@given(case=TWO, data=st.data())
def test_a_settled_verdict_stands_whatever_else_is_answered(
    positions: dict[str, Course], case: Any, data: st.DataObject
) -> None:
    decision, one, other, names = case
    trust = data.draw(st.sampled_from(sorted(positions)))
    known = given_facts(one, names)
    answer = consult(positions[trust], decision, known)
    assert set(answer["open"]) == set(answer["asks"]) - set(known)
    if answer["settled"]:
        rest = given_facts(other, {fact.name for fact in DECISIONS[decision].facts} - set(known))
        assert positions[trust].rule(decision, {**known, **rest}).verdict == answer["ruling"]["verdict"]
