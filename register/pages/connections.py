"""/manage/connections/: which programs may read who may post, and which addresses are told when that changes?"""

from collections.abc import Mapping

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from register import notices, programs, schools, webhooks
from register.desk import AtDesk, Desk
from register.doorway import AManager, Id, OwnForm, Visitor, chosen_id
from register.pages.page import Problem, page, see
from register.refusals import NotFound
from register.services import is_protected

router = APIRouter(include_in_schema=False)

LONGEST_NAME, LONGEST_ADDRESS = 80, 500
PLACE = "/manage/connections/"


@router.get(PLACE)
def connections(manager: AManager, desk: AtDesk) -> Response:
    """Show the keys and webhooks there are."""
    return _page(desk, manager)


@router.post("/manage/connections/programs")
def add_program(manager: AManager, desk: AtDesk, fields: OwnForm) -> Response:
    """Make a key for a program, and show it this once."""
    key = programs.new_key()
    with desk.database.writing() as db:
        school_id, problems = _school(db, manager, fields, "program-school")
        problems = (*_wrong_name(fields, "program-name"), *problems)
        if not problems:
            programs.add(
                db,
                desk.now,
                manager.person.id,
                trust_id=manager.person.trust_id,
                school_id=school_id,
                name=fields["name"],
                key=key,
            )
    return _page(desk, manager, fields, problems) if problems else _page(desk, manager, shown=(fields["name"], key))


@router.post("/manage/connections/programs/{program_id}/end")
def end_program(program_id: Id, manager: AManager, desk: AtDesk, _fields: OwnForm) -> Response:
    """Take a key back: from now on it opens nothing."""
    with desk.database.writing() as db:
        found = programs.in_trust(db, manager.person.trust_id, program_id)
        if found is None:
            raise NotFound
        programs.end(db, desk.now, manager.person.id, found)
    return see(PLACE)


@router.post("/manage/connections/webhooks")
def add_webhook(manager: AManager, desk: AtDesk, fields: OwnForm) -> Response:
    """Have an address told of every change from now on, and show the secret it checks us by."""
    address = fields.get("address", "")
    with desk.database.writing() as db:
        school_id, problems = _school(db, manager, fields, "webhook-school")
        problems = (*_wrong_name(fields, "webhook-name"), *_wrong_address(address), *problems)
        if not problems:
            made = webhooks.add(
                db,
                desk.now,
                manager.person.id,
                trust_id=manager.person.trust_id,
                school_id=school_id,
                name=fields["name"],
                address=address,
            )
    if problems:
        return _page(desk, manager, fields, problems)
    return _page(desk, manager, shown=(fields["name"], webhooks.secret_of(desk.secret, made)))


@router.post("/manage/connections/webhooks/{webhook_id}/again")
def again(webhook_id: Id, manager: AManager, desk: AtDesk, _fields: OwnForm) -> Response:
    """Have what an address has not got sent now, what was given up too."""
    with desk.database.writing() as db:
        notices.again(db, desk.now, _webhook(db, manager, webhook_id))
    return see(PLACE)


@router.post("/manage/connections/webhooks/{webhook_id}/end")
def end_webhook(webhook_id: Id, manager: AManager, desk: AtDesk, _fields: OwnForm) -> Response:
    """Tell an address nothing more."""
    with desk.database.writing() as db:
        webhooks.end(db, desk.now, manager.person.id, _webhook(db, manager, webhook_id))
    return see(PLACE)


def _webhook(db: Session, manager: Visitor, webhook_id: int) -> webhooks.Webhook:
    found = webhooks.in_trust(db, manager.person.trust_id, webhook_id)
    if found is None:
        raise NotFound
    return found


def _wrong_name(fields: Mapping[str, str], field: str) -> tuple[Problem, ...]:
    name = fields.get("name", "")
    if not name or not name.isprintable() or len(name) > LONGEST_NAME:
        return (Problem(field, f"Say which program it is, in {LONGEST_NAME} characters or fewer."),)
    return ()


def _wrong_address(address: str) -> tuple[Problem, ...]:
    says = None
    try:
        if not is_protected(address) or not address.isprintable() or " " in address:
            says = "Enter an address that begins with https://."
        elif "@" in address.split("/")[2]:
            says = "Leave out the name and password: what we send is signed."
        elif len(address) > LONGEST_ADDRESS:
            says = f"Use {LONGEST_ADDRESS} characters or fewer; you have {len(address)}."
    except ValueError:
        says = "Enter an address that begins with https://."
    return (Problem("webhook-address", says),) if says else ()


def _school(
    db: Session, manager: Visitor, fields: Mapping[str, str], field: str
) -> tuple[int | None, tuple[Problem, ...]]:
    """Return the school chosen, None for the whole trust."""
    if not fields.get("school"):
        return None, ()
    school_id = chosen_id(fields, "school")
    if school_id is None or schools.in_trust(db, manager.person.trust_id, school_id) is None:
        return None, (Problem(field, "Choose a school of the trust, or the whole trust."),)
    return school_id, ()


def _page(
    desk: Desk,
    manager: Visitor,
    fields: Mapping[str, str] | None = None,
    problems: tuple[Problem, ...] = (),
    shown: tuple[str, str] | None = None,
) -> Response:
    trust_id = manager.person.trust_id
    with desk.database.reading() as db:
        of_trust = schools.of_trust(db, trust_id)
        told = webhooks.of_trust(db, trust_id)
        sent = notices.of_webhooks(db, [one.id for one in told])
        context = {
            "trust": desk.shelf.current(trust_id).data["name"],
            "programs": programs.of_trust(db, trust_id),
            "webhooks": [(one, sent[one.id]) for one in told],
            "schools": {one.id: one.name for one in of_trust.values()},
            "fields": fields or {},
            "about": "" if not problems else problems[0].field.partition("-")[0],
            "shown": shown,
        }
    return page(desk, manager, "connections/page.html", context, 422 if problems else 200, problems)
