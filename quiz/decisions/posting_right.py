"""May this person post on this account today? The register's gate."""

from collections.abc import Iterator

from quiz.decisions.decision import Decision
from quiz.decisions.findings import Wanted, agreed, holders_wanted, refused, wanted
from quiz.facts import ACCOUNTS, APPROVERS, ROLES, Choice, Choices, Flag, Number, Situation
from quiz.positions import Field, Position, Table
from quiz.rulings import Finding

FACTS = (
    Choice("account", "the kind of account", "trust-official", ACCOUNTS),
    Choice("role", "the person's role", "volunteer", ROLES),
    Flag("training_current", "whether the person's training is passed and has not expired", False),
    Choices("approvals", "who has agreed, by role", APPROVERS),
    Number("named_holders", "how many people are named as holders of the account", 0, 0, 99),
    Flag("hold_active", "whether posting is paused", True),
    Flag("has_left", "whether the person has left", True),
    Flag("policy_read", "whether the person has read the policy", False),
)
TABLES = (
    Table("closed", "Accounts on which nobody is to post."),
    Table("leaver", "Why somebody who has left may not post."),
    Table("hold", "Who may pause posting, or whose approval a pause suspends."),
    Table("approval", "Whose agreement is needed: any one of `of`.", {"of": Field(APPROVERS)}),
    Table("operators", "Who runs the account, where the policy names them.", {"roles": Field(ROLES)}),
    Table("training", "Why training is needed first."),
    Table("reading", "Why the policy has to be read first."),
    Table("holders", "How many people have to be named as holders.", {"number": Field(kind="number")}),
)


NAMED_OPERATOR = Wanted(
    "named-operator",
    "The person is one of those the policy names to run this account.",
    "Leave it to those the policy names.",
)
TRAINING = Wanted("training", "The training is passed and has not expired.", "Take the training.")
POLICY_READ = Wanted("policy-read", "The policy has been read.", "Read the policy.")


def rule(situation: Situation, position: Position) -> Iterator[Finding]:
    """Yield everything that keeps the person from posting, and what the policy asks for and has got.

    A personal account needs no right, so there is nothing to say on it here.
    """
    if situation.choice("account") == "personal":
        return
    for row in position.rows("closed", situation):
        yield refused(row)
    if situation.flag("has_left"):
        yield from (Finding("forbidden", row.cites.ids, note=row.note) for row in position.rows("leaver", situation))
    if situation.flag("hold_active"):
        yield from (Finding("forbidden", row.cites.ids, note=row.note) for row in position.rows("hold", situation))
    for row in position.rows("approval", situation):
        given = not situation.choices("approvals").isdisjoint(row.words("of"))
        yield agreed(row, given, "Ask for agreement before you post.")
    for row in position.rows("operators", situation):
        yield wanted(row, situation.choice("role") in row.words("roles"), NAMED_OPERATOR)
    for row in position.rows("training", situation):
        yield wanted(row, situation.flag("training_current"), TRAINING)
    for row in position.rows("reading", situation):
        yield wanted(row, situation.flag("policy_read"), POLICY_READ)
    for row in position.rows("holders", situation):
        number = int(row.word("number"))
        yield wanted(row, situation.number("named_holders") >= number, holders_wanted(number))


DECISION = Decision("posting-right", "May this person post on this account today?", FACTS, TABLES, rule)
