"""Something serious is happening: may I post, and how do urgent messages go out?"""

from collections.abc import Iterator

from quiz.decisions.decision import Decision
from quiz.decisions.findings import accepted, refused
from quiz.facts import ACCOUNTS, Choice, Flag, Situation
from quiz.positions import Field, Position, Table
from quiz.rulings import NOT_COVERED, Finding, Step

FACTS = (
    Flag("hold_active", "whether posting is paused", True),
    Choice("message", "what you want to post", "routine", ("routine", "urgent-closure")),
    Choice("account", "the account you would post it on", "trust-official", ACCOUNTS),
)
TABLES = (
    Table("pause", "Accounts on which posting stops during a pause, and may go on without one."),
    Table("channel", "How an urgent message goes out, wherever else it is posted.", {"step": Field()}),
    Table("posted_too", "Accounts on which an urgent message is posted as well.", {"step": Field()}),
)


def rule(situation: Situation, position: Position) -> Iterator[Finding]:
    """Yield whether a pause stops the post, and for an urgent message the ways the policy names."""
    for row in position.rows("pause", situation):
        yield refused(row) if situation.flag("hold_active") else accepted(row)
    if situation.choice("message") != "urgent-closure":
        return
    for row in position.rows("channel", situation):
        step = Step(row.word("step"), row.cites.first, key="channel")
        yield Finding(NOT_COVERED, (), steps=(step,), note=row.note)
    for row in position.rows("posted_too", situation):
        step = Step(row.word("step"), row.cites.first, key="posted-too")
        yield Finding("allowed", row.cites.ids, steps=(step,), note=row.note)


DECISION = Decision(
    "post-on-hold",
    "Something serious is happening: may I post, and how do urgent messages go out?",
    FACTS,
    TABLES,
    rule,
)
