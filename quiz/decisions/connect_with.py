"""May I accept, follow or befriend this person?"""

from collections.abc import Iterator

from quiz.decisions.decision import Decision
from quiz.decisions.findings import refused
from quiz.facts import Choice, Number, Situation
from quiz.positions import Field, Position, Table
from quiz.rulings import Finding, Step

FACTS = (
    Choice("person", "who it is", "pupil", ("pupil", "former-pupil", "parent", "colleague")),
    Number("age", "the person's age in years", 11, 0, 120),
    Choice("from_account", "the account you would do it from", "personal", ("personal", "official")),
)
TABLES = (
    Table("barred", "Who is not to be accepted, followed or befriended, and from which account."),
    Table("permitted", "Who may be, and what the policy wants considered first.", {"first": Field(optional=True)}),
)


def rule(situation: Situation, position: Position) -> Iterator[Finding]:
    """Yield a refusal for every row that bars the person, a consent for every row that permits it."""
    for row in position.rows("barred", situation):
        yield refused(row)
    for row in position.rows("permitted", situation):
        steps = tuple(Step(does, row.cites.ids[-1]) for does in row.words("first"))
        yield Finding("allowed", row.cites.ids, steps=steps, note=row.note)


DECISION = Decision("connect-with", "May I accept, follow or befriend this person?", FACTS, TABLES, rule)
