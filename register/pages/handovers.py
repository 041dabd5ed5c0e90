"""/manage/people/…/handover/: what has a leaver to hand over, and what of it is done?"""

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from register import handovers, people
from register.days import day_of
from register.desk import AtDesk, Desk
from register.doorway import AManager, Id, OwnForm, Visitor
from register.gate import over_people
from register.handovers import CLOSING, OFF_HOLDERS, Checklist
from register.pages.page import page, see
from register.people import Person
from register.refusals import NotFound, Refused
from register.scope import Action, may

router = APIRouter(include_in_schema=False)


@router.get("/manage/people/{person_id}/handover/")
def checklist(person_id: Id, manager: AManager, desk: AtDesk) -> Response:
    """Show the trust's own tasks for every account the person runs, with ticks and dates."""
    course = desk.shelf.current(manager.person.trust_id)
    with desk.database.reading() as db:
        person = _person(db, manager, person_id)
        found = handovers.checklists(db, course, person, day_of(desk.now))
        over = over_people(db, [person])[person.id]
    context = {
        "person": person,
        "left": person.has_left(day_of(desk.now)),
        "checklists": found,
        "staffs": may(manager.powers, Action.STAFF, over),
        "closing": CLOSING,
        "untickable": (OFF_HOLDERS,),
    }
    return page(desk, manager, "handovers/page.html", context)


@router.post("/manage/people/{person_id}/handover/{handed_id}")
def tick(person_id: Id, handed_id: Id, manager: AManager, desk: AtDesk, fields: OwnForm) -> Response:
    """Tick a task as done, or take the tick back."""
    task = fields.get("task", "")
    with desk.database.writing() as db:
        person = _person(db, manager, person_id)
        one = _of_account(db, desk, manager, person, handed_id)
        known = {each.key for each in one.tasks} - {OFF_HOLDERS} | ({CLOSING} if one.asks_what_becomes else set())
        if task not in known:
            raise Refused(422, "no-task", "There is no such task any more. Look at the checklist again.")
        change = handovers.reopen if fields.get("done") == "no" else handovers.tick
        change(db, desk.now, manager.person.id, person, one.account, task)
    return see(f"/manage/people/{person_id}/handover/#account-{handed_id}")


def _person(db: Session, manager: Visitor, person_id: int) -> Person:
    person = people.in_trust(db, manager.person.trust_id, person_id)
    if person is None:
        raise NotFound
    return person


def _of_account(db: Session, desk: Desk, manager: Visitor, person: Person, account_id: int) -> Checklist:
    course = desk.shelf.current(manager.person.trust_id)
    for one in handovers.checklists(db, course, person, day_of(desk.now)):
        if one.account.id == account_id:
            return one
    raise NotFound
