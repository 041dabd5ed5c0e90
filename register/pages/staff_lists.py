"""/manage/staff-lists/…: hand a staff list in, see what it would change, and take it over: whole, or not at all."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from quiz.facts import ROLES
from register import staff_lists
from register.desk import AtDesk, Desk
from register.doorway import AManager, Id, OwnForm, OwnUpload, Visitor
from register.pages.page import Problem, page, see
from register.refusals import NotFound, Refused
from register.staff_import.columns import FIELDS
from register.staff_import.dry_run import DryRun, Importer, dry_run
from register.staff_import.tables import Unreadable
from register.staff_import.taking_over import take_over
from register.staff_lists import StaffList, Understanding

router = APIRouter(include_in_schema=False)

LARGEST_FILE = 10_000_000
# Of each kind shown; the rest is counted.
SHOWN = 100
# Asked about at once: a form has no more fields than the doorway takes.
TITLES_ASKED = 25


@router.get("/manage/staff-lists/")
def hand_in_page(manager: AManager, desk: AtDesk) -> Response:
    """Show the form for a file."""
    return _hand_in(desk, manager, {})


@router.post("/manage/staff-lists/")
def hand_in(manager: AManager, desk: AtDesk, given: OwnUpload) -> Response:
    """Keep the file until somebody has looked at what it would change; nothing is changed yet."""
    whole = given.fields.get("whole") == "yes"
    problem = Problem("file", "Choose the staff list.") if not given.content else None
    if problem is None and given.fields.get("whole") not in ("yes", "no"):
        problem = Problem("whole", "Say what it means if somebody is not on the list.")
    if problem is None:
        # A large file takes seconds to read: nobody who has to write waits for that.
        try:
            with desk.database.reading() as db:
                _try(db, desk.now, manager, given.content, whole=whole)
        except Unreadable as unreadable:
            problem = Problem("file", str(unreadable))
    if problem:
        return _hand_in(desk, manager, given.fields, (problem,))
    with desk.database.writing() as db:
        kept = staff_lists.keep(
            db,
            desk.now,
            manager.person.id,
            manager.person.trust_id,
            file_name=given.name[:200],
            content=given.content,
            whole=whole,
        )
    return see(f"/manage/staff-lists/{kept.id}/")


@router.get("/manage/staff-lists/{staff_list_id}/")
def dry_run_page(staff_list_id: Id, manager: AManager, desk: AtDesk) -> Response:
    """Show what the list would change, and what is wrong with it."""
    return _show(desk, manager, staff_list_id)


@router.post("/manage/staff-lists/{staff_list_id}/mapping")
def explain(staff_list_id: Id, manager: AManager, desk: AtDesk, fields: OwnForm) -> Response:
    """Remember what the trust says of its columns and job titles, for this list and all that follow."""
    trust_id = manager.person.trust_id
    with desk.database.writing() as db:
        kept = _kept(db, manager, staff_list_id)
        found = _of(db, desk.now, manager, kept)
        head = found.table.head.cells if found.table else ()
        places = {field: fields.get(f"column-{field}", "") for field in FIELDS}
        columns = {
            field: head[int(place)]
            for field, place in places.items()
            if place.isdecimal() and len(place) < 5 and int(place) < len(head)
        }
        titles = {
            title: fields[title_field(title)]
            for title in found.plan.unknown_titles
            if fields.get(title_field(title)) in ROLES
        }
        staff_lists.remember(db, trust_id, Understanding(columns, titles))
        if "everyone" in fields:
            kept.everyone_is = fields["everyone"] if fields["everyone"] in ROLES else None
    return see(f"/manage/staff-lists/{staff_list_id}/")


@router.post("/manage/staff-lists/{staff_list_id}/apply")
def apply(staff_list_id: Id, manager: AManager, desk: AtDesk, fields: OwnForm) -> Response:
    """Take the list over, if what it would change is still what was shown."""
    with desk.database.writing() as db:
        kept = _kept(db, manager, staff_list_id)
        plan = _of(db, desk.now, manager, kept).plan
        same = plan.digest == fields.get("plan")
        if same:
            take_over(db, desk.now, manager.person.id, manager.person.trust_id, plan, kept.digest)
            kept.applied_at = desk.now
            staff_lists.empty(kept)
    if not same:
        says = "The register has changed since you looked. This is what the list would change now."
        return _show(desk, manager, staff_list_id, (Problem("what", says),), 409)
    return see("/manage/people/")


@router.post("/manage/staff-lists/{staff_list_id}/discard")
def discard(staff_list_id: Id, manager: AManager, desk: AtDesk, _fields: OwnForm) -> Response:
    """Throw the list away; nothing of it was taken over."""
    with desk.database.writing() as db:
        staff_lists.empty(_kept(db, manager, staff_list_id))
    return see("/manage/staff-lists/")


def title_field(title: str) -> str:
    """Return the name of a form's field about a job title."""
    return f"title-{sha256(title.encode()).hexdigest()[:12]}"


def _hand_in(desk: Desk, manager: Visitor, fields: Mapping[str, str], problems: tuple[Problem, ...] = ()) -> Response:
    return page(desk, manager, "staff_lists/hand_in.html", {"fields": fields}, 422 if problems else 200, problems)


def _show(
    desk: Desk, manager: Visitor, staff_list_id: int, problems: tuple[Problem, ...] = (), status: int = 200
) -> Response:
    course = desk.shelf.current(manager.person.trust_id)
    with desk.database.reading() as db:
        kept = _kept(db, manager, staff_list_id)
        found = _of(db, desk.now, manager, kept)
    titles = sorted(found.plan.unknown_titles.items(), key=lambda one: (-one[1], one[0]))
    context = {
        "staff_list": kept,
        "plan": found.plan,
        "table": found.table,
        "columns": found.columns or {},
        "fields_known": FIELDS,
        "titles": [(title, count, title_field(title)) for title, count in titles[:TITLES_ASKED]],
        "more_titles": max(0, len(titles) - TITLES_ASKED),
        "roles": [(one, course.role_name(one)) for one in ROLES],
        "role_names": {one: course.role_name(one) for one in ROLES},
        "shown": SHOWN,
    }
    return page(desk, manager, "staff_lists/dry_run.html", context, status, problems)


def _kept(db: Session, manager: Visitor, staff_list_id: int) -> StaffList:
    kept = staff_lists.in_trust(db, manager.person.trust_id, staff_list_id)
    if kept is None:
        raise NotFound
    if kept.content is None:
        raise Refused(410, "list-gone", "This list was taken over or thrown away. Hand it in again to look at it.")
    return kept


def _of(db: Session, now: datetime, manager: Visitor, kept: StaffList) -> DryRun:
    return _try(db, now, manager, kept.content or b"", whole=kept.whole, everyone_is=kept.everyone_is)


def _try(
    db: Session, now: datetime, manager: Visitor, content: bytes, *, whole: bool, everyone_is: str | None = None
) -> DryRun:
    trust_id = manager.person.trust_id
    said = staff_lists.understanding(db, trust_id)
    importer = Importer(manager.person.id, manager.powers)
    return dry_run(db, now, trust_id, content, said, whole=whole, everyone_is=everyone_is, importer=importer)
