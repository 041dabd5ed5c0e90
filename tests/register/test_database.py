"""Where are the records, and how are they read and changed safely?"""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, StatementError

from register.database import Record, migrate
from register.links import Link
from register.settings import Settings
from register.trusts import School
from tests.register.world import NOON, World


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
