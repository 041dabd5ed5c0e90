"""How are the records kept a second time while the register runs, and brought back?"""

import sqlite3
import stat
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from register import audit, backups
from register.database import Database
from register.people import Person
from register.settings import Settings
from register.transfer import NotCopied
from tests.register.postgresql import Postgresql
from tests.register.tampering import unlock
from tests.register.test_erasure import erase, left
from tests.register.test_transfer import head, stop
from tests.register.world import NOON, World, make_world


@pytest.fixture
def backup(world: World, tmp_path: Path) -> Path:
    """Give a backup that was made while the register runs."""
    world.passes(world.signed_in("Ada Teacher"))
    file = tmp_path / "backup.sqlite3"
    assert backups.backup(world.settings, file) == head(world.settings)
    return file


def test_a_backup_is_one_file_that_only_its_owner_reads(backup: Path) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert [one.name for one in backup.parent.glob("*backup*")] == ["backup.sqlite3"]
    assert [one.name for one in backup.parent.glob(".clearpost-*")] == []


def test_a_backup_replaces_nothing(world: World, backup: Path) -> None:
    with pytest.raises(NotCopied, match="is there already; a backup replaces nothing"):
        backups.backup(world.settings, backup)


def test_a_restored_backup_holds_what_there_was_and_the_records_since_are_set_aside(
    sqlite_world: World, tmp_path: Path
) -> None:
    world, file = sqlite_world, tmp_path / "backup.sqlite3"
    noted = backups.backup(world.settings, file)
    world.passes(world.signed_in("Ada Teacher"))
    stop(world)
    since = head(world.settings)
    restored = backups.restore(world.settings, file, NOON)
    assert restored.copied.head == noted == head(world.settings)
    assert restored.before is not None
    assert head(replace(world.settings, database_url=f"sqlite:///{restored.before}")) == since
    world.passes(world.signed_in("Ada Teacher"))


def test_whose_data_were_erased_since_the_backup_are_erased_again(sqlite_world: World, tmp_path: Path) -> None:
    world, file = sqlite_world, tmp_path / "backup.sqlite3"
    backups.backup(world.settings, file)
    number = left(world)
    erase(world, number)
    stop(world)
    assert backups.restore(world.settings, file, NOON).erased_again == 1
    with world.database.reading() as db:
        assert db.get_one(Person, number).name == "Erased person"
        assert db.get_one(Person, number + 1).name == "Ben Teacher"
        assert audit.verify(db).found is None


def test_the_backup_of_another_register_erases_nobody(
    sqlite_world: World, tmp_path: Path, courses: dict[str, str], peopled: Path
) -> None:
    other = make_world(tmp_path / "other", courses, peopled)
    other.signed_in("Ben Teacher")
    backups.backup(other.settings, tmp_path / "backup.sqlite3")
    stop(other)
    erase(sqlite_world, left(sqlite_world))
    stop(sqlite_world)
    assert backups.restore(sqlite_world.settings, tmp_path / "backup.sqlite3", NOON).erased_again == 0
    assert sqlite_world.person("Ada Teacher").erased_at is None


def test_a_backup_of_either_database_can_be_restored_into_either(
    world: World, backup: Path, postgresql: Postgresql, tmp_path: Path
) -> None:
    on_sqlite = Settings(tmp_path / "new", world.settings.site)
    assert backups.restore(on_sqlite, backup, NOON).copied.head == head(on_sqlite) == head(world.settings)
    with postgresql.database() as address:
        on_postgresql = replace(on_sqlite, database_url=address)
        assert backups.restore(on_postgresql, backup, NOON).copied.head == head(on_postgresql)
        with pytest.raises(NotCopied, match="there are records already"):
            backups.restore(on_postgresql, backup, NOON)


def test_nothing_is_restored_while_the_register_runs(sqlite_world: World, tmp_path: Path) -> None:
    backups.backup(sqlite_world.settings, tmp_path / "backup.sqlite3")
    sqlite_world.signed_in("Ada Teacher")
    with pytest.raises(NotCopied, match="the register is running; stop it first"):
        backups.restore(sqlite_world.settings, tmp_path / "backup.sqlite3", NOON)
    sqlite_world.passes(sqlite_world.signed_in("Ada Teacher"))


def test_a_backup_somebody_changed_is_not_restored(world: World, backup: Path, tmp_path: Path) -> None:
    changed = Database.at(Settings(tmp_path, tmp_path, database_url=f"sqlite:///{backup}"))
    with changed.writing() as db:
        unlock(db)
        db.execute(text("UPDATE completions SET score = 100, expires_on = '2037-01-01'"))
    changed.settle()
    changed.engine.dispose()
    there = Settings(tmp_path / "new", tmp_path)
    with pytest.raises(NotCopied, match="completion 1 was changed: expires_on is 2037-01-01"):
        backups.restore(there, backup, NOON)
    assert not there.sqlite_file.exists()


def test_a_backup_that_lacks_what_was_noted_is_not_restored(world: World, backup: Path, tmp_path: Path) -> None:
    world.signed_in("Ben Teacher")
    with pytest.raises(NotCopied, match="is missing, and all after it"):
        backups.restore(Settings(tmp_path / "new", tmp_path), backup, NOON, head(world.settings))


@pytest.mark.parametrize("what", ["damaged", "cut short", "no backup", "another database", "from the future"])
def test_a_file_that_is_no_whole_backup_is_told_in_one_line(backup: Path, tmp_path: Path, what: str) -> None:
    content = backup.read_bytes()
    says = {
        "damaged": "the backup (is damaged|cannot be read)",
        "cut short": "the backup (is damaged|cannot be read)",
        "no backup": "is no backup; give a file that `clearpost backup` has written",
        "another database": "the backup cannot be read: no such table: alembic_version",
        "from the future": "a newer version of Clear to Post has written the backup",
    }[what]
    if what == "damaged":
        backup.write_bytes(content[:4096] + b"\xff" * 8192 + content[4096 + 8192 :])
    elif what == "cut short":
        backup.write_bytes(content[: len(content) // 2])
    elif what == "no backup":
        backup.write_text("This is no backup.", encoding="utf-8")
    elif what == "another database":
        backup.unlink()
        with closing(sqlite3.connect(backup)) as other:
            other.execute("CREATE TABLE t (x)")
    else:
        with closing(sqlite3.connect(backup)) as other, other:
            other.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NotCopied, match=says) as refused:
        backups.restore(Settings(tmp_path / "new", tmp_path), backup, NOON)
    assert "\n" not in str(refused.value)
    assert not (tmp_path / "new" / "register.sqlite3").exists()


def test_where_nothing_can_be_written_it_says_so(world: World, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotCopied, match=r"backup\.sqlite3 cannot be written: Not a directory"):
        backups.backup(world.settings, tmp_path / "file" / "backup.sqlite3")
