"""/manage/accounts/…: a manager names and removes the holders of an account."""

from collections.abc import Mapping

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from register import accounts, people
from register.days import day_of
from register.desk import AtDesk
from register.doorway import AManager, Id, OwnForm, Visitor, chosen_id
from register.gate import over_people
from register.pages.manage import show
from register.pages.page import Problem, see
from register.people import Person
from register.refusals import NotFound
from register.scope import Action, may

router = APIRouter(include_in_schema=False)


@router.post("/manage/accounts/{account_id}/holders")
def name_holder(account_id: Id, manager: AManager, desk: AtDesk, fields: OwnForm) -> Response:
    """Name somebody of the trust as a holder; the form says which request it stands beside."""
    chosen = chosen_id(fields, "person")
    trust_id = manager.person.trust_id
    with desk.database.writing() as db:
        account = accounts.in_trust(db, trust_id, account_id)
        if account is None:
            raise NotFound
        person = people.in_trust(db, trust_id, chosen) if chosen else None
        if person is not None and not person.has_left(day_of(desk.now)) and _seen(db, manager, person):
            accounts.name_holder(db, desk.now, manager.person.id, account, person)
            return see(beside(fields))
    problem = Problem(f"holder-{chosen_id(fields, 'right') or ''}", "Choose who holds the account.")
    return show(desk, manager, code=422, problems=(problem,))


@router.post("/manage/accounts/{account_id}/holders/{person_id}/remove")
def remove_holder(account_id: Id, person_id: Id, manager: AManager, desk: AtDesk, fields: OwnForm) -> Response:
    """Take somebody off the holders."""
    trust_id = manager.person.trust_id
    with desk.database.writing() as db:
        account = accounts.in_trust(db, trust_id, account_id)
        person = people.in_trust(db, trust_id, person_id)
        if account is None or person is None:
            raise NotFound
        accounts.remove_holder(db, desk.now, manager.person.id, account, person)
    return see(beside(fields))


def _seen(db: Session, manager: Visitor, person: Person) -> bool:
    return may(manager.powers, Action.SEE_PEOPLE, over_people(db, [person])[person.id])


def beside(fields: Mapping[str, str]) -> str:
    """Return the address of the request a form stands beside."""
    right = chosen_id(fields, "right")
    return f"/manage/#right-{right}" if right else "/manage/"
