"""What does whoever runs the register do on the command line about its evidence?"""

import re
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from scripts.clearpost import app
from tests.register.postgresql import Postgresql
from tests.register.tampering import unlock
from tests.register.test_erasure import left
from tests.register.test_transfer import stop
from tests.register.world import CREATING, World

ADA = ["--trust", CREATING, "--email", f"ada@{CREATING}.example.org"]


@pytest.fixture(autouse=True)
def _address(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    if world.settings.on_sqlite:
        monkeypatch.delenv("DATABASE_URL", raising=False)
    else:
        monkeypatch.setenv("DATABASE_URL", world.settings.database)


def run(world: World, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, [*arguments, "--data", str(world.settings.data)])
    assert "Traceback" not in result.output
    return result.exit_code, result.output


def test_the_log_is_verified_and_its_head_can_be_noted_and_given_again(world: World) -> None:
    status, said = run(world, "audit", "verify")
    assert status == 0
    noted = re.search(r"Head: (\d+:[0-9a-f]{64})", said)
    assert noted
    assert run(world, "audit", "head") == (0, f"{noted[1]}\n")
    assert run(world, "audit", "verify", "--head", noted[1])[0] == 0
    status, said = run(world, "audit", "verify", "--head", f"999{noted[1]}")
    assert status == 1
    assert "is missing, and all after it" in said
    status, said = run(world, "audit", "verify", "--head", "17")
    assert (status, "is no head of a chain" in said) == (2, True)


def test_a_break_is_named_and_the_status_is_1(world: World) -> None:
    with world.database.writing() as db:
        unlock(db)
        db.execute(text("UPDATE events SET facts = '[1]' WHERE id = 2"))
    status, said = run(world, "audit", "verify")
    assert status == 1
    assert "clearpost: the log is broken: event 2 (" in said


def test_a_person_is_exported_into_two_files(world: World, tmp_path: Path) -> None:
    status, said = run(world, "subject", "export", *ADA, "--to", str(tmp_path / "for-ada"))
    assert status == 0, said
    files = sorted((tmp_path / "for-ada").iterdir())
    assert [one.suffix for one in files] == [".html", ".json"]
    for one in files:
        assert "Ada Teacher" in one.read_text(encoding="utf-8")
        assert one.stat().st_mode & 0o077 == 0
    assert "Ada" not in files[0].name


def test_an_erasure_is_confirmed_first_and_says_what_else_is_to_do(world: World) -> None:
    left(world)
    asked = ["subject", "erase", *ADA, "--asked-by", "person", "--asked-on", "2026-11-20"]
    assert run(world, *asked)[0] == 1, "nobody has said yes"
    assert world.person("Ada Teacher").erased_at is None
    status, said = run(world, *asked, "--yes")
    assert status == 0, said
    assert "Earlier backups still hold them" in said
    assert "nobody at creating-tomorrow has the address" in run(world, *asked, "--yes")[1]


def test_a_retention_rule_is_set_shown_and_carried_out(world: World) -> None:
    assert "No trust has a rule yet" in run(world, "retention", "run")[1]
    assert run(world, "retention", "set", "--trust", CREATING, "--leavers-months", "0")[0] == 0
    shown = run(world, "retention", "show")[1]
    assert f"{CREATING}: leavers' data are kept 0 months after their last day" in shown
    assert "lydiate: no rule, so everything is kept" in shown
    left(world)
    assert f"{CREATING}: leavers erased: 1;" in run(world, "retention", "run")[1]
    assert "has not come yet" in run(world, "retention", "run", "--on", "2126-01-01")[1]
    assert "did you mean" in run(world, "retention", "set", "--trust", "lydiat")[1]


def test_a_backup_is_made_and_restored(world: World, postgresql: Postgresql, tmp_path: Path) -> None:
    file = str(tmp_path / "backup.sqlite3")
    status, said = run(world, "backup", file)
    assert status == 0, said
    noted = re.search(r"Head: (\S+)", said)
    assert noted
    stop(world)
    if not world.settings.on_sqlite:
        status, said = run(world, "restore", file)
        assert (status, "there are records already" in said) == (1, True)
        return
    status, said = run(world, "restore", file, "--head", noted[1])
    assert status == 0, said
    assert f"Head: {noted[1]}" in said


def test_a_register_is_moved_to_the_database_the_environment_names(
    world: World, postgresql: Postgresql, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop(world)
    if not world.settings.on_sqlite:
        status, said = run(world, "move")
        assert (status, "there is no " in said) == (1, True)
        return
    assert "DATABASE_URL does not say where to" in run(world, "move")[1]
    before = run(world, "audit", "head")[1]
    with postgresql.database() as address:
        monkeypatch.setenv("DATABASE_URL", address)
        status, said = run(world, "move")
        assert status == 0, said
        assert "both logs have the same head" in said
        assert run(world, "audit", "head")[1] == before


def test_where_there_are_no_records_nothing_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    result = CliRunner().invoke(app, ["audit", "verify", "--data", str(tmp_path / "nowhere")])
    assert result.exit_code == 1
    assert "There are no records" in result.output
    assert not (tmp_path / "nowhere").exists()
