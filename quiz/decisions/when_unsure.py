"""I am not sure what is right: what do I do?"""

from collections.abc import Iterator

from quiz.decisions.decision import Decision
from quiz.decisions.findings import Wanted, due
from quiz.facts import TOLD, Choice, Flag, Situation
from quiz.positions import Field, Position, Table
from quiz.rulings import Finding, Step

FACTS = (
    Choice(
        "doubt",
        "what you are unsure of: a post, a reply, whether to mention a person, how to use a platform, what the policy "
        "means, or a case the policy leaves open",
        "post",
        ("post", "reply", "person", "platform", "meaning", "open-case"),
    ),
    Flag("asked", "whether you have asked, and have had an answer", False),
)
TABLES = (
    Table(
        "ask",
        "Why you ask before you go on, and whom; `step` in the trust's own words.",
        {"to": Field(TOLD, optional=True), "step": Field(optional=True)},
    ),
    Table("judge", "What else counts where nobody can decide for you.", {"step": Field()}),
)
ADVICE = Wanted("advice", "You have asked, and have had an answer.", "Ask for advice before you go on.")


def rule(situation: Situation, position: Position) -> Iterator[Finding]:
    """Yield whom to ask while nobody has been asked, and what is left to your own judgement."""
    for row in position.rows("ask", situation):
        yield due(row, situation.flag("asked"), ADVICE)
    for row in position.rows("judge", situation):
        step = Step(row.word("step"), row.cites.first, key="judge")
        yield Finding("allowed", row.cites.ids, steps=(step,), note=row.note)


DECISION = Decision("when-unsure", "I am not sure what is right: what do I do?", FACTS, TABLES, rule, task=True)
