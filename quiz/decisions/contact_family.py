"""May I deal with a family on school business by this e-mail address or phone?"""

from collections.abc import Iterator

from quiz.decisions.decision import Decision
from quiz.decisions.findings import Wanted, accepted, agreed, wanted
from quiz.facts import APPROVERS, Choice, Flag, Situation
from quiz.positions import Field, Position, Table
from quiz.rulings import Finding

FACTS = (
    Choice("direction", "who begins", "to-family", ("to-family", "from-family")),
    Choice(
        "means",
        "what would be used",
        "personal-email",
        ("organisation-email", "organisation-phone", "personal-email", "personal-phone"),
    ),
    Flag("approved", "whether whoever may has approved it beforehand for cases like this", False),
)
TABLES = (
    Table("official_only", "What has to go through an e-mail account of the organisation, whoever agrees."),
    Table("approval", "What is not to be used unless one of the roles in `of` agreed first.", {"of": Field(APPROVERS)}),
    Table("permitted", "What the policy accepts."),
)
OFFICIAL = Wanted(
    "official-email",
    "It goes through an e-mail account of the organisation.",
    "Use an e-mail account of the organisation.",
)


def rule(situation: Situation, position: Position) -> Iterator[Finding]:
    """Yield what has to go through the organisation's e-mail, what takes approval, and what is accepted."""
    for row in position.rows("official_only", situation):
        yield wanted(row, situation.choice("means") == "organisation-email", OFFICIAL)
    for row in position.rows("approval", situation):
        yield agreed(row, situation.flag("approved"), "Ask for approval before you use it.")
    for row in position.rows("permitted", situation):
        yield accepted(row)


DECISION = Decision(
    "contact-family",
    "May I deal with a family on school business by this e-mail address or phone?",
    FACTS,
    TABLES,
    rule,
)
