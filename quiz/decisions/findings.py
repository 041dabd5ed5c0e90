"""What a row of a position means for the person who asks: it refuses, accepts, asks first, or wants something."""

from dataclasses import dataclass

from quiz.positions import Row
from quiz.rulings import Condition, Finding, Step


@dataclass(frozen=True)
class Wanted:
    """Something a policy may want: its short name for scenarios, the condition in words, and the step that meets it."""

    key: str
    condition: str
    step: str


def refused(row: Row) -> Finding:
    """Return that the row speaks against it: forbidden or advised against, as the strictest of its wordings has it."""
    return Finding(row.cites.refusal, row.cites.ordered, note=row.note or row.cites.at_odds)


def accepted(row: Row) -> Finding:
    """Return that the row has no objection."""
    return Finding("allowed", row.cites.ids, note=row.note)


def wanted(row: Row, met: bool, what: Wanted, short: str = "allowed") -> Finding:
    """Return what follows where the row wants something: a condition if it says must, a step if it says should.

    `short` is the verdict where only a "should" is missing: `allowed` where the question is whether somebody may,
    `advised-against` where it is what has to be done.
    """
    if met:
        return Finding("allowed", row.cites.ids)
    step = Step(what.step, row.cites.first, key=what.key)
    if row.cites.advisory:
        return Finding(short, row.cites.ids, steps=(step,), note=row.note)
    condition = Condition(what.key, what.condition, row.cites.first)
    return Finding("allowed-if", row.cites.ids, (condition,), note=row.note)
