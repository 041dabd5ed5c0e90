"""Scenarios: in the shape of course data, with every placeholder filled and exactly one right option."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.sources.scenarios import parse_scenario, unfolded
from quiz.questions import variants
from tests.handbook.sources.test_vocabulary import VOCABULARY
from tests.handbook.sources.tree import SCENARIO, Case, Tree, broken

FILE = "quiz/scenarios/sports-day.md"


def test_a_scenario_is_what_course_data_holds(tree: Tree) -> None:
    assert tree.load().scenarios["sports-day"] == {
        "decision": "use-photo",
        "topics": ["images-consent"],
        "critical": False,
        "facts": {
            "equipment": "organisation",
            "account": "school-official",
            "on_do_not_publish_list": False,
            "objected": False,
        },
        "vary": {
            "who": [
                {"says": "a pupil in Year 3", "facts": {"year_group": 3}},
                {"says": "a pupil in Year 9", "facts": {"year_group": 9}},
            ]
        },
        "story": "Sports day is over.\n\nYou have a picture of {who}.",
        "question": "Do you post the picture of {who}?",
        "options": [
            {"text": "Once a parent agrees.", "claims": {"verdict": ["allowed-if"], "unmet": ["parent-consent"]}},
            {
                "text": "Once both agree.",
                "claims": {"verdict": ["allowed-if"], "unmet": ["parent-consent", "pupil-consent"]},
            },
        ],
    }


def test_its_variants_can_be_asked(tree: Tree) -> None:
    scenario = tree.load().scenarios["sports-day"]
    assert [one.asks for one in variants("sports-day", scenario)] == [
        "Do you post the picture of a pupil in Year 3?",
        "Do you post the picture of a pupil in Year 9?",
    ]


def test_facts_of_a_set_are_a_list_and_doubled_braces_are_braces(tree: Tree) -> None:
    tree.edit(FILE, "facts: {equipment", "facts: {consents: [], equipment")
    tree.edit(FILE, "Sports day is over.", "Sports day {{2027}} is over.")
    library = tree.load()
    assert library.scenarios["sports-day"]["facts"]["consents"] == []
    assert next(variants("s", library.scenarios["sports-day"])).story.startswith("Sports day {2027} is over.")


@pytest.mark.parametrize("case", broken("scenarios"))
def test_what_is_wrong_in_a_scenario_is_reported_in_its_line(tree: Tree, case: Case) -> None:
    assert case.answer(tree, FILE) == case.problems


def test_a_question_with_two_right_options_is_refused(tree: Tree) -> None:
    both = "verdict: [allowed, allowed-if], unmet: [pupil-consent, parent-consent]}}"
    tree.edit(FILE, "verdict: allowed-if, unmet: [parent-consent]}}", both)
    found = tree.problems()
    assert [one.partition(": ")[0] for one in found] == [f"{FILE}:11"] * 2
    assert "no option is right for oak in variant sports-day/0" in found[0]
    assert "options 1 and 2 are all right for oak in variant sports-day/1" in found[1]


def test_two_options_that_claim_the_same_are_refused(tree: Tree) -> None:
    tree.edit(FILE, "unmet: [parent-consent]}}", "unmet: [pupil-consent, parent-consent]}}")
    assert tree.problems() == [f"{FILE}:13: options: two of them claim the same; nobody could tell which is right"]


def test_two_options_that_say_the_same_are_refused(tree: Tree) -> None:
    tree.edit(FILE, "Once both agree.", "once a parent agrees.")
    assert tree.problems() == [f"{FILE}:13: options: two of them say the same; nobody could tell which is right"]


def test_an_option_for_a_silent_policy_names_somebody_to_ask(tree: Tree) -> None:
    tree.edit(
        FILE,
        '"Once both agree.", claims: {',
        '"As I think best.", claims: {verdict: not-covered}}\n  - {text: "No.", claims: {',
    )
    (found,) = tree.problems()
    assert found.startswith(
        f"{FILE}:13: option: where the policy does not say, the lesson is whom to ask; name somebody"
    )
    tree.edit(FILE, "As I think best.", "As a leader I ask thinks best.")
    assert tree.problems() == []


def test_a_scenario_that_is_hard_to_read_is_refused(tree: Tree) -> None:
    tree.edit(FILE, "Sports day is over.", "Extraordinary organisational responsibilities notwithstanding, " * 4)
    (found,) = tree.problems()
    assert found.startswith(f"{FILE}:11: variant sports-day/0 has a reading grade of ")
    assert found.endswith(", more than 8: use shorter sentences and words")


def test_a_question_about_which_the_policy_is_silent_is_not_asked(tree: Tree) -> None:
    text = (tree.root / "policy_src/oak/positions.yml").read_text(encoding="utf-8")
    start, end = text.index("use-photo:"), text.index("connect-with:")
    tree.write("policy_src/oak/positions.yml", text[:start] + "use-photo: {silent: why}\n" + text[end:])
    assert tree.problems() == []


def test_a_scenario_has_a_name_that_can_be_an_address(tree: Tree) -> None:
    tree.write("quiz/scenarios/Sports Day.md", SCENARIO)
    assert tree.problems() == [
        "quiz/scenarios/Sports Day.md:1: a scenario's file has a name of small letters, digits and hyphens"
    ]


PIECES = st.sampled_from(
    ["---\n", "{who}", "{", "}", "vary:\n", "  who:\n", "    - ", "{says: x}", "options:\n", "facts: ", ": "]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=4))).map("".join))
def test_no_text_whatsoever_breaks_the_reading_of_a_scenario(text: str) -> None:
    parse_scenario(text, Path(FILE), VOCABULARY)
    parse_scenario(f"---\n{text}\n---\n{text}", Path(FILE), VOCABULARY)
    parse_scenario(SCENARIO + text, Path(FILE), VOCABULARY)


def test_a_story_is_told_without_the_line_breaks_of_its_file() -> None:
    assert unfolded("A line\nand another.\n\nA second\n  paragraph.\n") == "A line and another.\n\nA second paragraph."
