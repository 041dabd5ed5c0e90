"""Do I look after the account as I have to?"""

from collections.abc import Iterator

from quiz.decisions.decision import Decision
from quiz.decisions.findings import Wanted, due, holders_wanted
from quiz.facts import ACCOUNTS, PLATFORMS, Choice, Number, Situation
from quiz.positions import Field, Position, Table
from quiz.rulings import NOT_COVERED, Finding

FACTS = (
    Choice("account", "the kind of account", "department", ACCOUNTS),
    Choice("platform", "where the account is", "x", PLATFORMS),
    Number("posts_last_week", "how many posts went out on it in the last week", 0, 0, 999),
    Number("days_unmonitored", "how many days nobody has checked it", 365, 0, 999),
    Number("holders", "how many people hold the account", 0, 0, 99),
)
TABLES = (
    Table(
        "given_up",
        "Accounts that are not to be kept: what to do, and what is then so.",
        {"step": Field(), "then": Field()},
    ),
    Table("posts", "How many posts a week an account wants.", {"number": Field(kind="number")}),
    Table(
        "checking",
        "How many days at most an account may go without a check, and how it is to be checked.",
        {"number": Field(kind="number"), "step": Field()},
    ),
    Table("holders", "How many people have to hold the account.", {"number": Field(kind="number")}),
    Table("unclear", "Accounts of which the policy does not say how they are looked after; it decides nothing."),
)


def rule(situation: Situation, position: Position) -> Iterator[Finding]:
    """Yield whether the account is to be kept at all, then what is left undone in posts, checks and holders."""
    for row in position.rows("given_up", situation):
        yield due(row, False, Wanted("given-up", row.word("then"), row.word("step")))
    for row in position.rows("posts", situation):
        number = int(row.word("number"))
        yield due(row, situation.number("posts_last_week") >= number, _posts(number))
    for row in position.rows("checking", situation):
        in_time = situation.number("days_unmonitored") <= int(row.word("number"))
        checked = Wanted("checking", "The account is checked regularly and frequently.", row.word("step"))
        yield due(row, in_time, checked)
    for row in position.rows("holders", situation):
        number = int(row.word("number"))
        yield due(row, situation.number("holders") >= number, holders_wanted(number))
    for row in position.rows("unclear", situation):
        yield Finding(NOT_COVERED, (), note=row.note)


def _posts(number: int) -> Wanted:
    often = {1: "once", 2: "twice"}.get(number, f"{number} times")
    return Wanted("posts", f"The account is updated {often} a week.", f"Update the account at least {often} a week.")


DECISION = Decision("keep-account", "Do I look after the account as I have to?", FACTS, TABLES, rule, task=True)
