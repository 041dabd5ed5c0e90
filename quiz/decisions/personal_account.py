"""May I say this on my own account?"""

from collections.abc import Iterator

from quiz.decisions import contents
from quiz.decisions.decision import Decision
from quiz.decisions.findings import Wanted, wanted
from quiz.facts import Flag, Situation
from quiz.positions import Position, Table
from quiz.rulings import NOT_COVERED, Finding

FACTS = (
    Flag("mentions_employer", "whether the account or the post shows whom you work for", True),
    Flag("disclaimer", "whether a disclaimer says that you do not speak for your employer", False),
    Flag("uses_logo", "whether the account uses your employer's logo", True),
    contents.CONTAINS,
    Flag("excessive_in_work_time", "whether it is more than reasonable use in working time", True),
    Flag("anonymous", "whether nobody can tell who you are", True),
)
TABLES = (
    Table("reach", "Accounts the policy's rules bind, where it does not bind every account; any row is enough."),
    Table("named", "Why you have to say who you are."),
    *contents.TABLES,
)
NAMED = Wanted("named", "The post or the account says who you are.", "Say who you are.")
OUT_OF_REACH = "The policy's rules bind accounts that show a link with your employer; this one shows none."


def rule(situation: Situation, position: Position) -> Iterator[Finding]:
    """Yield what stands against saying it, what it needs and what is left unsaid; nothing out of the policy's reach."""
    if position.tables.get("reach") and not any(position.rows("reach", situation)):
        yield Finding(NOT_COVERED, (), note=OUT_OF_REACH)
        return
    given = frozenset({"disclaimer"} if situation.flag("disclaimer") else ())
    named = (wanted(row, not situation.flag("anonymous"), NAMED) for row in position.rows("named", situation))
    yield from contents.judged(situation, position, given, beside=named)


DECISION = Decision("personal-account", "May I say this on my own account?", FACTS, TABLES, rule)
