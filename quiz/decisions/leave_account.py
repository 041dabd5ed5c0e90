"""I run an account and am leaving: what has to happen?"""

from collections.abc import Iterator

from quiz.decisions.decision import Decision
from quiz.decisions.findings import Wanted, due
from quiz.facts import Flag, Number, Situation
from quiz.positions import Field, Position, Row, Table
from quiz.rulings import Finding, Step

FACTS = (
    Number("days_to_leaving", "days until your last day; 0 on the day itself, less than 0 after it", 0, -365, 999),
    Flag("login_handed_over", "whether the login details have been handed over", False),
    Flag("successor_named", "whether somebody is named to run the account after you", False),
    Flag("account_stays", "whether the account is to stay live", False),
)
TABLES = (
    Table("login", "Why the login has to be handed over, and by when.", {"by": Field(optional=True)}),
    Table("successor", "What is wanted of whoever runs the account next."),
    Table("deletion", "Accounts that are to be deleted."),
    Table("arrangements", "What else is to be seen to when an account is left.", {"step": Field()}),
)

LOGIN = Wanted("login", "The login details have been handed over.", "Hand over the login details.")
SUCCESSOR = Wanted(
    "successor",
    "A new administrator is named and changes the password.",
    "Have a new administrator named, who then changes the password.",
)
DELETION = Wanted("deletion", "The account has been deleted.", "Delete the account.")


def rule(situation: Situation, position: Position) -> Iterator[Finding]:
    """Yield what is left to do about the login, the next administrator, and the account itself.

    No fact says whether the account has been deleted or the password changed: both still stand as things to do.
    """
    for row in position.rows("login", situation):
        yield due(row, situation.flag("login_handed_over"), LOGIN)
    for row in position.rows("successor", situation):
        yield _succession(row, situation.flag("successor_named"))
    for row in position.rows("deletion", situation):
        yield due(row, False, DELETION)
    for row in position.rows("arrangements", situation):
        step = Step(row.word("step"), row.cites.first, key="arrangements")
        yield Finding("allowed", row.cites.ids, steps=(step,), note=row.note)


def _succession(row: Row, named: bool) -> Finding:
    """Return that a new administrator is missing, or what is left for the one who is named."""
    if not named:
        return due(row, False, SUCCESSOR)
    step = Step("Have the new administrator change the password.", row.cites.first, key="new-password")
    return Finding("allowed", row.cites.ids, steps=(step,))


DECISION = Decision(
    "leave-account", "I run an account and am leaving: what has to happen?", FACTS, TABLES, rule, task=True
)
