"""How are all records copied from one database to another, and what shows that none was lost or changed?"""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from register import backups, events, transfer
from register.chain import Head
from register.database import Database
from register.settings import Settings
from register.tables import tables
from register.transfer import NotCopied
from tests.register.postgresql import Postgresql
from tests.register.tampering import unlock
from tests.register.test_posting_rights import granted
from tests.register.world import LYDIATE, NOON, World, make_world


def head(settings: Settings) -> Head:
    database = Database.at(settings)
    with database.reading() as db:
        found = events.head(db)
    database.engine.dispose()
    return found


def stop(world: World) -> None:
    world.database.engine.dispose()


def test_a_register_moves_to_postgresql_with_the_same_head_and_goes_on_there(
    sqlite_world: World, postgresql: Postgresql
) -> None:
    world = sqlite_world
    granted(world)
    stop(world)
    before = head(world.settings)
    with postgresql.database() as address:
        there = replace(world.settings, database_url=address)
        copied, aside = backups.move_away(world.settings, there, NOON)
        assert copied.head == before == head(there)
        assert aside.name == "register-until-2026-11-21T120000Z.sqlite3"
        assert not world.settings.sqlite_file.exists(), "nobody writes into the old file by mistake"
        moved = make_world(world.settings.data / "again", world.courses, None, database_url=address)
        ada = moved.signed_in("Ada Teacher")
        assert "You may post on X @hill." in ada.text("/my/")
        moved.passes(moved.signed_in("Ben Teacher"))
        assert moved.signed_in("Mia Manager", LYDIATE).get("/manage/").status_code == 200
        with moved.database.reading() as db:
            assert transfer.checked(db, before).number > before.number
        stop(moved)


def test_the_digest_of_a_table_depends_on_its_rows_and_not_on_the_database(
    sqlite_world: World, postgresql_world: World
) -> None:
    granted(sqlite_world)
    with sqlite_world.database.reading() as here, postgresql_world.database.reading() as there:
        for name in ("trusts", "schools", "workplaces", "accounts"):
            assert transfer.digest(here, tables()[name]) == transfer.digest(there, tables()[name]), name
        for name in ("attempts", "completions"):
            assert transfer.digest(here, tables()[name]) != transfer.digest(there, tables()[name]), name


def test_nothing_is_moved_while_the_register_runs(sqlite_world: World, postgresql: Postgresql) -> None:
    sqlite_world.signed_in("Ada Teacher")
    with postgresql.database() as address, pytest.raises(NotCopied, match="the register is running; stop it first"):
        backups.move_away(sqlite_world.settings, replace(sqlite_world.settings, database_url=address), NOON)
    assert sqlite_world.settings.sqlite_file.exists()


def test_nothing_is_moved_over_other_records(sqlite_world: World, postgresql_world: World) -> None:
    stop(sqlite_world)
    there = head(postgresql_world.settings)
    with pytest.raises(NotCopied, match="there are records already where they should go"):
        backups.move_away(sqlite_world.settings, postgresql_world.settings, NOON)
    assert sqlite_world.settings.sqlite_file.exists()
    assert head(postgresql_world.settings) == there


def test_a_log_that_is_broken_is_not_moved(sqlite_world: World, postgresql: Postgresql) -> None:
    with sqlite_world.database.writing() as db:
        unlock(db)
        db.execute(text("UPDATE events SET facts = '{}' WHERE id = 2"))
    stop(sqlite_world)
    with postgresql.database() as address:
        there = replace(sqlite_world.settings, database_url=address)
        with pytest.raises(NotCopied, match=r"the records are not what was recorded: event 2 .* was changed"):
            backups.move_away(sqlite_world.settings, there, NOON)
        assert head(there).number == 0


def test_where_there_are_no_records_nothing_is_moved(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "var", tmp_path)
    with pytest.raises(NotCopied, match=r"there is no .*register\.sqlite3; name the folder of its data with --data"):
        backups.move_away(settings, replace(settings, database_url="postgresql://x/y"), NOON)
