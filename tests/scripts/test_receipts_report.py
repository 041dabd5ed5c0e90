"""`clearpost receipts grade`: the same list as in the browser, exit codes for scripts, and errors in one line."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from typer.testing import CliRunner

from quiz.courses import Course, canonical
from quiz.receipts import receipt
from scripts.clearpost import app
from tests.quiz.test_attempts import rightly, run

TRUST = "cockburn"


def clearpost(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["receipts", "grade", *map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


def saved(folder: Path, course: Course, name: str) -> Path:
    """Save somebody's receipt as the training does."""
    _, answers = run(course, name, rightly)
    read = [one["id"] for one in course.data["read"]]
    file = folder / f"{name}.json"
    file.write_text(receipt(course, name, answers, read, "2026-11-20T10:00:00Z", name), encoding="utf-8")
    return file


@pytest.fixture
def site(tmp_path: Path, courses: dict[str, Course]) -> Path:
    for trust, course in courses.items():
        folder = tmp_path / "site" / "handbook" / trust
        folder.mkdir(parents=True)
        (folder / "course.json").write_text(canonical(course.data), encoding="utf-8")
    return tmp_path / "site"


@pytest.fixture
def ada(tmp_path: Path, courses: dict[str, Course]) -> Path:
    return saved(tmp_path, courses[TRUST], "Ada")


def test_receipts_that_all_count_are_listed_and_end_well(ada: Path, site: Path) -> None:
    for where in ([], ["--site", site], ["--site", site, "--trust", TRUST]):
        status, printed, error = clearpost(ada, *where)
        assert (status, error) == (0, "")
        heads, row, _, counts = printed.splitlines()
        assert heads.split() == ["staff", "status", "score", "date", "expiry", "remark", "file"]
        assert row.split() == ["Ada", "Passed", "100", "2026-11-20", "2027-11-20", str(ada)]
        assert counts == "1 passed"


def test_who_is_missing_is_listed_and_the_command_says_so(ada: Path, site: Path, tmp_path: Path) -> None:
    staff = tmp_path / "staff.csv"
    staff.write_bytes("Name;School\nAda;Hill\nZoë;Dale\n".encode("windows-1252"))
    out = tmp_path / "list.csv"
    status, printed, _ = clearpost(ada, "--site", site, "--staff", staff, "--csv", out)
    assert status == 1
    assert printed.splitlines()[-1] == "1 missing, 1 passed"
    lines = list(csv.DictReader(StringIO(out.read_bytes().decode("utf-8-sig"), newline="")))
    assert [(line["staff"], line["school"], line["status"]) for line in lines] == [
        ("Zoë", "Dale", "Missing"),
        ("Ada", "Hill", "Passed"),
    ]


def test_a_receipt_that_was_edited_or_is_elsewheres_is_listed_with_the_reason(
    ada: Path, site: Path, courses: dict[str, Course], tmp_path: Path
) -> None:
    edited = tmp_path / "edited.json"
    edited.write_text(json.dumps({**json.loads(ada.read_text(encoding="utf-8")), "name": "Ben"}), encoding="utf-8")
    nora = saved(tmp_path, courses["lydiate"], "Nora")
    status, printed, _ = clearpost(ada, edited, nora, "--site", site, "--trust", TRUST)
    assert status == 1
    assert "The receipt was changed after it was saved." in printed
    assert "The receipt belongs to another trust’s training: lydiate" in printed
    assert printed.splitlines()[-1] == "2 not counted, 1 passed"
    assert clearpost(nora, "--site", site)[0] == 0


def test_a_site_with_a_changed_course_grades_nothing(ada: Path, site: Path) -> None:
    course = site / "handbook" / TRUST / "course.json"
    course.write_text(course.read_text(encoding="utf-8").replace('"pass_mark":80', '"pass_mark":10'), encoding="utf-8")
    status, printed, error = clearpost(ada, "--site", site)
    assert (status, printed) == (1, "")
    assert "the file was changed after it was built" in error


def test_what_is_wrong_on_the_command_line_is_told_in_one_line(ada: Path, site: Path, tmp_path: Path) -> None:
    nobody = tmp_path / "nobody.csv"
    nobody.write_text("Ada Lee,Hill\n", encoding="utf-8")
    for arguments, says in (
        ([tmp_path / "gone.json", "--site", site], "gone.json cannot be read: No such file or directory"),
        ([ada, "--site", tmp_path / "none"], "holds no courses: name a built site with --site"),
        ([ada, "--site", site, "--trust", "cockbrn"], "there is no trust 'cockbrn' (did you mean cockburn?"),
        ([ada, "--site", site, "--staff", nobody], "nobody.csv: Name a column of the staff list “Name” or “E-mail”"),
        ([ada, "--site", site, "--csv", tmp_path / "no" / "list.csv"], "list.csv cannot be written: No such file"),
    ):
        status, printed, error = clearpost(*arguments)
        assert (status, printed) == (2, "")
        assert says in error
        assert error.startswith("clearpost: ")
        assert error.count("\n") == 1
