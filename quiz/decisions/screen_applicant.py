"""May I look a candidate up, or give a reference, on social media?"""

from collections.abc import Iterator

from quiz.decisions.decision import Decision
from quiz.decisions.findings import accepted, refused
from quiz.facts import Choice, Flag, Situation
from quiz.positions import Position, Table
from quiz.rulings import Finding

FACTS = (
    Choice("action", "what you would do", "search", ("search", "reference")),
    Flag("profile_meant_for_employers", "whether the candidate published the profile to attract employers", False),
)
TABLES = (
    Table("barred", "What the policy speaks against."),
    Table("permitted", "What the policy accepts."),
)


def rule(situation: Situation, position: Position) -> Iterator[Finding]:
    """Yield a refusal for every row that bars it, a consent for every row that permits it."""
    for row in position.rows("barred", situation):
        yield refused(row)
    for row in position.rows("permitted", situation):
        yield accepted(row)


DECISION = Decision(
    "screen-applicant", "May I look a candidate up, or give a reference, on social media?", FACTS, TABLES, rule
)
