"""A journalist or an outside agency asks me for comment: may I answer?"""

from collections.abc import Iterator

from quiz.decisions.decision import Decision
from quiz.decisions.findings import Wanted, wanted
from quiz.facts import TOLD, Flag, Situation
from quiz.positions import Field, Position, Row, Table
from quiz.rulings import Condition, Finding, Step

WRITTEN = Wanted("in-writing", "The approval is in writing.", "Get the approval in writing.")
FACTS = (
    Flag("authorised", "whether somebody who may has approved that you answer", False),
    Flag("in_writing", "whether that approval is in writing", False),
)
TABLES = (
    Table(
        "approval",
        "Why nobody answers without approval. The enquiry goes `to` a role whatever the approval: `step` in words, "
        "`passed_on` the provision.",
        {"to": Field(TOLD), "step": Field(), "passed_on": Field(kind="ref")},
    ),
    Table("written", "Why the approval has to be in writing."),
)


def rule(situation: Situation, position: Position) -> Iterator[Finding]:
    """Yield whether approval is missing, and whether it is in writing where the policy wants that."""
    authorised = situation.flag("authorised")
    for row in position.rows("approval", situation):
        yield _approval(row, authorised, position.trust)
    for row in position.rows("written", situation):
        yield wanted(row, authorised and situation.flag("in_writing"), WRITTEN)


def _approval(row: Row, given: bool, trust: str) -> Finding:
    """Return whether approval is missing, and to whom the enquiry goes; that is a duty with approval and without."""
    to = row.word("to")
    told = (Step(row.word("step"), f"{trust}/{row.word('passed_on')}", to=to, key=f"tell-{to}"),)
    if given:
        return Finding("allowed", row.cites.ids, steps=told)
    advice = row.cites.refusal == "advised-against"
    unmet = () if advice else (Condition("approval", "Your answer has been approved.", row.cites.first),)
    return Finding("advised-against" if advice else "ask-first", row.cites.ids, unmet, told, row.note)


DECISION = Decision(
    "speak-to-press", "A journalist or an outside agency asks me for comment: may I answer?", FACTS, TABLES, rule
)
