"""May I share somebody else's material?"""

from collections.abc import Iterator

from quiz.decisions.decision import Decision
from quiz.decisions.findings import Wanted, permitted, wanted
from quiz.facts import Choice, Flag, Situation
from quiz.positions import Field, Position, Table
from quiz.rulings import NOT_COVERED, Finding, Step

FACTS = (
    # The organisation's material is the stricter case where a policy guards that more firmly than other people's.
    Choice("owner", "whose material it is", "organisation", ("own", "third-party", "organisation")),
    Flag("permission", "whether its owner has permitted it, in writing if the policy says so", False),
    Flag("credited", "whether the author is named", False),
)
TABLES = (
    Table("permission", "Whose material takes permission."),
    Table("credit", "Whose material takes naming the author."),
    Table("unsettled", "What the policy comes near to and does not settle.", {"step": Field(optional=True)}),
)
PERMISSION = Wanted("permission", "The owner has given permission.", "Ask the owner for permission.")
CREDIT = Wanted("credited", "The author is named.", "Name the author.")


def rule(situation: Situation, position: Position) -> Iterator[Finding]:
    """Yield the permission and the naming that sharing takes, and what the policy does not settle."""
    for row in position.rows("permission", situation):
        yield permitted(row, situation.flag("permission"), PERMISSION)
    for row in position.rows("credit", situation):
        yield wanted(row, situation.flag("credited"), CREDIT)
    for row in position.rows("unsettled", situation):
        steps = tuple(Step(step, row.cites.first, key="care") for step in row.words("step"))
        yield Finding(NOT_COVERED, (), steps=steps, note=row.note)


DECISION = Decision("reuse-material", "May I share somebody else's material?", FACTS, TABLES, rule)
