"""A message passes between me and a pupil: may it, and what do I do?"""

from collections.abc import Iterator

from quiz.decisions.decision import Decision
from quiz.decisions.findings import Wanted, owed, refused
from quiz.facts import ACCOUNTS, TOLD, Choice, Flag, Situation
from quiz.positions import Field, Position, Row, Table
from quiz.rulings import NOT_COVERED, Finding, Step

ACTS = {
    "report": Wanted("report", "What the pupil sent has been reported.", "Report what the pupil sent."),
    "block": Wanted("block", "The pupil's unwanted messages are blocked.", "Block the pupil's messages."),
}
FACTS = (
    Choice(
        "direction",
        "from-pupil: a pupil wrote, may you answer? to-pupil: you write first; reply: you answer; tag: you tag a pupil",
        "from-pupil",
        ("from-pupil", "to-pupil", "reply", "tag"),
    ),
    Choice("visibility", "who else can read it", "direct", ("direct", "public", "private-class-account")),
    Choice("account", "your side's account", "personal", ACCOUNTS),
    Flag("unwanted", "whether you do not want the pupil's messages", True),
)
TABLES = (
    Table(
        "barred",
        "Messages the policy speaks against; `instead` is what it wants in their place.",
        {"instead": Field(optional=True)},
    ),
    Table("permitted", "Messages the policy accepts, and what it wants considered first.", {"first": Field()}),
    Table("care", "What the policy asks to be careful about without deciding the question.", {"step": Field()}),
    Table(
        "duty",
        "What has to be done about a pupil's message, whether or not it may be answered.",
        {"act": Field(tuple(ACTS)), "to": Field(TOLD, optional=True)},
    ),
)


def rule(situation: Situation, position: Position) -> Iterator[Finding]:
    """Yield what bars the message and what permits it, then what has to be done in any case."""
    for row in position.rows("barred", situation):
        yield _barred(row)
    for row in position.rows("permitted", situation):
        first = Step(row.word("first"), row.cites.ids[-1], key="consider")
        yield Finding("allowed", row.cites.ids, steps=(first,), note=row.note)
    for row in position.rows("duty", situation):
        yield owed(row, ACTS[row.word("act")])
    for row in position.rows("care", situation):
        care = Step(row.word("step"), row.cites.first, key="care")
        yield Finding(NOT_COVERED, (), steps=(care,), note=row.note)


def _barred(row: Row) -> Finding:
    """Return the refusal, with what the policy wants instead."""
    refusal = refused(row)
    steps = tuple(Step(does, row.cites.first, key="instead") for does in row.words("instead"))
    return Finding(refusal.verdict, refusal.because, steps=steps, note=refusal.note)


DECISION = Decision(
    "message-pupil", "A message passes between me and a pupil: may it, and what do I do?", FACTS, TABLES, rule
)
