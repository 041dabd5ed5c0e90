"""/manage/people/…: who is on the staff list, what is on record about somebody, and how is it changed?"""

from collections.abc import Collection, Iterator, Mapping
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Response
from sqlalchemy.orm import Session

from quiz.facts import APPROVERS, ROLES
from quiz.spreadsheets import harmless
from register import appointments, completions, leavers, people, schools
from register.appointments import Appointment
from register.cancellations import REASONS
from register.clearances import circumstances
from register.days import day_of
from register.desk import AtDesk, Desk
from register.doorway import LARGEST_ID, AManager, Id, OwnForm, Visitor, chosen_id
from register.gate import over_people
from register.pages.page import Problem, page, see
from register.people import KINDS, Newcomer, Person
from register.refusals import NotFound, Refused
from register.scope import APPROVER, Action, Post, may
from register.scope import ROLES as ROLES_HERE
from register.staff_import.lines import day

router = APIRouter(include_in_schema=False)

ON_A_PAGE = 100
LONGEST_NAME = 200
LONGEST_NUMBER = 60


@router.get("/manage/people/")
def list_page(
    manager: AManager,
    desk: AtDesk,
    q: str = "",
    left: str = "",
    number: Annotated[int, Query(alias="page", ge=1, le=LARGEST_ID // ON_A_PAGE)] = 1,
) -> Response:
    """Show the people within the visitor's reach, by name, a hundred at a time."""
    within = manager.powers.reach(Action.SEE_PEOPLE)
    trust_id, today = manager.person.trust_id, day_of(desk.now)
    course = desk.shelf.current(trust_id)
    with desk.database.reading() as db:
        found, total = people.found(
            db, trust_id, within, today,
            words=q[:LONGEST_NAME], left=left == "yes", first=(number - 1) * ON_A_PAGE, most=ON_A_PAGE,
        )  # fmt: skip
        names = {one.id: one.name for one in schools.of_trust(db, trust_id).values()}
        works = schools.workplaces(db, (one.id for one in found))
    context = {
        "trust": course.data["name"],
        "rows": [(one, course.role_name(one.role), _named(works.get(one.id, ()), names)) for one in found],
        "total": total,
        "first": (number - 1) * ON_A_PAGE + 1,
        "q": q[:LONGEST_NAME],
        "left": left == "yes",
        "earlier": _address(q, left, number - 1) if number > 1 else None,
        "later": _address(q, left, number + 1) if number * ON_A_PAGE < total else None,
        "may_add": bool(manager.powers.to(Action.STAFF)),
        "may_take_over": manager.powers.reach(Action.TAKE_OVER).whole,
    }
    return page(desk, manager, "people/list.html", context)


@router.get("/manage/people/new/")
def new_page(manager: AManager, desk: AtDesk) -> Response:
    """Show the form for somebody new."""
    return _new(desk, manager, {})


@router.post("/manage/people/new/")
def add(manager: AManager, desk: AtDesk, fields: OwnForm) -> Response:
    """Add somebody; by name and address, who is on the list already is not added again."""
    trust_id = manager.person.trust_id
    with desk.database.writing() as db:
        works = _chosen_schools(db, manager, fields)
        problems = tuple(_wrong(db, manager, fields, works))
        if not problems:
            newcomer = Newcomer(
                fields["name"], fields["email"], fields["role"], works, None, fields.get("number") or None
            )
            (person,) = people.add_people(db, desk.now, manager.person.id, trust_id, [newcomer])
    if problems:
        return _new(desk, manager, fields, problems)
    return see(f"/manage/people/{person.id}/")


@router.get("/manage/people/{person_id}/")
def person_page(person_id: Id, manager: AManager, desk: AtDesk) -> Response:
    """Show what is on record about a person, and what the visitor may do about it."""
    return show(desk, manager, person_id)


@router.post("/manage/people/{person_id}/change")
def change(person_id: Id, manager: AManager, desk: AtDesk, fields: OwnForm) -> Response:
    """Put on record what is true of the person now."""
    with desk.database.writing() as db:
        person = _own(db, manager, person_id)
        works = _chosen_schools(db, manager, fields)
        problems = tuple(_wrong(db, manager, fields, works, person))
        if not problems:
            first_name = person.first_name if fields["name"] == person.name else fields["name"].split()[0]
            people.change(
                db, desk.now, manager.person.id, person, name=fields["name"], first_name=first_name,
                email=fields["email"], role=fields["role"], external_id=fields.get("number") or None,
            )  # fmt: skip
            people.move(db, desk.now, manager.person.id, person, works)
    if problems:
        return show(desk, manager, person_id, fields, problems)
    return see(f"/manage/people/{person_id}/")


@router.post("/manage/people/{person_id}/leave")
def leave(person_id: Id, manager: AManager, desk: AtDesk, fields: OwnForm) -> Response:
    """Record the last day; one that is over or is today ends everything at once."""
    on = day(fields.get("on", ""))
    with desk.database.writing() as db:
        person = _own(db, manager, person_id)
        if person.id == manager.person.id:
            raise Refused(409, "yourself", "You cannot record that you leave yourself. Ask another manager.")
        if on is not None:
            leavers.leave(db, desk.now, manager.person.id, person, on)
    if on is None:
        return show(desk, manager, person_id, fields, (Problem("on", "Enter the last day, like 31/08/2027."),))
    return see(f"/manage/people/{person_id}/")


@router.post("/manage/people/{person_id}/rejoin")
def rejoin(person_id: Id, manager: AManager, desk: AtDesk, _fields: OwnForm) -> Response:
    """Take somebody back, or take back that they leave."""
    with desk.database.writing() as db:
        leavers.rejoin(db, desk.now, manager.person.id, _own(db, manager, person_id))
    return see(f"/manage/people/{person_id}/")


@router.post("/manage/people/{person_id}/roles")
def appoint(person_id: Id, manager: AManager, desk: AtDesk, fields: OwnForm) -> Response:
    """Give the person a role here, for one school or for the whole trust."""
    role, approval = fields.get("given", ""), fields.get("approval", "") or None
    with desk.database.writing() as db:
        person = _own(db, manager, person_id)
        several = schools.of_trust(db, manager.person.trust_id)
        school_id = chosen_id(fields, "of-school")
        problems = tuple(_wrong_role(role, approval, fields.get("of-school", ""), school_id in several))
        if not problems and person.has_left(day_of(desk.now)):
            raise Refused(409, "left", f"{person.name} has left. Take them back first.")
        if not problems:
            post = Post(role, school_id, approval if role == APPROVER else None)
            appointments.appoint(db, desk.now, manager.person.id, person, post)
    if problems:
        return show(desk, manager, person_id, fields, problems)
    return see(f"/manage/people/{person_id}/#roles")


@router.post("/manage/people/{person_id}/roles/{appointment_id}/end")
def end_role(person_id: Id, appointment_id: Id, manager: AManager, desk: AtDesk, _fields: OwnForm) -> Response:
    """Take a role back; the last administrator of a trust keeps theirs, or nobody could give one again."""
    with desk.database.writing() as db:
        person = _own(db, manager, person_id)
        one = db.get(Appointment, appointment_id)
        if one is None or one.person_id != person.id:
            raise NotFound
        if appointments.is_last_administrator(db, person.trust_id, one, day_of(desk.now)):
            raise Refused(409, "last-administrator", "Give somebody else this role first: one has to stay.")
        appointments.end(db, desk.now, manager.person.id, one)
    return see(f"/manage/people/{person_id}/#roles")


def show(
    desk: Desk,
    manager: Visitor,
    person_id: int,
    fields: Mapping[str, str] | None = None,
    problems: tuple[Problem, ...] = (),
) -> Response:
    """Return the person's page; a form that could not be carried out shows it again with its problems."""
    trust_id = manager.person.trust_id
    course = desk.shelf.current(trust_id)
    with desk.database.reading() as db:
        person = _own(db, manager, person_id)
        over = over_people(db, [person])[person.id]
        if not may(manager.powers, Action.SEE_PEOPLE, over):
            raise NotFound
        several = schools.of_trust(db, trust_id)
        given = appointments.of_people(db, [person.id]).get(person.id, ())
        found = circumstances(db, course, desk.now, only=person)
        passed = completions.of_person(db, person.id)
    today = day_of(desk.now)
    reach = manager.powers.reach(Action.STAFF)
    context = {
        "person": person,
        "role": course.role_name(person.role),
        "kind": KINDS[person.kind],
        "works": _named(over.schools, {one.id: one.name for one in several.values()}),
        "training": found.trainings[person.id],
        "passed": passed,
        "reasons": REASONS,
        "posts_on": [one.account.label for one in found.claims() if one.in_force],
        "given": [(one, several[one.school_id].name if one.school_id else None) for one in given],
        "roles_here": ROLES_HERE,
        "approvals": {one: course.role_name(one) for one in APPROVERS},
        "all_schools": [(one.id, one.name) for one in several.values()],
        "left": person.has_left(today),
        "today": today,
        "staffs": may(manager.powers, Action.STAFF, over),
        "appoints": may(manager.powers, Action.APPOINT, over),
        "options": [(one.id, one.name) for one in several.values() if reach.touches([one.id])],
        "of_trust": reach.whole,
        "roles": _roles(course.role_name),
        "fields": fields if fields is not None else _as_fields(person, over.schools),
        "given_fields": fields or {},
    }
    return page(desk, manager, "people/page.html", context, 422 if problems else 200, problems)


def _new(desk: Desk, manager: Visitor, fields: Mapping[str, str], problems: tuple[Problem, ...] = ()) -> Response:
    course = desk.shelf.current(manager.person.trust_id)
    reach = manager.powers.reach(Action.STAFF)
    with desk.database.reading() as db:
        several = schools.of_trust(db, manager.person.trust_id).values()
    context = {
        "options": [(one.id, one.name) for one in several if reach.touches([one.id])],
        "of_trust": reach.whole,
        "roles": _roles(course.role_name),
        "fields": fields,
    }
    return page(desk, manager, "people/new.html", context, 422 if problems else 200, problems)


def _own(db: Session, manager: Visitor, person_id: int) -> Person:
    person = people.in_trust(db, manager.person.trust_id, person_id)
    if person is None or person.erased_at is not None:
        raise NotFound
    return person


def _chosen_schools(db: Session, manager: Visitor, fields: Mapping[str, str]) -> frozenset[int]:
    reach = manager.powers.reach(Action.STAFF)
    several = schools.of_trust(db, manager.person.trust_id)
    return frozenset(one for one in several if reach.touches([one]) and fields.get(f"school-{one}"))


def _wrong(
    db: Session, manager: Visitor, fields: Mapping[str, str], works: Collection[int], person: Person | None = None
) -> Iterator[Problem]:
    name, email, number = fields.get("name", ""), fields.get("email", ""), fields.get("number", "")
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        yield Problem("name", f"Enter the person's name, in {LONGEST_NAME} characters or fewer.")
    elif harmless(name) != name:
        yield Problem("name", f"A name cannot begin with {name[0]}. Enter the name itself.")
    if not people.is_address(email):
        yield Problem("email", "Enter their work e-mail address, like name@school.org.")
    others = [one for one in people.with_email(db, email) if one.trust_id == manager.person.trust_id]
    if any(person is None or one.id != person.id for one in others):
        yield Problem("email", "Somebody in the trust has this address already. Everybody needs their own.")
    if fields.get("role") not in ROLES:
        yield Problem("role", "Choose what the person is.")
    if not works and not manager.powers.reach(Action.STAFF).whole:
        yield Problem("schools", "Choose at least one of your schools.")
    if len(number) > LONGEST_NUMBER or not number.isprintable():
        yield Problem("number", f"Use {LONGEST_NUMBER} characters or fewer.")
    elif number and people.number_taken(db, manager.person.trust_id, number, person):
        yield Problem("number", "Somebody in the trust has this staff number already.")


def _wrong_role(role: str, approval: str | None, of_school: str, known: bool) -> Iterator[Problem]:
    if role not in ROLES_HERE:
        yield Problem("given", "Choose a role.")
    if role == APPROVER and approval not in APPROVERS:
        yield Problem("approval", "Choose which agreement the approver can give.")
    if of_school and not known:
        yield Problem("of-school", "Choose a school, or the whole trust.")


def _as_fields(person: Person, works: Collection[int]) -> Mapping[str, str]:
    own = {"name": person.name, "email": person.email, "role": person.role, "number": person.external_id or ""}
    return {**own, **{f"school-{one}": "yes" for one in works}}


def _roles(role_name: Any) -> list[tuple[str, str]]:
    return [(one, role_name(one)) for one in ROLES]


def _named(ids: Collection[int], names: Mapping[int, str]) -> str:
    return ", ".join(sorted(names[one] for one in ids))


def _address(q: str, left: str, number: int) -> str:
    given = {"q": q, "left": left, "page": str(number)}
    return f"/manage/people/?{urlencode({name: value for name, value in given.items() if value})}"
