"""What the register's tests start from: the real courses of two trusts whose policies differ."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from handbook.courses import course_json
from handbook.sources import load
from register.database import Database, migrate
from register.settings import Settings
from tests.register.postgresql import Postgresql, started
from tests.register.world import CREATING, LYDIATE, World, add_cast, make_world

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def courses() -> Mapping[str, str]:
    library = load(ROOT, date(2026, 11, 21))
    return {trust: course_json(library, trust) for trust in (CREATING, LYDIATE)}


def add_people(settings: Settings, courses: Mapping[str, str]) -> None:
    """Make a register's tables and put the cast into them."""
    migrate(settings)
    database = Database.at(settings)
    with database.writing() as db:
        add_cast(db, courses)
    database.engine.dispose()


@pytest.fixture(scope="session")
def peopled(tmp_path_factory: pytest.TempPathFactory, courses: Mapping[str, str]) -> Path:
    settings = Settings(tmp_path_factory.mktemp("peopled"), Path("nowhere"))
    add_people(settings, courses)
    return settings.sqlite_file


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Postgresql]:
    with started() as server:
        yield server


@pytest.fixture(scope="session")
def peopled_postgresql(
    postgresql: Postgresql, tmp_path_factory: pytest.TempPathFactory, courses: Mapping[str, str]
) -> Iterator[str]:
    """Give the name of a database with the cast in it, of which each test gets a copy."""
    with postgresql.database() as address:
        add_people(Settings(tmp_path_factory.mktemp("nothing"), Path("nowhere"), database_url=address), courses)
        yield address.rpartition("/")[2].partition("?")[0]


@pytest.fixture
def sqlite_world(tmp_path: Path, courses: Mapping[str, str], peopled: Path) -> Iterator[World]:
    made = make_world(tmp_path, courses, peopled)
    yield made
    made.database.engine.dispose()


@pytest.fixture
def postgresql_world(
    tmp_path: Path, courses: Mapping[str, str], postgresql: Postgresql, peopled_postgresql: str
) -> Iterator[World]:
    with postgresql.database(peopled_postgresql) as address:
        made = make_world(tmp_path / "postgresql", courses, None, database_url=address)
        yield made
        made.database.engine.dispose()


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def world(request: pytest.FixtureRequest) -> World:
    """Give a register: whatever is said of it holds on both databases."""
    made: World = request.getfixturevalue(f"{request.param.lower()}_world")
    return made
