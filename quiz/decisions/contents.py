"""What may a post contain? What a policy says on it, and what it leaves unsaid, for every decision on saying something.

Silence is never read as a yes: where a post contains something the policy does not speak of, nothing else allows it.
"""

from collections.abc import Iterable, Iterator, Mapping
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
IN_WORDS = {
    "pupil-image": "a picture of a pupil",
    "pupil-name": "a pupil's name",
    "exam-result": "exam results",
    "negative-performance": "that somebody did badly",
    "staff-reference": "a mention of a colleague",
    "colleague-detail": "something private about a colleague",
    "confidential": "confidential information",
    "not-yet-public": "news that is not public yet",
    "sensitive-personal-data": "sensitive personal data",
    "third-party-material": "other people's material",
    "logo": "a logo or crest",
    "political": "politics",
    "religious": "religion",
    "commercial": "advertising",
    "personal-gain": "personal gain",
    "chain-letter": "chain letters",
    "controversial": "something people argue about",
    "external-link": "links to other sites",
    "solicits-views": "asking people what they think",
    "offensive": "something offensive",
    "defamatory": "something that harms a good name",
    "personal-view": "your own opinion",
    "complaint-about-work": "a complaint about work",
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


def judged(
    situation: Situation, position: Position, given: frozenset[str], beside: Iterable[Finding]
) -> Iterator[Finding]:
    """Yield the findings `beside`, what the policy says on what a post contains, and what it leaves unsaid.

    `given` are the permissions given. Where the policy is silent on something, nothing consents to the rest.
    """
    contains = situation.choices("contains")
    rows = {table.name: _rows(table.name, contains, situation, position) for table in TABLES}
    beside = tuple(beside)
    # What has been met already is no reason to name before what the post contains.
    found = (
        *(one for one in beside if one.verdict != "allowed"),
        *_said(rows, given),
        *(one for one in beside if one.verdict == "allowed"),
    )
    silences = _unspoken(rows, contains)
    if silences and strictest(one.verdict for one in found) in ("allowed", NOT_COVERED):
        found = tuple(one._replace(verdict=NOT_COVERED, because=()) for one in found)
    yield from found
    if silences:
        named = ", ".join(IN_WORDS[one] for one in silences)
        yield Finding(NOT_COVERED, (), note=f"The policy does not speak of this: {named}.")


def _rows(table: str, contains: frozenset[str], situation: Situation, position: Position) -> list[Row]:
    rows = position.tables.get(table, ())
    return [row for row in rows if _speaks_of(row, contains) and row.applies(situation)]


def _speaks_of(row: Row, contains: frozenset[str]) -> bool:
    named, beside = row.fields.get("contains"), row.fields.get("beside")
    return not (named and contains.isdisjoint(named)) and not (beside and contains.isdisjoint(beside))


def _said(rows: Mapping[str, list[Row]], given: frozenset[str]) -> Iterator[Finding]:
    for row in rows["never"]:
        yield refused(row)
    for row in rows["needs"]:
        yield _needed(row, given)
    for row in rows["care"]:
        yield Finding("allowed", row.cites.ids, steps=_care(row), note=row.note)
    for row in rows["unsettled"]:
        yield Finding(NOT_COVERED, (), steps=_care(row), note=row.note)


def _unspoken(rows: Mapping[str, list[Row]], contains: frozenset[str]) -> list[str]:
    """Return what the post contains and no row settles, in the order of CONTENTS."""
    settling = (*rows["never"], *rows["needs"], *rows["care"])
    unspoken = contains.difference(*(row.words("contains") for row in settling))
    return [one for one in CONTENTS if one in unspoken] if unspoken else []


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
