"""What the register's tests start from: the real courses of two trusts whose policies differ."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from handbook.courses import course_json
from handbook.sources import load
from register.database import Database, migrate
from register.settings import Settings
from tests.register.world import CREATING, LYDIATE, World, add_cast, make_world

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def courses() -> Mapping[str, str]:
    library = load(ROOT, date(2026, 11, 21))
    return {trust: course_json(library, trust) for trust in (CREATING, LYDIATE)}


@pytest.fixture(scope="session")
def peopled(tmp_path_factory: pytest.TempPathFactory, courses: Mapping[str, str]) -> Path:
    settings = Settings(tmp_path_factory.mktemp("peopled"), Path("nowhere"))
    migrate(settings)
    database = Database.at(settings)
    with database.writing() as db:
        add_cast(db, courses)
    database.engine.dispose()
    return settings.data / "register.sqlite3"


@pytest.fixture
def world(tmp_path: Path, courses: Mapping[str, str], peopled: Path) -> Iterator[World]:
    made = make_world(tmp_path, courses, peopled)
    yield made
    made.database.engine.dispose()
