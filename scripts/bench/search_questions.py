"""What do staff ask, what should they find, and how well was it found?"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from handbook.library import Library

FILE = Path(__file__).with_name("search_questions.yml")
TOP, FEW = 10, 5


@dataclass(frozen=True)
class Question:
    """What somebody types, at which trust if at one, and the clauses that answer it."""

    q: str
    trust: str | None
    wanted: frozenset[str]
    held_out: bool = False
    blind: bool = False

    def rank(self, found: Sequence[str]) -> float:
        """Return 1 if the first clause found is a right one, 1/2 if only the second is, …; 0 beyond the tenth."""
        return next((1 / place for place, one in enumerate(found[:TOP], 1) if one in self.wanted), 0)

    def recall(self, found: Sequence[str]) -> float:
        """Return the share of the right clauses, or of as many as there is room for, among the first five."""
        return len(self.wanted & set(found[:FEW])) / min(FEW, len(self.wanted))


def read_questions(library: Library) -> list[Question]:
    """Return all questions; raises KeyError for a provision that no policy has."""
    clauses = [clause for trust in library.trusts.values() for clause in trust.clauses]
    places = {one.id: clause.id for clause in clauses for one in clause.provisions}
    places |= {clause.id: clause.id for clause in clauses}
    rows: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return [
        Question(
            row["q"],
            row.get("trust"),
            frozenset(places[one] for one in row["finds"]),
            row.get("held_out", False),
            row.get("blind", False),
        )
        for row in rows
    ]


def blind(questions: Sequence[Question]) -> Sequence[Question]:
    """Return those of somebody who has not seen the search."""
    return [one for one in questions if one.blind]


def ours(questions: Sequence[Question]) -> Sequence[Question]:
    """Return those we wrote ourselves."""
    return [one for one in questions if not one.blind]


def held_out(questions: Sequence[Question]) -> Sequence[Question]:
    """Return those by which nothing is tuned."""
    return [one for one in questions if one.held_out]
