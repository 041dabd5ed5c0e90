"""May I publish this?"""

from collections.abc import Iterator

from quiz.decisions import contents
from quiz.decisions.decision import Decision
from quiz.decisions.findings import Wanted, agreed, wanted
from quiz.facts import ACCOUNTS, APPROVERS, EQUIPMENT, PLATFORMS, Choice, Choices, Flag, Situation
from quiz.positions import Field, Position, Row, Table
from quiz.rulings import NOT_COVERED, Finding

FACTS = (
    Choice("account", "the account it would be published on", "school-official", ACCOUNTS),
    Choice("platform", "the platform", "whatsapp", PLATFORMS),
    Choice("equipment", "what you would publish it with", "personal", EQUIPMENT),
    Flag("authorised", "whether those who have to agree that you post on this account have agreed", False),
    Flag("hold_active", "whether posting is paused", True),
    contents.CONTAINS,
    Choices("permissions", "what has been given or done for it", contents.PERMISSIONS),
)
TABLES = (
    Table(
        "authority",
        "Why you have to be authorised: any one of `of` agrees; without it, only those the provisions name publish.",
        {"of": Field(APPROVERS, optional=True)},
    ),
    Table("equipment", "Why it has to be published with the organisation's equipment."),
    *contents.TABLES,
)
NAMED_OPERATOR = Wanted(
    "named-operator",
    "The person who publishes is one of those whom the policy names for this account.",
    "Leave it to those the policy names.",
)
OWN_EQUIPMENT = Wanted(
    "own-equipment",
    "It is published with the organisation's equipment, not your own.",
    "Publish it with the organisation's equipment.",
)


def rule(situation: Situation, position: Position) -> Iterator[Finding]:
    """Yield what stands against the post, what it needs and what the policy leaves unsaid on it."""
    yield from contents.judged(
        situation, position, situation.choices("permissions"), beside=_authorised(situation, position)
    )
    if situation.flag("hold_active") and not _speaks_of_pauses(situation, position):
        yield Finding(NOT_COVERED, (), note="The policy does not speak of a pause in posting.")


def _speaks_of_pauses(situation: Situation, position: Position) -> bool:
    return any("hold_active" in row.when for row in position.rows("never", situation))


def _authorised(situation: Situation, position: Position) -> Iterator[Finding]:
    for row in position.rows("authority", situation):
        yield _authority(row, situation.flag("authorised"))
    for row in position.rows("equipment", situation):
        yield wanted(row, situation.choice("equipment") == "organisation", OWN_EQUIPMENT)


def _authority(row: Row, authorised: bool) -> Finding:
    if row.words("of"):
        return agreed(row, authorised, "Ask for agreement before you publish on this account.")
    return wanted(row, authorised, NAMED_OPERATOR)


DECISION = Decision("publish-post", "May I publish this?", FACTS, TABLES, rule)
