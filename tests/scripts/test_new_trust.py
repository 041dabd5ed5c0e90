"""A trust begins with templates: they say what belongs where, the check lists it, and nothing is ever overwritten."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from quiz.decisions import DECISIONS
from scripts.clearpost import app
from scripts.new_trust import id_of

ROOT = Path(__file__).resolve().parents[2]
FILLED = {
    "trust.yml": {
        "FILL-IN a short name for tables and buttons, such as Oak": "Elm",
        "FILL-IN the title on the cover page": "Social Media Policy",
    },
    "policy.md": {
        "FILL-IN the title of the policy": "Social Media Policy",
        "FILL-IN a sentence with the title: This is the Oak Trust Social Media Policy.": "This is our policy.",
        "FILL-IN the title of the first section": "Before you post",
        "FILL-IN a few words that say what the clause is about": "Ask first",
        "FILL-IN one rule, in a plain sentence of your own.": "Ask the headteacher first.",
    },
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "policy_src").mkdir()
    shutil.copy(ROOT / "policy_src" / "vocabulary.yml", tmp_path / "policy_src" / "vocabulary.yml")
    return tmp_path


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(one) for one in arguments])
    return result.exit_code, result.output


def fill_in(folder: Path) -> None:
    for name, places in FILLED.items():
        text = (folder / name).read_text(encoding="utf-8")
        for there, instead in places.items():
            assert text.count(there) == 1, there
            text = text.replace(there, instead)
        (folder / name).write_text(text, encoding="utf-8")


def test_the_check_lists_every_place_to_fill_in_and_nothing_else(root: Path) -> None:
    assert run("new-trust", 'Elm "Green" Trust', "--id", "elm", "--root", root)[0] == 0
    status, said = run("check", "--root", root)
    lines = said.splitlines()
    assert status == 1
    assert all("still to fill in: " in line for line in lines[:-1])
    for name, places in FILLED.items():
        text = (root / "policy_src" / "elm" / name).read_text(encoding="utf-8").splitlines()
        for place in places:
            number = next(number for number, line in enumerate(text, start=1) if place in line)
            assert any(line.startswith(f"policy_src/elm/{name}:{number}: still") for line in lines), place


def test_filled_in_it_is_a_trust_that_has_answered_nothing_yet(root: Path) -> None:
    run("new-trust", "Elm Trust", "--root", root)
    fill_in(root / "policy_src" / "elm-trust")
    status, said = run("check", "--root", root)
    assert status == 0, said
    assert f"0 of {len(DECISIONS)} decisions answered (none of them); until all are, Elm has no training" in said
    status, said = run("decide", "use-photo", "--trust", "elm-trust", "--root", root)
    assert status == 1
    assert "elm-trust has not answered use-photo yet" in said


def test_positions_can_begin_with_every_question_open(root: Path) -> None:
    run("new-trust", "Elm Trust", "--positions", "--root", root)
    fill_in(root / "policy_src" / "elm-trust")
    assert run("check", "--root", root)[0] == 0
    text = (root / "policy_src" / "elm-trust" / "positions.yml").read_text(encoding="utf-8")
    for decision in DECISIONS:
        assert f"\n{decision}: not-yet-answered\n" in text


def test_nothing_is_overwritten(root: Path) -> None:
    folder = root / "policy_src" / "elm-trust"
    folder.mkdir()
    (folder / "policy.md").write_text("mine", encoding="utf-8")
    status, said = run("new-trust", "Elm Trust", "--root", root)
    assert status == 2
    assert "policy_src/elm-trust is there already (policy.md); nothing was overwritten" in said
    assert [one.read_text(encoding="utf-8") for one in folder.iterdir()] == ["mine"]


@pytest.mark.parametrize(
    ("name", "folder", "says"),
    [
        ("Elm Trust", "search", "/handbook/search/ is another page"),
        ("Elm Trust", "../elm", "small letters, digits and hyphens"),
        ("学校", None, "the name gives no folder; choose one with --id"),
        (" ", "elm", "a trust needs a name"),
    ],
)
def test_a_name_that_cannot_be_used_is_refused(root: Path, name: str, folder: str | None, says: str) -> None:
    status, said = run("new-trust", name, *(["--id", folder] if folder else []), "--root", root)
    assert status == 2
    assert says in said
    assert [one.name for one in (root / "policy_src").iterdir()] == ["vocabulary.yml"]


def test_a_name_becomes_an_address() -> None:
    assert id_of("St Mary's École & Académie") == "st-marys-ecole-academie"
