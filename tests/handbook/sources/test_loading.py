"""Loading: all of the sources or none, and all that is wrong with them at once."""

from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handbook.library import Library
from handbook.problems import SourceErrors
from handbook.sources import load
from tests.handbook.sources.tree import POLICY, POSITIONS, REAL, Tree, plant


def test_the_five_real_trusts_are_in_order(library: Library) -> None:
    assert list(library.trusts) == ["cockburn", "collaborative", "creating-tomorrow", "lydiate", "wren-spinney"]
    assert library.scenarios
    assert {len(trust.provisions) for trust in library.trusts.values()} == {66, 83, 158, 172, 155}


def test_every_real_provision_can_stand_alone_and_is_where_it_says(library: Library) -> None:
    for trust in library.trusts.values():
        lines = (REAL / trust.folder / "policy.md").read_text(encoding="utf-8").splitlines()
        for clause in trust.clauses:
            for one in clause.provisions:
                assert one.text.strip()
                line = lines[one.line - 1]
                assert (
                    line.startswith(f"### {one.ref} ")
                    if one.ref == clause.ref
                    else one.text[:8] in line.replace("*", "")
                )


def test_the_library_knows_the_day_it_was_built(tree: Tree) -> None:
    assert tree.load().built_on == date(2026, 11, 21)


def test_all_that_is_wrong_is_listed_at_once_by_file_and_line(tree: Tree) -> None:
    tree.edit("policy_src/oak/policy.md", "topic=account-approval", "topic=accounts")
    tree.edit("policy_src/oak/policy.md", 'ref="photos/2" topic', "ref=photos/2 topic")
    tree.edit("policy_src/oak/trust.yml", "pass_mark: 80", "pass_mark: high")
    tree.edit("policy_src/oak/positions.yml", "cites: [photos/3]", "cites: [photos/33]")
    tree.edit("quiz/scenarios/sports-day.md", "critical: false", "critical: maybe")
    places = [one.partition(": ")[0] for one in tree.problems()]
    assert places == [
        "policy_src/oak/policy.md:18",
        "policy_src/oak/policy.md:28",
        "policy_src/oak/positions.yml:5",
        "policy_src/oak/positions.yml:7",
        "policy_src/oak/trust.yml:14",
        "quiz/scenarios/sports-day.md:4",
    ]


@pytest.mark.parametrize("file", ["policy.md", "trust.yml"])
def test_a_missing_file_is_named_and_nothing_else_is_blamed_on_it(tree: Tree, file: str) -> None:
    (tree.root / "policy_src/oak" / file).unlink()
    found = tree.problems()
    assert len(found) == 1
    assert found[0].startswith(f"policy_src/oak/{file}:1: this file is missing")


def test_a_trust_without_positions_is_whole_and_has_answered_nothing(tree: Tree) -> None:
    (tree.root / "policy_src/oak/positions.yml").unlink()
    oak = tree.load().trusts["oak"]
    assert oak.clauses
    assert oak.positions == {}
    assert oak.advice is None


def test_a_decision_may_wait_for_its_answer_but_has_to_say_so(tree: Tree) -> None:
    tree.edit("policy_src/oak/positions.yml", "connect-with: {silent: The policy says nothing.}", "connect-with: later")
    assert tree.problems() == [
        "policy_src/oak/positions.yml:8: connect-with: names with values are needed here (name: value)"
    ]
    tree.edit("policy_src/oak/positions.yml", "connect-with: later", "connect-with: not-yet-answered")
    oak = tree.load().trusts["oak"]
    assert "connect-with" not in oak.positions
    assert "use-photo" in oak.positions


def test_a_file_with_nearly_the_right_name_is_pointed_out(tree: Tree) -> None:
    (tree.root / "policy_src/oak/positions.yml").rename(tree.root / "policy_src/oak/position.yml")
    assert tree.problems() == ["policy_src/oak/positions.yml:1: this file is missing (is it position.yml?)"]


@pytest.mark.parametrize(
    "file",
    [
        "policy_src/oak/policy.md",
        "policy_src/oak/trust.yml",
        "policy_src/oak/positions.yml",
        "policy_src/vocabulary.yml",
        "quiz/scenarios/sports-day.md",
    ],
)
@pytest.mark.parametrize("empty", ["", "\n\n", "# only a remark\n"])
def test_an_empty_file_is_reported(tree: Tree, file: str, empty: str) -> None:
    tree.write(file, empty)
    found = tree.problems()
    assert found
    assert all(one.startswith(f"{file}:1: ") for one in found)


@pytest.mark.parametrize(
    "file", ["policy_src/oak/policy.md", "policy_src/oak/trust.yml", "quiz/scenarios/sports-day.md"]
)
def test_a_file_in_another_encoding_is_reported_in_its_line(tree: Tree, file: str) -> None:
    tree.write(file, (tree.root / file).read_bytes().replace(b"\n", b"\n# \xe9\n", 1))
    assert tree.problems() == [f"{file}:2: this is not UTF-8; save the file with the encoding UTF-8"]


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tree: Tree) -> None:
    for path in tree.root.rglob("*.*"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert tree.problems() == []


def test_a_folder_in_the_place_of_a_file_is_reported(tree: Tree) -> None:
    (tree.root / "policy_src/oak/trust.yml").unlink()
    (tree.root / "policy_src/oak/trust.yml").mkdir()
    (found,) = tree.problems()
    assert found.startswith("policy_src/oak/trust.yml:1: this file cannot be read")


def test_other_files_beside_the_sources_are_left_alone(tree: Tree) -> None:
    tree.write("policy_src/README.md", "About")
    tree.write("policy_src/oak/policy.pdf", b"\xff\xfe")
    tree.write("policy_src/.drafts/policy.md", "")
    tree.write("quiz/scenarios/README.md", "About")
    assert tree.problems() == []


def test_without_any_trust_there_is_nothing_to_build(tmp_path: Path) -> None:
    (tmp_path / "policy_src").mkdir()
    (tmp_path / "policy_src/vocabulary.yml").write_bytes((REAL / "policy_src/vocabulary.yml").read_bytes())
    (found,) = Tree(tmp_path).problems()
    assert found.startswith("policy_src:1: there is no trust")


def test_an_empty_place_is_an_error_like_any_other(tmp_path: Path) -> None:
    assert Tree(tmp_path / "nowhere").problems() == ["policy_src/vocabulary.yml:1: this file is missing"]


TEXTS = st.one_of(st.text(), st.binary().map(lambda some: some.decode("latin-1")), st.just(""))


@settings(deadline=None, max_examples=60)
@given(policy=st.one_of(TEXTS, TEXTS.map(POLICY.__add__)), positions=st.one_of(TEXTS, TEXTS.map(POSITIONS.__add__)))
def test_no_text_whatsoever_raises_anything_but_source_errors(policy: str, positions: str) -> None:
    with TemporaryDirectory() as folder:
        tree = plant(Path(folder))
        tree.write("policy_src/oak/policy.md", policy)
        tree.write("policy_src/oak/positions.yml", positions)
        with suppress(SourceErrors):
            load(tree.root, date(2026, 11, 21))
