"""An account with a link to the school is there from earlier: what has to happen to it?"""

from collections.abc import Iterator

from quiz.decisions.decision import Decision
from quiz.decisions.findings import Wanted, due
from quiz.facts import ACCOUNTS, TOLD, Choice, Flag, Situation
from quiz.positions import Field, Position, Table
from quiz.rulings import Finding

FACTS = (
    Choice("account", "the kind of account", "department", ACCOUNTS),
    Flag("it_lead_told", "whether whoever leads IT for the trust has been told of it", False),
    Flag("closure_asked", "whether the Headteacher wants it closed because of what its platform stands for", True),
)
TABLES = (
    Table("told", "Who has to be told of an account that was opened before.", {"to": Field(TOLD)}),
    Table("closure", "Accounts that have to be closed."),
)
TOLD_OF_IT = Wanted("told", "Whoever leads IT for the trust has been told of it.", "Tell them of the account.")
CLOSED = Wanted("closed", "The account is closed.", "Close the account.")


def rule(situation: Situation, position: Position) -> Iterator[Finding]:
    """Yield who still has to be told, and whether the account has to be closed; no fact says that it has been."""
    for row in position.rows("told", situation):
        yield due(row, situation.flag("it_lead_told"), TOLD_OF_IT)
    for row in position.rows("closure", situation):
        yield due(row, False, CLOSED)


DECISION = Decision(
    "old-account",
    "An account with a link to the school is there from earlier: what has to happen to it?",
    FACTS,
    TABLES,
    rule,
    task=True,
)
