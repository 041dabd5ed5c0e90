"""May I use my own phone or computer?"""

from collections.abc import Iterator

from quiz.decisions.decision import Decision
from quiz.decisions.findings import accepted, refused
from quiz.facts import EQUIPMENT, Choice, Situation
from quiz.positions import Field, Position, Row, Table
from quiz.rulings import Finding, Step

FACTS = (
    Choice("task", "what you would do with it", "post", ("post", "photograph")),
    Choice("equipment", "whose equipment it is", "personal", EQUIPMENT),
)
TABLES = (
    Table(
        "organisation_only",
        "What is to be done with the organisation's equipment only; `device_from` is a provision on getting some.",
        {"device_from": Field(kind="ref", optional=True)},
    ),
)


def rule(situation: Situation, position: Position) -> Iterator[Finding]:
    """Yield, for everything that takes the organisation's equipment, whether this is it."""
    for row in position.rows("organisation_only", situation):
        if situation.choice("equipment") == "organisation":
            yield accepted(row)
        else:
            yield from _own_equipment(row, position.trust)


def _own_equipment(row: Row, trust: str) -> Iterator[Finding]:
    """Yield the refusal of your own equipment, and whom to ask for some of the organisation's."""
    yield refused(row)
    for ref in row.words("device_from"):
        ask = Step("Ask for a device of the organisation.", f"{trust}/{ref}", to="headteacher", key="ask-for-device")
        yield Finding("not-covered", (), steps=(ask,))


DECISION = Decision("use-equipment", "May I use my own phone or computer?", FACTS, TABLES, rule)
