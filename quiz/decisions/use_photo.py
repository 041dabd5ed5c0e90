"""May I publish this photograph or video of a pupil?"""

from collections.abc import Iterator

from quiz.decisions.decision import Decision
from quiz.decisions.findings import refused
from quiz.facts import ACCOUNTS, EQUIPMENT, Choice, Choices, Flag, Number, Situation
from quiz.positions import Field, Position, Row, Table
from quiz.rulings import Condition, Finding, Step

CONSENT = {
    "parent": "A parent or carer has agreed.",
    "pupil": "The pupil has agreed.",
    "either": "The pupil, or a parent or carer, has agreed.",
}
FACTS = (
    Number("year_group", "the pupil's year: -1 nursery, 0 reception, 1 to 13", 7, -1, 13),
    Choices("consents", "who has agreed", ("parent", "pupil")),
    Flag("pupil_cannot_decide", "whether the pupil cannot consent, or a parent has the right to decide", True),
    Flag("on_do_not_publish_list", "whether the pupil is on the list of children not to be shown", True),
    Flag("objected", "whether somebody pictured has asked not to be", True),
    Flag("named_with_photo", "whether the pupil's name stands with the picture", True),
    Choice("account", "the account it would be published on", "personal", ACCOUNTS),
    Choice("equipment", "what it was taken with", "personal", EQUIPMENT),
    Flag("dignified", "whether the pupil is suitably dressed and nobody would mock the picture", False),
)
TABLES = (
    Table(
        "consent",
        "Whose agreement a picture needs; every row that applies counts. `either` is met by one of the two. `ask_with` "
        "is a provision on how to ask.",
        {"needs": Field(tuple(CONSENT)), "ask_with": Field(kind="ref", optional=True)},
    ),
    Table("never", "What rules a picture out, or what the policy advises against, whoever agrees."),
    Table("care", "What the policy asks to be careful about without ruling it out.", {"step": Field(optional=True)}),
    Table(
        "equipment",
        "What a picture has to be taken with; `device_from` is a provision on getting one.",
        {"device_from": Field(kind="ref", optional=True)},
    ),
)


def rule(situation: Situation, position: Position) -> Iterator[Finding]:
    """Yield what rules the picture out, then the consents and the equipment it needs, then what to be careful about."""
    for row in position.rows("never", situation):
        yield refused(row)
    for row in position.rows("consent", situation):
        yield _consent(row, situation.choices("consents"), position.trust)
    for row in position.rows("equipment", situation):
        yield _equipment(row, situation.choice("equipment") == "organisation", position.trust)
    for row in position.rows("care", situation):
        steps = tuple(Step(step, row.cites.first, key="care") for step in row.words("step"))
        yield Finding("allowed", (), steps=steps, note=row.note)


def _consent(row: Row, given: frozenset[str], trust: str) -> Finding:
    """Return which of the consents a row asks for are missing; none missing stands in nobody's way."""
    missing = [one for one in row.words("needs") if (one not in given if one != "either" else not given)]
    if not missing:
        return Finding("allowed", row.cites.ids, note=row.note)
    how = tuple(Step("Ask for consent on the form.", f"{trust}/{ref}") for ref in row.words("ask_with"))
    if row.cites.advisory:
        return Finding("allowed", row.cites.ids, steps=how, note=row.note)
    unmet = tuple(Condition(f"{one}-consent", CONSENT[one], row.cites.first) for one in missing)
    return Finding("allowed-if", row.cites.ids, unmet, how, row.note)


def _equipment(row: Row, owned: bool, trust: str) -> Finding:
    """Return whether the picture was taken with the organisation's equipment, and where to get some if not."""
    if owned:
        return Finding("allowed", row.cites.ids)
    unmet = (
        Condition("own-equipment", "It is taken with the organisation's equipment, not your own.", row.cites.first),
    )
    steps = tuple(
        Step("Take it again with a device of the organisation; ask for one.", f"{trust}/{ref}", to="headteacher")
        for ref in row.words("device_from")
    )
    return Finding("allowed-if", row.cites.ids, unmet, steps, row.note)


DECISION = Decision("use-photo", "May I publish this photograph or video of a pupil?", FACTS, TABLES, rule)
