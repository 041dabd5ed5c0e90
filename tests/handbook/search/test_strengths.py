"""Strengths: a clause speaks of what stands in its title, its provisions, its topic, in this order."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from handbook.library import Library
from handbook.search.strengths import PLACES, Strengths
from handbook.search.words import stem


@pytest.fixture(scope="module")
def strengths(library: Library) -> dict[str, Mapping[str, str]]:
    every = Strengths(library.vocabulary)
    return {one.id: every.of(trust, one) for trust in library.trusts.values() for one in trust.clauses}


def test_a_word_of_the_title_speaks_louder_than_one_of_the_topic(strengths: dict[str, Mapping[str, str]]) -> None:
    pictures = strengths["lydiate/3.8/1"]  # "Photos and videos need consent", in a topic with the word "selfie"
    alone = strengths["lydiate/3.8/4"]  # the topic's words, but "film" is not in its title
    assert int(pictures["video"][0]) > int(alone["video"][0]) > 0


def test_a_strength_names_the_provision_that_has_the_word(
    strengths: dict[str, Mapping[str, str]], library: Library
) -> None:
    contact = strengths["creating-tomorrow/5.1"]
    (clause,) = [one for one in library.trusts["creating-tomorrow"].clauses if one.ref == "5.1"]
    speaking = {clause.provisions[PLACES.index(place)].ref for place in contact["tag"][1::2]}
    assert "5.1/4" in speaking
    assert "5.1/3" not in speaking


def test_a_clause_is_filtered_by_every_topic_and_duty_of_its_provisions(
    strengths: dict[str, Mapping[str, str]], library: Library
) -> None:
    for trust in library.trusts.values():
        for clause in trust.clauses:
            terms = strengths[clause.id].keys()
            topics = {clause.topic, *(one.topic for one in clause.provisions)}
            assert {one for one in terms if one.startswith("topic:")} == {f"topic:{one}" for one in topics}
            duties = {f"duty:{one.duty}" for one in clause.provisions}
            assert {one for one in terms if one.startswith("duty:")} == duties
            assert {f"ref:{one.ref.lower()}" for one in clause.provisions} <= terms


def test_a_provision_is_found_by_the_questions_it_answers_but_by_no_small_word_of_them(library: Library) -> None:
    asked = replace(library.vocabulary, asked={"press": ("there is a zeppelin at the gate",)})
    trust = replace(library.trusts["lydiate"], asked={"3.4/4b": ("press",)})
    (clause,) = [one for one in trust.clauses if one.ref == "3.4/4"]
    with_it = Strengths(asked).of(trust, clause)
    without = Strengths(asked).of(replace(trust, asked={}), clause)
    place = [one.ref for one in clause.provisions].index("3.4/4b")
    assert with_it["zeppelin"][1] == PLACES[place]
    assert with_it.keys() - without.keys() == {"zeppelin", stem("gate")}
