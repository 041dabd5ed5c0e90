"""The *May I…?* pages: every decision in plain words, every fact a native control, and a way there from home."""

import json
import re
from dataclasses import replace

import pytest

from handbook.library import Library
from handbook.may_i import ASKED, GROUPS, Asking, MissingWords, asking
from quiz.decisions import DECISIONS
from quiz.decisions.decision import Decision
from quiz.facts import Choice, Choices, Fact, Flag, Number
from tests.handbook.built import Built, Element, Page

FACTS = [
    pytest.param(decision, fact, id=f"{decision.id}: {fact.name}")
    for decision in DECISIONS.values()
    for fact in decision.facts
]


@pytest.mark.parametrize(("decision", "fact"), FACTS)
def test_every_fact_and_every_value_has_words(decision: Decision, fact: Fact) -> None:
    words = asking(decision, ASKED, fact)
    assert words.question.endswith("?")
    if words.groups:
        assert sorted(one for several in words.groups.values() for one in several) == sorted(words.values)


def test_there_are_no_words_for_what_does_not_exist() -> None:
    assert set(ASKED) == set(DECISIONS), "handbook/may_i/decisions.py"
    for decision, asked in ASKED.items():
        assert list(asked.facts) == [fact.name for fact in DECISIONS[decision].facts], decision


def test_every_question_stands_in_one_group_of_the_list() -> None:
    listed = [one for several in GROUPS.values() for one in several]
    assert sorted(listed) == sorted(DECISIONS), "add it to GROUPS in handbook/may_i/decisions.py"


def test_missing_words_are_named_with_the_place_for_them() -> None:
    photo = DECISIONS["use-photo"]
    account = next(fact for fact in photo.facts if fact.name == "account")
    part = {**ASKED["use-photo"].facts, "account": Asking("Where?", {"personal": "Your own"})}
    words = {"use-photo": replace(ASKED["use-photo"], facts=part)}
    with pytest.raises(MissingWords, match=r"use-photo: account has no label for trust-official, .*may_i/decisions.py"):
        asking(photo, words, account)
    with pytest.raises(MissingWords, match=r"use-photo has no words: add them in handbook/may_i/decisions.py"):
        asking(photo, {}, account)
    with pytest.raises(MissingWords, match="the fact account has no question"):
        asking(photo, {"use-photo": replace(ASKED["use-photo"], facts={})}, account)


def controls(page: Page, fact: str) -> list[Element]:
    return [one for one in page.elements if one.tag in ("input", "select") and one.attributes.get("name") == fact]


def chosen(page: Page) -> list[Element]:
    return [one for one in page.elements if {"checked", "selected"} & set(one.attributes)]


@pytest.mark.parametrize("decision", DECISIONS)
def test_the_form_asks_for_every_fact_in_its_order_and_chooses_nothing(handbook: Built, decision: str) -> None:
    page = handbook.page(f"/handbook/may-i/{decision}/")
    assert page.all("h1")[0].text == ASKED[decision].question
    asked = [one.attributes["data-fact"] for one in page.elements if "data-fact" in one.attributes]
    assert asked == [fact.name for fact in DECISIONS[decision].facts]
    assert chosen(page) == []
    for fact in DECISIONS[decision].facts:
        assert values(page, fact.name) == expected(DECISIONS[decision], fact), fact.name


def values(page: Page, fact: str) -> set[str]:
    """Return what can be chosen for a fact; of a number that is typed, its bounds."""
    first, *_ = found = controls(page, fact)
    if first.tag == "select":
        return {one.attributes["value"] for one in page.inside(first, "option")} - {""}
    if first.attributes["type"] == "number":
        return {first.attributes["min"], first.attributes["max"]}
    return {one.attributes["value"] for one in found}


def expected(decision: Decision, fact: Fact) -> set[str]:
    match fact:
        case Flag():
            return {"true", "false"}
        case Choice():
            return set(fact.values)
        case Choices():
            return {*fact.values, *([""] if fact.default else [])}
        case Number():
            labelled = asking(decision, ASKED, fact).values
            return (
                {str(one) for one in range(fact.least, fact.most + 1)}
                if labelled
                else {str(fact.least), str(fact.most)}
            )


@pytest.mark.parametrize("decision", DECISIONS)
def test_every_control_has_a_label(handbook: Built, decision: str) -> None:
    page = handbook.page(f"/handbook/may-i/{decision}/")
    labelled = {one.attributes["for"] for one in page.all("label") if "for" in one.attributes}
    for one in page.all("input") + page.all("select"):
        within = {outer.tag for outer in one.within}
        assert one.attributes.get("id") in labelled or "label" in within, one.attributes
        assert one.attributes.get("type") not in ("radio", "checkbox") or "fieldset" in within


def test_the_list_leads_to_every_question(handbook: Built) -> None:
    page = handbook.page("/handbook/may-i/")
    links = {one.attributes["href"]: one.text for one in page.all("a")}
    for decision, asked in ASKED.items():
        assert links[f"/handbook/may-i/{decision}/"] == asked.question


def test_the_home_page_and_the_header_lead_there(handbook: Built) -> None:
    page = handbook.page("/")
    questions = [one.attributes["href"] for one in page.inside(page.all("ul", "ask-list")[0], "a")]
    assert questions[0] == "/handbook/may-i/use-photo/"
    assert len(questions) == 4
    nav = [one.attributes["href"] for one in page.inside(page.all("nav")[0], "a")]
    assert "/handbook/may-i/" in nav


def test_the_trusts_lie_in_a_file_of_their_own(handbook: Built, library: Library) -> None:
    listed = json.loads((handbook.site / "handbook" / "may-i" / "trusts.json").read_text(encoding="utf-8"))
    assert [one["id"] for one in listed] == list(library.trusts)
    page = handbook.page("/handbook/may-i/use-photo/")
    assert all(trust.name not in page.text for trust in library.trusts.values())


def test_the_page_names_every_module_it_will_load(handbook: Built) -> None:
    assets = handbook.site / "assets"
    wanted, found = [assets / "may-i.mjs"], set()
    while wanted:
        module = wanted.pop()
        for name in re.findall(r'^import .*from "(.+)";$', module.read_text(encoding="utf-8"), re.MULTILINE):
            path = (module.parent / name).resolve()
            if path not in found:
                found.add(path)
                wanted.append(path)
    page = handbook.page("/handbook/may-i/use-photo/")
    named = {one.attributes["href"] for one in page.all("link") if one.attributes.get("rel") == "modulepreload"}
    assert named == {f"/assets/{one.relative_to(assets.resolve()).as_posix()}" for one in found}


def test_without_scripts_there_is_a_way_on(handbook: Built) -> None:
    page = handbook.page("/handbook/may-i/use-photo/")
    links = [one.attributes["href"] for one in page.inside(page.all("noscript")[0], "a")]
    assert links == ["/handbook/topics/", "/handbook/search/"]
