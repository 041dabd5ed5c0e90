"""/manage/schools/: which schools belong to the trust, and what are they called?"""

from collections.abc import Mapping

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from quiz.spreadsheets import harmless
from register import people, schools
from register.days import day_of
from register.desk import AtDesk, Desk
from register.doorway import AManager, Id, OwnForm, Visitor
from register.pages.page import Problem, page, see
from register.refusals import NotFound
from register.scope import Action

router = APIRouter(include_in_schema=False)

LONGEST_NAME = 120


@router.get("/manage/schools/")
def schools_page(manager: AManager, desk: AtDesk) -> Response:
    """Show the schools within the visitor's reach."""
    return _page(desk, manager)


@router.post("/manage/schools/")
def add(manager: AManager, desk: AtDesk, fields: OwnForm) -> Response:
    """Add a school to the trust."""
    name = fields.get("name", "")
    with desk.database.writing() as db:
        problem = _wrong(db, manager, name, "name")
        if problem is None:
            schools.school(db, desk.now, manager.person.id, manager.person.trust_id, name)
    if problem:
        return _page(desk, manager, fields, (problem,))
    return see("/manage/schools/")


@router.post("/manage/schools/{school_id}/name")
def rename(school_id: Id, manager: AManager, desk: AtDesk, fields: OwnForm) -> Response:
    """Call a school what it is called now."""
    name = fields.get("name", "")
    with desk.database.writing() as db:
        one = schools.in_trust(db, manager.person.trust_id, school_id)
        if one is None:
            raise NotFound
        problem = _wrong(db, manager, name, f"name-{school_id}", school_id)
        if problem is None:
            schools.rename(db, desk.now, manager.person.id, one, name)
    if problem:
        return _page(desk, manager, {}, (problem,))
    return see("/manage/schools/")


def _wrong(db: Session, manager: Visitor, name: str, field: str, own: int | None = None) -> Problem | None:
    if not name or len(name) > LONGEST_NAME or not name.isprintable() or harmless(name) != name:
        return Problem(field, f"Enter the school's name, in {LONGEST_NAME} characters or fewer.")
    known = schools.of_trust(db, manager.person.trust_id).values()
    if any(schools.folded(one.name) == schools.folded(name) and one.id != own for one in known):
        return Problem(field, "The trust has a school of that name already.")
    return None


def _page(
    desk: Desk, manager: Visitor, fields: Mapping[str, str] | None = None, problems: tuple[Problem, ...] = ()
) -> Response:
    trust_id = manager.person.trust_id
    reach = manager.powers.reach(Action.SEE_PEOPLE)
    with desk.database.reading() as db:
        several = schools.of_trust(db, trust_id)
        counts = people.per_school(db, trust_id, day_of(desk.now))
    context = {
        "trust": desk.shelf.current(trust_id).data["name"],
        "schools": [(one, counts.get(one.id, 0)) for one in several.values() if reach.touches([one.id])],
        "appoints": bool(manager.powers.to(Action.APPOINT)),
        "fields": fields or {},
    }
    return page(desk, manager, "schools/page.html", context, 422 if problems else 200, problems)
