"""`clearpost people`: take over a staff list from the command line, and give the first roles."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from register import people, trusts
from register.database import Database, migrate
from register.settings import Settings
from register.staff_import.oneroster import FILES
from scripts.clearpost import app
from tests.register.staff_import.test_oneroster import MANIFEST, ORGS, ROLES, USERS

LIST = "Name,E-mail,School,Role\nAda Hill,ada@hill.org,Hill School,Teacher\nGil Gov,gil@hill.org,,Trustee\n"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    settings = Settings(tmp_path / "var", tmp_path)
    migrate(settings)
    database = Database.at(settings)
    with database.writing() as db:
        trusts.enrol(db, {"hill": "Hill Trust"})
    database.engine.dispose()
    return settings.data


def run(data: Path, *arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["people", *arguments, "--trust", "hill", "--data", str(data)])
    return result.exit_code, result.stdout, " ".join(result.stderr.split())


def write(data: Path, text: str) -> str:
    file = data.parent / "list.csv"
    file.write_text(text, encoding="utf-8")
    return str(file)


def names(data: Path) -> list[str]:
    database = Database.at(Settings(data, data))
    with database.reading() as db:
        found = [one.name for one in people.of_trust(db, "hill") if one.left_on is None]
    database.engine.dispose()
    return found


def test_a_list_is_told_and_not_taken_over_without_apply(data: Path) -> None:
    status, said, _ = run(data, "import", write(data, LIST))
    assert status == 0
    assert "new school: Hill School" in said
    assert "new: Gil Gov, trustee, the trust itself (row 3)" in said
    assert "2 new, 0 changed, 0 moved, 0 back, 0 gone, 0 as before; 0 problems" in said
    assert names(data) == []


def test_with_apply_it_is_taken_over_and_a_second_time_changes_nothing(data: Path) -> None:
    file = write(data, LIST)
    assert "All of it was taken over." in run(data, "import", file, "--apply")[1]
    assert names(data) == ["Ada Hill", "Gil Gov"]
    assert "0 new, 0 changed, 0 moved, 0 back, 0 gone, 2 as before" in run(data, "import", file, "--apply")[1]


def test_one_problem_and_nothing_is_taken_over(data: Path) -> None:
    status, said, error = run(data, "import", write(data, f"{LIST}Ben,,Hill School,Teacher\n"), "--apply")
    assert status == 1
    assert "row 4: Ben has no e-mail address. Write it in, or take the row out." in said
    assert "nothing was taken over" in error
    assert names(data) == []


def test_whoever_is_missing_leaves_only_with_whole(data: Path) -> None:
    run(data, "import", write(data, LIST), "--apply")
    other = write(data, "Name,E-mail,School,Role\nBen Hill,ben@hill.org,Hill School,Teacher\n")
    assert "0 gone" in run(data, "import", other)[1]
    assert "gone: Ada Hill" in run(data, "import", other, "--whole", "--apply")[1]
    assert names(data) == ["Ben Hill", "Gil Gov"]


def test_columns_and_titles_said_once_are_remembered(data: Path) -> None:
    file = write(data, "Wer,Post,Amt\nAda Hill,ada@hill.org,Wizard\n")
    columns = ("--column", "name=Wer", "--column", "email=Post", "--column", "role=Amt")
    status, said, _ = run(data, "import", file, *columns)
    assert status == 1
    assert "title “wizard” (1): say with --title what it means" in said
    assert run(data, "import", file, *columns, "--title", "Wizard=teacher", "--apply")[0] == 0
    assert "1 as before" in run(data, "import", file)[1]


def test_a_folder_in_oneroster_is_taken_over(data: Path) -> None:
    folder = data.parent / "export"
    folder.mkdir()
    for name, text in zip(FILES, (MANIFEST, ORGS, USERS, ROLES), strict=False):
        (folder / name).write_text(text, encoding="utf-8")
    assert run(data, "import", str(folder), "--apply")[0] == 0
    assert names(data) == ["Ada Hill", "Ben Dale", "Cara Office"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["import", "nowhere.csv"], "nowhere.csv cannot be read: No such file or directory"),
        (["import", "."], "has no users.csv: name a OneRoster folder, or a file"),
        (["import", "LIST", "--everyone-is", "techer"], "there is no role 'techer' (did you mean teacher?)"),
        (["import", "LIST", "--column", "mail=x"], "there is no field 'mail' (did you mean email?)"),
        (["import", "LIST", "--column", "email"], "'email' has to look like name=value"),
        (["appoint", "nobody@hill.org", "manager"], "nobody of hill has the address nobody@hill.org"),
    ],
)
def test_a_mistake_is_named_in_one_line(data: Path, arguments: list[str], says: str) -> None:
    file = write(data, LIST)
    status, _, error = run(data, *(file if one == "LIST" else one for one in arguments))
    assert status == 2
    assert says in error


def test_an_unknown_trust_is_named_with_those_there_are(data: Path) -> None:
    file = write(data, LIST)
    result = CliRunner().invoke(app, ["people", "import", file, "--trust", "hil", "--data", str(data)])
    assert result.exit_code == 2
    assert "there is no trust 'hil' (did you mean hill?" in result.stderr


def test_the_first_administrator_is_made_on_the_command_line(data: Path) -> None:
    run(data, "import", write(data, LIST), "--apply")
    assert run(data, "appoint", "ADA@hill.org", "trust-admin")[1] == "Ada Hill is trust-admin of the whole trust.\n"
    as_head = ("appoint", "ada@hill.org", "approver", "--approval", "headteacher", "--school", "hill school")
    assert run(data, *as_head)[1] == "Ada Hill is approver (headteacher) of hill school.\n"
    for wrong, says in (
        (("appoint", "ada@hill.org", "boss"), "there is no role 'boss'"),
        (("appoint", "ada@hill.org", "approver"), "an approver, and nobody else, is given one approval"),
        (("appoint", "ada@hill.org", "manager", "--school", "Hil School"), "did you mean Hill School?"),
    ):
        status, _, error = run(data, *wrong)
        assert status == 2
        assert says in error
