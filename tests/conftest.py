"""What the tests share: the real five policies, loaded once."""

from datetime import date
from pathlib import Path

import hypothesis
import pytest

from handbook.comparison import Comparison, compared
from handbook.courses import course_data
from handbook.library import Library
from handbook.sources import load
from quiz.courses import Course

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 21)

# How fast it goes is measured in scripts/bench, never in a test.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


@pytest.fixture(scope="session")
def library() -> Library:
    return load(ROOT, TODAY)


@pytest.fixture(scope="session")
def courses(library: Library) -> dict[str, Course]:
    return {trust: Course(course_data(library, trust)) for trust in library.trusts}


@pytest.fixture(scope="session")
def comparison(library: Library) -> Comparison:
    return compared(library)
