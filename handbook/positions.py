"""A trust's positions as data: all that the browser needs to answer a question, without what only the training asks."""

from functools import lru_cache
from typing import Any

from handbook.courses import course_data
from handbook.library import Library
from handbook.ways import MOST_KEPT, Way
from quiz.courses import Course, canonical
from quiz.decisions import DECISIONS
from quiz.relevance import Matters, mattering

# Of a course, what `quiz.engine.decide` and `quiz.engine.consult` read.
NEEDED = ("trust", "name", "advice", "roles", "positions", "provisions")


def positions_data(library: Library, trust_id: str) -> dict[str, Any]:
    """Return the content of a trust's `positions.json`: part of its course, and the facts that matter by decision."""
    course = Course(course_data(library, trust_id))
    ways = library.trusts[trust_id].ways
    matters = {one: _settled(ways[one]) for one in course.data["positions"]}
    unsettled = {
        one: mattering(DECISIONS[one], course.positions[one]) for one, found in matters.items() if found is None
    }
    return {**{name: course.data[name] for name in NEEDED}, "matters": matters | unsettled}


def positions_json(library: Library, trust_id: str) -> str:
    """Return the text of a trust's `positions.json`: the same bytes for the same sources."""
    return canonical(positions_data(library, trust_id))


@lru_cache(MOST_KEPT)
def _settled(way: Way) -> Matters | None:
    """Return the facts that matter wherever it is decided in this way; None if that depends on the policy's words.

    What makes a difference although all is said in the same words does so in any; what makes none although all is said
    in different ones never does.
    """
    decision = DECISIONS[way.decision]
    least = mattering(decision, way.position)
    return least if least == mattering(decision, way.never_in_the_same_words) else None
