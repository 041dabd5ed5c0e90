"""Which provisions answer what people ask is data of each trust, and every error in it says where it is."""

from dataclasses import replace
from pathlib import Path

import pytest

from handbook.library import Library
from handbook.sources.asked import parse_asked
from handbook.sources.citations import Places
from tests.handbook.sources.tree import plant

FILE = Path("policy_src/lydiate/asked.yml")
GOOD = """\
# Ours.
press: [3.4/4a, 3.4/4b]
disclaimer: [scope/5b, 3.4/4a]
"""


def problems(text: str, library: Library) -> list[str]:
    return [str(one) for one in parse(text, library)[1]]


def parse(text: str, library: Library) -> tuple[object, tuple[object, ...]]:
    return parse_asked(text, FILE, library.vocabulary, Places(library.trusts["lydiate"].clauses))


def test_a_provision_answers_every_question_it_stands_under(library: Library) -> None:
    asked, found = parse(GOOD, library)
    assert not found
    assert asked == {"3.4/4a": ("press", "disclaimer"), "3.4/4b": ("press",), "scope/5b": ("disclaimer",)}


@pytest.mark.parametrize(
    ("wrong", "right", "says"),
    [
        ("press:", "pres:", '2: "pres" is not under "asked" in vocabulary.yml (did you mean press?)'),
        ("3.4/4b", "3.4/4x", '2: press: "3.4/4x" is not in policy.md'),
        ("[3.4/4a, 3.4/4b]", "[3.4/4]", '2: press: "3.4/4" is a clause; cite what stands in it: 3.4/4a, 3.4/4b'),
        ("[3.4/4a, 3.4/4b]", "[]", "2: press: this cites nothing"),
        ("[3.4/4a, 3.4/4b]", "3.4/4a", "2: press: a list is needed here"),
        ("[3.4/4a, 3.4/4b]", "[3.4/4a, 3.4/4a]", '2: press: "3.4/4a" is given twice'),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line(wrong: str, right: str, says: str, library: Library) -> None:
    found = problems(GOOD.replace(wrong, right), library)
    assert len(found) == 1
    assert found[0].startswith(f"policy_src/lydiate/asked.yml:{says}")


def test_an_empty_file_is_an_error(library: Library) -> None:
    assert problems("", library) == [
        "policy_src/lydiate/asked.yml:1: the file is empty; take it away, or name a question in it"
    ]


def test_a_trust_need_not_say_what_it_answers_but_what_it_says_is_read(tmp_path: Path) -> None:
    tree = plant(tmp_path)
    oak = tree.load().trusts["oak"]
    assert oak.asked == {}
    ref = next(iter(oak.provisions))
    tree.write("policy_src/oak/asked.yml", f'press: ["{ref}"]\n')
    assert tree.load().trusts["oak"] == replace(oak, asked={ref: ("press",)})
    tree.write("policy_src/oak/asked.yml", "press: [nowhere]\n")
    assert [one.split(" is ")[0] for one in tree.problems()] == ['policy_src/oak/asked.yml:1: press: "nowhere"']


def test_some_policy_answers_every_question(library: Library) -> None:
    answered = {one for trust in library.trusts.values() for asked in trust.asked.values() for one in asked}
    assert answered == set(library.vocabulary.asked)
