"""What may a post contain? What a policy says on it, and what it leaves unsaid, for every decision on saying something.

Silence is never read as a yes: where a post contains something the policy does not speak of, nothing else allows it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from quiz.decisions.findings import Wanted, agreed, permitted, refused
from quiz.facts import APPROVERS, CONTENTS, Choices, Situation
from quiz.positions import Field, Position, Row, Table
from quiz.rulings import NOT_COVERED, Finding, Step, strictest

PERMISSIONS = ("copyright-holder", "written-permission", "leader-agreed", "disclaimer", "credited")
WANTED = {
    "copyright-holder": Wanted(
        "copyright-holder",
        "The copyright holder has given permission.",
        "Ask the copyright holder for permission.",
    ),
    "written-permission": Wanted(
        "written-permission",
        "The permission the policy asks for has been given in writing.",
        "Ask for permission in writing.",
    ),
    "disclaimer": Wanted(
        "disclaimer",
        "A disclaimer says that you do not speak for your employer.",
        "Add a disclaimer that you do not speak for your employer.",
    ),
    "credited": Wanted("credited", "The author is named.", "Name the author."),
}
CONTAINS = Choices(
    "contains",
    "what is in it; a staff reference mentions a colleague, a colleague's detail is something private",
    CONTENTS,
    frozenset(CONTENTS),
)
_CONTAINS = {"contains": Field(CONTENTS, optional=True)}
_STEP = {"step": Field(optional=True)}
TABLES = (
    Table(
        "never",
        "What the policy speaks against, whoever agrees. A row applies where any of `contains` is in it, and one of "
        "`beside` as well; a row without them to anything.",
        {**_CONTAINS, "beside": Field(CONTENTS, optional=True)},
    ),
    Table(
        "needs",
        "What takes a permission: `of` says who has to agree where it is a leader, `condition` what has to be met.",
        {
            **_CONTAINS,
            "permission": Field(PERMISSIONS),
            "of": Field(APPROVERS, optional=True),
            "condition": Field(optional=True),
        },
    ),
    Table("care", "What the policy accepts, and the care it asks for.", {**_CONTAINS, **_STEP}),
    Table("unsettled", "What the policy comes near to but does not settle.", {**_CONTAINS, **_STEP}),
)


def said_on_contents(situation: Situation, position: Position, given: frozenset[str]) -> Iterator[Finding]:
    """Yield what the policy says on what a post contains and on the post itself, with the permissions given."""
    for row in _rows("never", situation, position):
        yield refused(row)
    for row in _rows("needs", situation, position):
        yield _needed(row, given)
    for row in _rows("care", situation, position):
        yield Finding("allowed", row.cites.ids, steps=_care(row), note=row.note)
    for row in _rows("unsettled", situation, position):
        yield Finding(NOT_COVERED, (), steps=_care(row), note=row.note)


def unspoken(situation: Situation, position: Position) -> tuple[str, ...]:
    """Return what the post contains and no row settles, in the order of CONTENTS."""
    spoken = {
        one
        for table in ("never", "needs", "care")
        for row in _rows(table, situation, position)
        for one in row.words("contains")
    }
    return tuple(one for one in CONTENTS if one in situation.choices("contains") - spoken)


def unless_silent(findings: Iterable[Finding], silences: tuple[str, ...]) -> Iterator[Finding]:
    """Yield the findings, but no consent where the policy is silent on something; name what it is silent on."""
    found = tuple(findings)
    if silences and strictest(one.verdict for one in found) in ("allowed", NOT_COVERED):
        found = tuple(replace(one, verdict=NOT_COVERED, because=()) for one in found)
    yield from found
    if silences:
        named = ", ".join(one.replace("-", " ") for one in silences)
        yield Finding(NOT_COVERED, (), note=f"The policy does not speak of this: {named}.")


def _rows(table: str, situation: Situation, position: Position) -> Iterator[Row]:
    contains = situation.choices("contains")
    for row in position.rows(table, situation):
        named = (row.words("contains"), row.words("beside"))
        if all(not words or contains.intersection(words) for words in named):
            yield row


def _needed(row: Row, given: frozenset[str]) -> Finding:
    permission = row.word("permission")
    if permission == "leader-agreed":
        return agreed(row, permission in given, "Ask for agreement before you publish it.")
    what = WANTED[permission]
    for condition in row.words("condition"):
        what = replace(what, condition=condition)
    return permitted(row, permission in given, what)


def _care(row: Row) -> tuple[Step, ...]:
    return tuple(Step(step, row.cites.first, key="care") for step in row.words("step"))
