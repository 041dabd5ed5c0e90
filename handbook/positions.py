"""A trust's positions as data: all that the browser needs to answer a question, without what only the training asks."""

from typing import Any

from handbook.courses import course_data
from handbook.library import Library
from quiz.courses import Course, canonical
from quiz.decisions import DECISIONS
from quiz.relevance import mattering

# Of a course, what `quiz.engine.decide` and `quiz.engine.consult` read.
NEEDED = ("trust", "name", "advice", "roles", "positions", "provisions")


def positions_data(library: Library, trust_id: str) -> dict[str, Any]:
    """Return the content of a trust's `positions.json`: part of its course, and the facts that matter by decision."""
    course = Course(course_data(library, trust_id))
    matters = {one: mattering(DECISIONS[one], position) for one, position in course.positions.items()}
    return {**{name: course.data[name] for name in NEEDED}, "matters": matters}


def positions_json(library: Library, trust_id: str) -> str:
    """Return the text of a trust's `positions.json`: the same bytes for the same sources."""
    return canonical(positions_data(library, trust_id))
