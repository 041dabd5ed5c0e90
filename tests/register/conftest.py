"""What the register's tests start from: the real courses of two trusts whose policies differ."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from handbook.courses import course_json
from handbook.sources import load
from register.database import migrate
from register.settings import Settings
from tests.register.world import CREATING, LYDIATE, World, make_world

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def courses() -> Mapping[str, str]:
    library = load(ROOT, date(2026, 11, 21))
    return {trust: course_json(library, trust) for trust in (CREATING, LYDIATE)}


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings = Settings(tmp_path_factory.mktemp("migrated"), Path("nowhere"))
    migrate(settings)
    return settings.data / "register.sqlite3"


@pytest.fixture
def world(tmp_path: Path, courses: Mapping[str, str], migrated: Path) -> Iterator[World]:
    made = make_world(tmp_path, courses, migrated)
    yield made
    made.database.engine.dispose()
