"""What do commands about managers' lists do: `verify`, `signing-key`, `remind` and `recertification`?"""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from scripts.clearpost import app
from tests.register.test_posting_rights import granted
from tests.register.world import CREATING, World


@pytest.fixture
def world(sqlite_world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return sqlite_world


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(map(str, arguments)))
    assert "Traceback" not in result.output
    return result.exit_code, result.output


def test_a_list_is_verified_with_the_public_key_alone(world: World, tmp_path: Path) -> None:
    _, mia, _ = granted(world)
    key = tmp_path / "signing-key.pem"
    key.write_bytes(mia.get("/signing-key.pem").content)
    assert run("signing-key", "--data", world.settings.data) == (0, key.read_text(encoding="utf-8"))
    assert "PRIVATE" not in key.read_text(encoding="utf-8")
    assert (world.settings.data / "signing.key").stat().st_mode & 0o077 == 0
    nowhere = tmp_path / "nowhere"
    for ending in ("csv", "xlsx"):
        file = tmp_path / f"list.{ending}"
        file.write_bytes(mia.get(f"/manage/completions.{ending}").content)
        status, said = run("verify", file, "--key", key, "--data", nowhere)
        assert (status, "Nothing was edited, added, removed or moved." in said) == (0, True), said
        assert "3 rows, made at 2026-11-21T12:00:00+00:00: Creating Tomorrow Academies Trust" in said
    file = tmp_path / "list.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(",100,", ",90,"), encoding="utf-8")
    status, said = run("verify", file, "--key", key, "--data", nowhere)
    assert status == 1
    assert "(Ada Teacher) was edited." in said
    assert "is not as the register made it" in said
    assert not nowhere.exists()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "The file is empty"),
        (b"PK\x03\x04broken", "The workbook cannot be read"),
        (b"name,score\nA,1\n", "The last column, proof, is missing"),
        (b'name,"score\nA,1\n', "cannot be read as CSV"),
    ],
)
def test_a_file_that_proves_nothing_is_said_to(world: World, tmp_path: Path, content: bytes, says: str) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(content)
    status, said = run("verify", file, "--data", world.settings.data)
    assert status != 0
    assert says in said


def test_what_is_missing_is_named(world: World, tmp_path: Path) -> None:
    assert "cannot be read: No such file" in run("verify", tmp_path / "x.csv", "--data", world.settings.data)[1]
    file = tmp_path / "key.pem"
    file.write_text("no key", encoding="utf-8")
    assert "this is no public key of a register" in run("verify", file, "--key", file)[1]
    assert "there is no register in" in run("signing-key", "--data", tmp_path / "nowhere")[1]
    assert "there is no mail server in the settings" in run("remind", "--data", world.settings.data)[1]


def test_a_rule_is_set_and_shown(world: World) -> None:
    data = ("--data", world.settings.data)
    status, said = run("recertification", "set", "--trust", CREATING, "--due", "09-01", "--grace-days", 14, *data)
    assert (status, "by 1 September. Posting rights last 14 more days." in said) == (0, True)
    shown = run("recertification", "show", *data)[1]
    assert re.search(rf"{CREATING}: Everybody trains again by 1 September", shown)
    assert "lydiate: Everybody trains again on their own date." in shown
    for wrong, says in (
        (("--due", "02-29"), "every year has"),
        (("--due", "soon"), "is no day of the year"),
        (("--grace-days", "99"), "0 to 90"),
    ):
        status, said = run("recertification", "set", "--trust", CREATING, *wrong, *data)
        assert (status, says in said) == (2, True), said
    assert "did you mean" in run("recertification", "set", "--trust", "lydiat", *data)[1]
