"""From a file to a draft in its place: in form, with a report of every line, and never over somebody's own words."""

import csv
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from scripts.clearpost import app

ROOT = Path(__file__).resolve().parents[2]
TEXT = """\
Elm Trust Social Media Policy

Approved: May 2026

1. Accounts

1.1. You must ask the headteacher before you open an account.

Elm Trust: Policy of 2026 page 1 of 2

1.2. Nobody shares a login:
- not with pupils,
- =SUM(1+1) not with anybody.
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "policy_src").mkdir()
    shutil.copy(ROOT / "policy_src" / "vocabulary.yml", tmp_path / "policy_src" / "vocabulary.yml")
    (tmp_path / "elm.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(one) for one in arguments])
    return result.exit_code, result.output


def test_a_draft_takes_the_place_of_the_template_and_passes_the_check(root: Path) -> None:
    folder = root / "policy_src" / "elm"
    run("new-trust", "Elm Trust", "--id", "elm", "--root", root)
    status, said = run("import", root / "elm.txt", "--trust", "elm", "--root", root)
    assert status == 0, said
    assert "8 lines: 7 kept, 1 dropped" in said
    assert "dropped as running line: 1" in said
    assert "  Elm Trust: Policy of 2026 page 1 of 2" in said
    text = (folder / "trust.yml").read_text(encoding="utf-8")
    text = text.replace("FILL-IN a short name for tables and buttons, such as Oak", "Elm")
    (folder / "trust.yml").write_text(text.replace("FILL-IN the title on the cover page", "Policy"), encoding="utf-8")
    status, said = run("check", "--root", root)
    assert status == 0, said
    assert "policy_src/elm/policy.md" in said
    assert "guesses in all; list them with clearpost check --guesses" in said
    assert (
        'guessed: must, topic roles, who staff (from: must); if it is right, delete guessed="…"'
        in run("check", "--guesses", "--root", root)[1]
    )


def test_the_report_has_every_line_with_what_became_of_it(root: Path) -> None:
    run("import", root / "elm.txt", "--out", root / "draft", "--root", root)
    with (root / "draft" / "import-report.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [int(row["line"]) for row in rows] == [
        number for number, line in enumerate(TEXT.splitlines(), start=1) if line
    ]
    assert [row["fate"] for row in rows].count("dropped") == 1
    assert {row["text"]: row["ref"] for row in rows}[
        "1.1. You must ask the headteacher before you open an account."
    ] == "1.1"
    assert rows[-1]["text"].endswith("- =SUM(1+1) not with anybody.")
    assert not rows[-1]["text"].startswith(("=", "-"))


def test_ones_own_words_are_never_overwritten(root: Path) -> None:
    policy = root / "policy_src" / "elm" / "policy.md"
    policy.parent.mkdir()
    policy.write_text("mine", encoding="utf-8")
    status, said = run("import", root / "elm.txt", "--trust", "elm", "--root", root)
    assert status == 2
    assert "is there already" in said
    assert policy.read_text(encoding="utf-8") == "mine"
    assert [one.name for one in policy.parent.iterdir()] == ["policy.md"]


def test_a_file_that_cannot_be_used_is_named(root: Path) -> None:
    status, said = run("import", root / "elm.odt", "--root", root)
    assert status == 2
    assert "save it as .docx" in said
