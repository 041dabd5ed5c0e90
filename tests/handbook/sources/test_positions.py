"""positions.yml: checked against what each decision declares, and ready for the quiz."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.library import Library
from handbook.sources.citations import Places
from handbook.sources.positions import parse_positions
from quiz.decisions import DECISIONS
from quiz.positions import read_position
from tests.handbook.sources.test_vocabulary import VOCABULARY
from tests.handbook.sources.tree import POSITIONS, Case, Tree, broken

FILE = "policy_src/oak/positions.yml"


def test_positions_are_plain_data_with_refs_as_text(tree: Tree) -> None:
    oak = tree.load().trusts["oak"]
    assert oak.positions["use-photo"] == {
        "consent": [
            {"year_group_to": 6, "needs": "parent", "ask_with": "photos/1", "cites": ["photos/1"]},
            {
                "year_group_from": 7,
                "needs": ["pupil", "parent"],
                "cites": ["photos/2", "photos/1"],
                "note": "A should: a must.",
            },
        ],
        "never": [{"account": ["personal", "classroom"], "named_with_photo": True, "cites": ["photos/3"]}],
    }
    assert oak.positions["connect-with"] == {"silent": "The policy says nothing."}
    assert json.loads(json.dumps(oak.positions)) == oak.positions


def test_advice_is_a_role_and_a_provision(tree: Tree) -> None:
    assert tree.load().trusts["oak"].advice == ("headteacher", "oak/4.1")


@pytest.mark.parametrize("none", ["advice:\n", ""])
def test_a_policy_may_name_nobody_for_advice(tree: Tree, none: str) -> None:
    tree.edit(FILE, "advice: {to: headteacher, cites: [4.1]}\n", none)
    assert tree.load().trusts["oak"].advice is None


def test_the_quiz_takes_every_position_of_every_real_trust(library: Library) -> None:
    for trust in library.trusts.values():
        duties = {one.id: one.duty for one in trust.provisions.values()}
        assert set(trust.positions) == set(DECISIONS)
        for name, decision in DECISIONS.items():
            position = read_position(trust.id, trust.positions[name], decision.tables, duties)
            assert decision.decide(position, {}, trust.advice).trust == trust.id


@pytest.mark.parametrize("case", broken("positions"))
def test_what_is_wrong_in_a_position_is_reported_in_its_line(tree: Tree, case: Case) -> None:
    assert case.answer(tree, FILE) == case.problems


def test_refs_that_look_like_numbers_stay_as_they_are(tree: Tree) -> None:
    tree.edit("policy_src/oak/policy.md", "### 4.1 Ask", "### 4.10 Ask")
    for file in ("trust.yml", "positions.yml"):
        path = tree.root / "policy_src/oak" / file
        path.write_text(path.read_text(encoding="utf-8").replace("4.1]", "4.10]"), encoding="utf-8")
    assert tree.load().trusts["oak"].advice == ("headteacher", "oak/4.10")


ALPHABET = st.sampled_from("ab:-[]{}\"'#&*!|>%@,?\n 0.")
WORDS = st.sampled_from(
    ["use-photo:", "  consent:\n", "    - ", "{silent: x}", "cites: ", "needs: ", "year_group_to: ", "advice: "]
)


@given(st.lists(st.one_of(st.text(ALPHABET, max_size=6), WORDS)).map("".join))
def test_no_text_whatsoever_breaks_the_reading_of_positions(text: str) -> None:
    parse_positions(text, Path(FILE), VOCABULARY, Places(()))
    parse_positions(POSITIONS + text, Path(FILE), VOCABULARY, Places(None))
