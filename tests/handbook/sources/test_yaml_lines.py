"""YAML as its author typed it: nothing becomes a number, a date or a false, and every value has its line."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handbook.problems import Report
from handbook.sources import yaml_lines as module
from handbook.sources.yaml_lines import Block, Node, Rows, Scalar, parse
from tests.handbook.built import ROOT


def read(text: str, first_line: int = 1) -> tuple[Node | None, list[tuple[int, str]]]:
    report = Report(Path("a.yml"))
    return parse(text, report, first_line), [(one.line, one.message) for one in report.problems]


@pytest.mark.parametrize("typed", ["6.2", "4.10", "2021-09-01", "no", "off", "0x10", "1_000", "1:30", "3.1/staff"])
def test_a_value_stays_as_it_was_typed(typed: str) -> None:
    node, problems = read(f"cites: [{typed}]")
    assert problems == []
    assert isinstance(node, Block)
    cites = node.get("cites")
    assert isinstance(cites, Rows)
    assert cites.items == (Scalar(typed, plain=True, line=1),)


def test_every_value_and_name_has_its_line_in_the_file() -> None:
    node, _ = read("a: 1\n\n# remark\nb:\n  - x\n  - y\n", first_line=5)
    assert isinstance(node, Block)
    b = node.get("b")
    assert isinstance(b, Rows)
    assert (node.lines["a"], node.lines["b"], b.items[1].line) == (5, 8, 10)


@pytest.mark.parametrize("empty", ["", "~", "null", '""'])
def test_a_value_can_be_left_empty(empty: str) -> None:
    node, _ = read(f"parent: {empty}")
    assert isinstance(node, Block)
    assert node.given("parent") is None


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, '"a" is given twice (first in line 1)'),
        ("a: 1\nb: x: y\n", 2, 'a text that has ": " in it goes in quotation marks'),
        ("a:\n\t- 1\n", 2, "no tabs"),
        ("a: [1, 2\nb: 3\n", 2, "close every bracket"),
        ('a: "one\nb: 2\n', 3, "close the quotation mark"),
        ("a: 1\n  b: 2\n", 2, "this is not YAML"),
        ("a: 1\nb: *x\n", 2, "a value that begins with * needs quotation marks"),
        ("a: 1\nb: !x y\n", 2, "a value that begins with !x needs quotation marks"),
        ("a: &x [*x]\n", 1, "a value that begins with * needs quotation marks"),
        ("a: 1\nb: \x07\n", 2, "a character that YAML does not allow: U+0007"),
        ('a: 1\nb: "\\ud800"\n', 2, "half a character"),
        ('a: "\\UFFFFFFFF"\n', 1, "this is not YAML"),
        ("? [a]\n: b\n", 1, "a name has to be one word"),
        ("a: 1\n---\nb: 2\n", 2, "this is not YAML"),
        ("[" * 5000, 1, "lists stand in lists without end"),
    ],
)
def test_what_is_not_usable_is_reported_in_its_line(text: str, line: int, message: str) -> None:
    _, problems = read(text)
    assert [(found, message in said) for found, said in problems] == [(line, True)], problems


@given(st.text(alphabet=st.sampled_from("ab:-[]{}\"'#&*!|>%@,?\n \t0\u2028\\\ufeff\x85")))
def test_no_text_whatsoever_breaks_the_reader(text: str) -> None:
    read(text)


SOURCES = sorted(ROOT.glob("policy_src/**/*.yml"))


@given(
    st.sampled_from(SOURCES), st.integers(0, 1500), st.sampled_from(["", "\t", ":", '"', "'", "-", "[", "}", "? ", "#"])
)
@settings(max_examples=60)
def test_the_quick_reader_and_the_thorough_one_read_the_same(source: Path, place: int, slip: str) -> None:
    text = source.read_text("utf-8")[:1500]
    slipped = text[:place] + slip + text[place + 1 :]
    quick, thorough = Report(Path("x.yml")), Report(Path("x.yml"))
    read = parse(slipped, quick)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_QUICK", None)
        assert read == parse(slipped, thorough)
    assert quick.problems == thorough.problems
