"""Does a register of the first release become one of today with nothing lost?

`first_release.sql` holds records that the first release itself has written, by way of its own pages; of the courses
only the digests are kept.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import func, select, text

from register import audit, events, leavers
from register.completions import Completion
from register.database import MIGRATIONS, Database, migrate, open_engine
from register.events import Event
from register.people import Person
from register.settings import Settings
from tests.register.postgresql import Postgresql
from tests.register.world import NOON

FIRST_RELEASE = Path(__file__).parent / "first_release.sql"


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def first_release(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Give a register as the first release left it."""
    if request.param == "SQLite":
        settings = Settings(tmp_path, tmp_path)
        fill(settings)
        yield settings
    else:
        server: Postgresql = request.getfixturevalue("postgresql")
        with server.database() as address:
            settings = Settings(tmp_path, tmp_path, database_url=address)
            fill(settings)
            yield settings


def fill(settings: Settings) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = open_engine(settings).execution_options(migrates=True)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for statement in FIRST_RELEASE.read_text(encoding="utf-8").splitlines():
            connection.exec_driver_sql(statement.replace("%", "%%") if not settings.on_sqlite else statement)
    engine.dispose()


def rows(settings: Settings) -> dict[str, int]:
    engine = open_engine(settings)
    with engine.connect() as connection:
        names = {line.split()[2] for line in FIRST_RELEASE.read_text(encoding="utf-8").splitlines()}
        found = {name: connection.scalar(text(f"SELECT count(*) FROM {name}")) or 0 for name in names}
    engine.dispose()
    return found


def test_nothing_is_lost_and_all_events_are_in_the_chain(first_release: Settings) -> None:
    before = rows(first_release)
    assert before["events"] > 30
    assert before["completions"] == 2
    migrate(first_release)
    assert rows(first_release) == before
    database = Database.at(first_release)
    with database.reading() as db:
        found = audit.verify(db)
        assert found.found is None
        assert found.head.number == before["events"]
    database.engine.dispose()


def test_both_databases_end_with_the_same_head(tmp_path: Path, postgresql: Postgresql) -> None:
    heads = set()
    with postgresql.database() as address:
        for settings in (Settings(tmp_path, tmp_path), Settings(tmp_path, tmp_path, database_url=address)):
            fill(settings)
            migrate(settings)
            database = Database.at(settings)
            with database.reading() as db:
                heads.add(events.head(db))
            database.engine.dispose()
    assert len(heads) == 1


def test_the_register_goes_on_where_the_first_release_stopped(first_release: Settings) -> None:
    migrate(first_release)
    database = Database.at(first_release)
    with database.writing() as db:
        ada = db.scalars(select(Person).where(Person.name == "Ada Teacher")).first()
        assert ada is not None
        leavers.leave(db, NOON, None, ada, NOON.date())
    with database.reading() as db:
        assert audit.verify(db).found is None
        assert db.scalar(select(func.max(Event.id))) == db.scalar(select(func.count()).select_from(Event))
        assert all(db.scalars(select(Completion.code)))
    database.engine.dispose()
