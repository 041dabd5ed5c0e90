"""Somebody suspects that I have broken the policy: what do I do?"""

from collections.abc import Iterator

from quiz.decisions.decision import Decision
from quiz.decisions.findings import Wanted, due
from quiz.facts import Choice, Flag, Situation
from quiz.positions import Field, Position, Table
from quiz.rulings import Finding

ACTS = {
    "cooperate": Wanted(
        "cooperate", "You have cooperated with the investigation.", "Cooperate with the investigation."
    ),
    "login": Wanted(
        "login", "You have handed over the login details.", "Hand over the login details you are asked for."
    ),
    "take-down": Wanted("take-down", "The post has been taken down.", "Take the post down."),
}
FACTS = (
    Choice(
        "request",
        "what you are asked for: answers to questions, a login, or to take down a post judged to break the policy",
        "login",
        ("answers", "login", "take-down"),
    ),
    Flag("done", "whether you have done so", False),
)
TABLES = (Table("duty", "What you have to do when you are asked.", {"act": Field(tuple(ACTS))}),)


def rule(situation: Situation, position: Position) -> Iterator[Finding]:
    """Yield what you owe an investigation, as long as you have not done it."""
    for row in position.rows("duty", situation):
        yield due(row, situation.flag("done"), ACTS[row.word("act")])


DECISION = Decision(
    "suspected-breach", "Somebody suspects that I have broken the policy: what do I do?", FACTS, TABLES, rule, task=True
)
