"""trust.yml: what a trust says about itself, every value with the place it rests on."""

import pytest

from handbook.library import Cited, NamedRole, Training
from handbook.sources.trusts import contrast_on_white, folder_problem
from tests.handbook.sources.tree import Case, Tree, broken

FILE = "policy_src/oak/trust.yml"


def test_a_trust_is_what_its_files_say(tree: Tree) -> None:
    oak = tree.load().trusts["oak"]
    assert (oak.name, oak.short_name, oak.kind, oak.parent) == ("Oak Multi-Academy Trust", "Oak", "trust", None)
    assert oak.motto == Cited("Grow: slowly", ("control/title",))
    assert oak.document["review_due"] == Cited("2028-03", ("control/review",))
    assert oak.roles == (NamedRole("headteacher", "Head", "Agrees to accounts.", ("4.1",)),)
    assert oak.training == Training(1, 80, 12, 10, ("staff",), ("photos", "4.1"), ("images-consent",))
    assert oak.folder.as_posix() == "policy_src/oak"


def test_a_trust_need_not_name_a_critical_topic(tree: Tree) -> None:
    tree.edit(FILE, "critical_topics: [images-consent]", "critical_topics: []")
    assert tree.load().trusts["oak"].training.critical_topics == ()


@pytest.mark.parametrize("date", ["2024", "2024-02", "2024-02-29"])
def test_a_date_is_as_precise_as_the_document(tree: Tree, date: str) -> None:
    tree.edit(FILE, "2028-03", date)
    assert tree.load().trusts["oak"].document["review_due"].value == date


def test_a_parent_is_another_trust_of_the_handbook(tree: Tree) -> None:
    for file in ("policy.md", "trust.yml", "positions.yml"):
        tree.write(f"policy_src/ash/{file}", (tree.root / "policy_src/oak" / file).read_bytes())
    tree.edit("policy_src/ash/policy.md", "trust: oak", "trust: ash")
    tree.edit("policy_src/ash/trust.yml", "parent:", "parent: oak")
    assert tree.load().trusts["ash"].parent == "oak"


@pytest.mark.parametrize("case", broken("trusts"))
def test_what_is_wrong_in_a_trust_file_is_reported_in_its_line(tree: Tree, case: Case) -> None:
    assert case.answer(tree, FILE) == case.problems


@pytest.mark.parametrize("name", ["topics", "search", "elsewhere", "Oak", "oak trust", "oak_trust", "-oak", "chêne"])
def test_a_folder_whose_name_cannot_be_an_address_is_refused(tree: Tree, name: str) -> None:
    assert folder_problem(name)
    (tree.root / "policy_src/oak").rename(tree.root / "policy_src" / name)
    assert tree.problems() == [f"policy_src/{name}:1: {folder_problem(name)}"]


@pytest.mark.parametrize("name", ["oak", "creating-tomorrow", "st-2"])
def test_a_folder_has_a_name_of_small_letters_digits_and_hyphens(name: str) -> None:
    assert folder_problem(name) is None


@pytest.mark.parametrize(("colour", "contrast"), [("#000000", 21.0), ("#ffffff", 1.0), ("#767676", 4.54)])
def test_contrast_is_measured_as_wcag_has_it(colour: str, contrast: float) -> None:
    assert contrast_on_white(colour) == pytest.approx(contrast, abs=0.01)
