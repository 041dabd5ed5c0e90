"""/manage/completions/: who is missing, overdue or expiring, and the same list to print and to take away?"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Response
from sqlalchemy.orm import Session

from quiz import spreadsheets
from quiz.courses import Course
from quiz.facts import ROLES
from register import accounts, completion_list, events, proofs, schools, signatures
from register.completion_list import COLUMNS, FILTERS, OF_NO_SCHOOL, SORTS, Listed, Row, Wanted
from register.days import day_of, moment_in_words
from register.desk import AtDesk, Desk
from register.doorway import LARGEST_ID, AManager, Visitor
from register.pages.page import page
from register.scope import Action, Reach
from register.workbooks import as_xlsx

router = APIRouter(include_in_schema=False)

ON_A_PAGE = 50
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def asked(status: str = "", school: str = "", role: str = "", account: str = "", sort: str = "") -> Wanted:
    """Return what a query string asks for; whatever does not exist is as if it had not been said."""
    return Wanted(
        status if status in FILTERS else completion_list.EVERYONE,
        _number(school),
        role if role in ROLES else "",
        _number(account) or None,
        sort if sort in SORTS else completion_list.BY_NEED,
    )


Asked = Annotated[Wanted, Depends(asked)]


@dataclass(frozen=True)
class Choices:
    """What somebody can filter by: the schools and accounts within their reach, by id."""

    schools: Mapping[int, str]
    accounts: Mapping[int, str]
    within: Reach

    def known(self, wanted: Wanted) -> Wanted:
        """Return the filter without schools and accounts that are beyond their reach."""
        said = asdict(wanted)
        if wanted.school not in self.schools:
            said["school"] = None
        if wanted.account not in self.accounts:
            said["account"] = None
        return Wanted(**said)


@router.get("/manage/completions/")
def list_page(
    manager: AManager, desk: AtDesk, wanted: Asked, number: Annotated[str, Query(alias="page")] = "1"
) -> Response:
    """Show one page of the lines a filter lets through."""
    course = desk.shelf.current(manager.person.trust_id)
    with desk.database.reading() as db:
        choices = _choices(db, manager)
        wanted = choices.known(wanted)
        found = completion_list.listed(db, course, day_of(desk.now), choices.within, wanted)
        pages = max(1, -(-len(found.people) // ON_A_PAGE))
        at = min(max(_number(number) or 1, 1), pages)
        first = (at - 1) * ON_A_PAGE
        rows = completion_list.filled(db, course, desk.now, found.rows(first, first + ON_A_PAGE))
    context = {
        **_shown(course, choices, wanted, found, rows),
        "first": first + 1,
        "earlier": _query(wanted, at - 1) if at > 1 else "",
        "later": _query(wanted, at + 1) if at < pages else "",
        "query": _query(wanted),
        "filters": FILTERS,
        "sorts": SORTS,
        "roles": {one: course.role_name(one) for one in ROLES},
        "choices": choices,
    }
    return page(desk, manager, "completions/list.html", context)


@router.get("/manage/completions/print/")
def printed(manager: AManager, desk: AtDesk, wanted: Asked) -> Response:
    """Show all lines a filter lets through on one page, to be printed."""
    taken = _taken(desk, manager, wanted)
    context = {**_shown(taken.course, taken.choices, taken.wanted, taken.found, taken.rows), "made_at": desk.now}
    return page(desk, manager, "completions/print.html", context)


@router.get("/manage/completions.csv")
def as_csv(manager: AManager, desk: AtDesk, wanted: Asked) -> Response:
    """Return all lines a filter lets through as CSV, with their proof."""
    taken = _taken(desk, manager, wanted)
    name, proof = taken.proof
    rows = ((*cells, one) for cells, one in zip(taken.cells, proof, strict=True))
    return _download(taken, "csv", CSV, spreadsheets.encoded((*COLUMNS, name), rows))


@router.get("/manage/completions.xlsx")
def workbook(manager: AManager, desk: AtDesk, wanted: Asked) -> Response:
    """Return all lines a filter lets through as an Excel workbook, with their proof in a column that is not shown."""
    taken = _taken(desk, manager, wanted)
    about = (
        ("What this list shows", taken.words),
        ("People", str(len(taken.rows))),
        ("Made on", moment_in_words(desk.now)),
        ("End of the register's log", taken.head),
        ("Signed with", f"the register's key {signatures.fingerprint(desk.signing.public_key())}"),
        ("To check it", "clearpost verify FILE --key signing-key.pem"),
        ("The proof", "It stands in the last column of the first sheet, which is hidden. Leave it there."),
    )
    rows = [row.values() for row in taken.rows]
    made = as_xlsx(COLUMNS, rows, hidden=taken.proof, about=about, beside=desk.settings.data)
    return _download(taken, "xlsx", XLSX, made)


@dataclass(frozen=True)
class _Taken:
    """A whole list on its way out, read in one moment."""

    course: Course
    choices: Choices
    wanted: Wanted
    found: Listed
    rows: list[Row]
    cells: list[tuple[str, ...]]
    words: str
    head: str
    proof: tuple[str, list[str]]
    name: str


def _taken(desk: Desk, manager: Visitor, wanted: Wanted) -> _Taken:
    trust_id = manager.person.trust_id
    course, now = desk.shelf.current(trust_id), desk.now
    with desk.database.reading() as db:
        choices = _choices(db, manager)
        wanted = choices.known(wanted)
        found = completion_list.listed(db, course, day_of(now), choices.within, wanted)
        rows = completion_list.filled(db, course, now, found.rows())
        head = str(events.head(db))
    words = completion_list.in_words(course, wanted, choices.schools, choices.accounts)
    cells = [row.cells() for row in rows]
    proof = proofs.prove(
        desk.signing,
        cells,
        trust=trust_id,
        columns=COLUMNS,
        filtered=words,
        made_at=now.astimezone(UTC).isoformat(timespec="seconds"),
        head=head,
    )
    name = f"completions-{trust_id}-{day_of(now).isoformat()}"
    return _Taken(course, choices, wanted, found, rows, cells, words, head, proof, name)


def _download(taken: _Taken, ending: str, media_type: str, content: bytes) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{taken.name}.{ending}"'}
    return Response(content, media_type=media_type, headers=headers)


def _choices(db: Session, manager: Visitor) -> Choices:
    trust_id, within = manager.person.trust_id, manager.powers.reach(Action.SEE_PEOPLE)
    several = {one.id: one.name for one in schools.of_trust(db, trust_id).values() if within.touches([one.id])}
    if within.whole:
        several[OF_NO_SCHOOL] = "The trust itself"
    known = accounts.of_trust(db, trust_id, within)
    return Choices(several, {one.id: one.label for one in known}, within)


def _shown(course: Course, choices: Choices, wanted: Wanted, found: Listed, rows: list[Row]) -> dict[str, Any]:
    return {
        "trust": course.data["name"],
        "words": completion_list.in_words(course, wanted, choices.schools, choices.accounts),
        "wanted": wanted,
        "needs": found.needs,
        "total": len(found.people),
        "rows": rows,
    }


def _query(wanted: Wanted, number: int = 1) -> str:
    """Return the query string that asks for this again."""
    default = asdict(Wanted())
    said = {name: value for name, value in asdict(wanted).items() if value != default[name]}
    return urlencode({**said, **({"page": number} if number > 1 else {})})


def _number(given: str) -> int | None:
    return int(given) if given.isdecimal() and len(given) < 11 and int(given) <= LARGEST_ID else None
