"""Where are the records, and how are they read and changed safely?"""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.pool import QueuePool

from register import database
from register.attempts import Attempt
from register.database import DatabaseUnusable, Record, migrate
from register.links import Link
from register.settings import Settings
from register.trusts import School
from tests.register.world import NOON, World, words


def test_the_migrations_make_exactly_the_tables_the_code_describes(world: World) -> None:
    with world.database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Record.metadata) == []


def test_migrating_again_changes_nothing(world: World) -> None:
    before = world.count(Link), world.person("Ada Teacher").email
    migrate(world.settings)
    assert (world.count(Link), world.person("Ada Teacher").email) == before


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 10000)]
)
def test_sqlite_is_durable_and_checks_references(world: World, pragma: str, value: object) -> None:
    with world.database.reading() as db:
        assert db.execute(text(f"PRAGMA {pragma}")).scalar() == value


def test_a_reference_to_nothing_is_refused(world: World) -> None:
    with pytest.raises(IntegrityError), world.database.writing() as db:
        db.add(School(trust_id="nowhere", name="X"))


def test_what_fails_half_way_leaves_nothing(world: World) -> None:
    before = world.count(School)
    with pytest.raises(IntegrityError), world.database.writing() as db:
        db.add_all([School(trust_id="lydiate", name="X"), School(trust_id="nowhere", name="X")])
    assert world.count(School) == before


def test_moments_come_back_with_their_time_zone_and_none_goes_in_without(world: World) -> None:
    world.link(world.person("Ada Teacher"))
    with world.database.reading() as db:
        assert db.get_one(Link, 1).made_at == NOON
    with pytest.raises(StatementError, match="has no time zone"), world.database.writing() as db:
        db.add(Link(person_id=1, token_hash="x", made_at=datetime(2026, 1, 1), expires_at=datetime.now(UTC)))


def test_the_database_is_the_one_the_environment_names_or_a_file_in_the_data_folder(tmp_path: Path) -> None:
    def settings(environ: dict[str, str]) -> Settings:
        return Settings.from_environment(tmp_path, tmp_path, "http://x", environ)

    assert settings({}).database == f"sqlite:///{tmp_path / 'register.sqlite3'}"
    assert settings({"DATABASE_URL": "postgresql://x/y"}).database == "postgresql://x/y"


def test_a_database_that_another_program_locks_is_busy_and_not_broken(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ada, link = world.signed_in("Ada Teacher"), world.link(world.person("Ben Teacher"))
    sent = world.filled(ada)
    monkeypatch.setattr(database, "SECONDS_TO_WAIT_FOR_THE_LOCK", 0)
    world.database.engine.dispose()
    other = sqlite3.connect(world.settings.data / "register.sqlite3", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert ada.get("/my/").status_code == 200, "reading goes on"
    response = ada.api("/api/attempts", sent)
    assert (response.status_code, response.json()["error"]["code"]) == (503, "busy")
    assert response.headers["retry-after"] == "60"
    page = world.browser().post(link)
    assert page.status_code == 503
    assert "The register is busy just now, and nothing was recorded." in words(page)
    assert "Traceback" not in caplog.text
    other.close()
    assert world.count(Attempt) == 0
    assert ada.api("/api/attempts", sent).status_code == 201
    assert world.browser().post(link).status_code == 303


def test_when_every_connection_is_taken_the_register_is_busy_too(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    pool = world.database.engine.pool
    assert isinstance(pool, QueuePool)
    monkeypatch.setattr(pool, "_timeout", 0)
    taken = [world.database.engine.connect() for _ in range(15)]
    response = world.browser(Cookie="clearpost=x").get("/api/me")
    assert (response.status_code, response.json()["error"]["code"]) == (503, "busy")
    for one in taken:
        one.close()
    assert world.browser(Cookie="clearpost=x").get("/api/me").status_code == 200


@pytest.mark.parametrize("what", ["no database", "no folder"])
def test_a_database_that_cannot_be_opened_is_named_in_one_line(tmp_path: Path, what: str) -> None:
    file = tmp_path / "var" / "register.sqlite3" if what == "no database" else tmp_path / "var"
    file.parent.mkdir(exist_ok=True)
    file.write_text("This is no database. " * 100, encoding="utf-8")
    with pytest.raises(DatabaseUnusable) as error:
        migrate(Settings(tmp_path / "var", tmp_path))
    says = str(error.value)
    assert says.startswith(f"The database sqlite:///{tmp_path / 'var' / 'register.sqlite3'} cannot be opened: ")
    assert "\n" not in says


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("no address secret", "DATABASE_URL is no database's address; leave it out for a file in --data."),
        ("nothing://x:secret@y/z", "DATABASE_URL is no database's address; leave it out for a file in --data."),
        ("postgresql+asyncpg://x:secret@y/z", "The driver for the database that DATABASE_URL names is not installed"),
    ],
)
def test_an_address_that_names_no_usable_database_is_told_without_its_password(
    tmp_path: Path, url: str, says: str
) -> None:
    with pytest.raises(DatabaseUnusable) as error:
        migrate(Settings(tmp_path, tmp_path, database_url=url))
    assert str(error.value).startswith(says)
    assert "secret" not in str(error.value)
