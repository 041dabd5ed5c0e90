"""What a row of a position means for the person who asks: it refuses, accepts, asks first, or wants something."""

from collections.abc import Iterable
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


def due(row: Row, done: bool, what: Wanted) -> Finding:
    """Return what is left to do, if anything, where the question is what to do (see `owed`)."""
    return Finding("allowed", row.cites.ids) if done else owed(row, what)


def holders_wanted(number: int) -> Wanted:
    """Return that an account wants so many people who hold it."""
    return Wanted(
        "holders",
        f"At least {number} people are named as holders of the account.",
        f"Have {number} people named as holders.",
    )


def to_do(row: Row, what: Wanted) -> tuple[Step, ...]:
    """Return what the row wants done, once for each role in its `to`; its own words (`step`) and deadline count.

    The key is `tell-<role>` where somebody is to be told, else that of what is wanted.
    """
    does = row.words("step")[0] if row.words("step") else what.step
    by = row.words("by")[0] if row.words("by") else None
    told = tuple(Step(does, row.cites.first, to, by, f"tell-{to}") for to in row.words("to"))
    return told or (Step(does, row.cites.first, by=by, key=what.key),)


def owed(row: Row, what: Wanted) -> Finding:
    """Return a duty still to be done and how: a condition too if the row says must, only advice if it says should."""
    return wanted(row, False, what, "advised-against")._replace(steps=to_do(row, what))


def permitted(row: Row, given: bool, what: Wanted) -> Finding:
    """Return what follows where the row speaks against something unless somebody permits it.

    What it forbids, or makes depend on a must, becomes a condition; what it only advises against stays so, with a step.
    """
    if given or row.cites.has("must") or row.cites.has("must-not") or not row.cites.has("should-not"):
        return wanted(row, given, what)
    step = Step(what.step, row.cites.first, key=what.key)
    return Finding("advised-against", row.cites.ordered, steps=(step,), note=row.note)


def agreed(row: Row, given: bool, does: str) -> Finding:
    """Return what follows where one of the roles in `of` has to agree: the first of them is asked before anything else.

    Where the policy only advises against going without, it is better not done without.
    """
    if given:
        return Finding("allowed", row.cites.ids)
    ask = (Step(does, row.cites.first, to=row.word("of")),)
    if row.cites.has("should-not"):
        return Finding("advised-against", row.cites.ids, steps=ask, note=row.note)
    unmet = (Condition("approval", f"The {whose(row.words('of'))} has agreed.", row.cites.first),)
    return Finding("ask-first", row.cites.ids, unmet, ask, row.note)


def whose(roles: Iterable[str]) -> str:
    """Return roles in words, to stand after "the"."""
    return " or the ".join(_NAMES.get(role, role.replace("-", " ")) for role in roles)


_NAMES = {"it-lead": "IT lead", "headteacher": "Headteacher"}
