"""/manage/accounts/…: which accounts are there, who may post on each today, who holds it, and is it looked after?"""

from collections.abc import Collection, Mapping

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from register import accounts, duties, passwords, people, posting_rights, schools
from register.accounts import KINDS, PLATFORMS, Account
from register.clearances import circumstances
from register.days import day_of
from register.desk import AtDesk, Desk
from register.doorway import AManager, Id, OwnForm, Visitor, chosen_id
from register.duties import Standing
from register.gate import over_account, over_people
from register.pages.manage import show
from register.pages.page import Problem, page, see
from register.people import Person
from register.posting_rights import GRANTED
from register.refusals import NotFound
from register.scope import Action, may

router = APIRouter(include_in_schema=False)

LONGEST = {"handle": 80, "purpose": 300, "audience": 300, "custody": 300}
EMPTY = {
    "handle": "Enter the account's name as others see it, like @demoschool.",
    "purpose": "Say in a sentence what the account is for.",
}


@router.get("/manage/accounts/")
def list_page(manager: AManager, desk: AtDesk) -> Response:
    """Show the accounts within the visitor's reach: first those something is to be done about."""
    return _list(desk, manager)


@router.post("/manage/accounts/")
def add(manager: AManager, desk: AtDesk, fields: OwnForm) -> Response:
    """Put an account on the list that is there already."""
    deciding = manager.powers.reach(Action.DECIDE)
    school_id = chosen_id(fields, "school")
    with desk.database.writing() as db:
        known = schools.of_trust(db, manager.person.trust_id)
        problems = _wrong(fields, ("handle", "purpose", "audience", "custody"))
        if fields.get("platform") not in PLATFORMS:
            problems = (Problem("platform", "Choose the platform."), *problems)
        if fields.get("kind") not in KINDS:
            problems = (*problems, Problem("kind", "Choose what kind of account it is."))
        of_trust = fields.get("kind") == "trust-official" or school_id is None
        if not deciding.whole and of_trust:
            problems = (
                *problems,
                Problem("school", "Choose one of your schools, and an account that is the school's."),
            )
        elif school_id is not None and (school_id not in known or not deciding.touches([school_id])):
            problems = (*problems, Problem("school", "Choose one of your schools."))
        if not problems:
            account = accounts.add_account(
                db,
                desk.now,
                manager.person.id,
                trust_id=manager.person.trust_id,
                school_id=school_id,
                platform=fields["platform"],
                handle=fields["handle"],
                kind=fields["kind"],
                purpose=fields["purpose"],
                audience=fields.get("audience", ""),
                custody=fields.get("custody", ""),
            )
            if not may(manager.powers, Action.SEE_REQUESTS, over_account(account)):
                problems = (Problem("handle", "Another school has an account of that name."),)
    if problems:
        return _list(desk, manager, fields, problems)
    return see(f"/manage/accounts/{account.id}/")


@router.get("/manage/accounts/{account_id}/")
def account_page(account_id: Id, manager: AManager, desk: AtDesk) -> Response:
    """Show one account with what is on record about it."""
    return _one(desk, manager, account_id)


@router.post("/manage/accounts/{account_id}/change")
def change(account_id: Id, manager: AManager, desk: AtDesk, fields: OwnForm) -> Response:
    """Put on record what is true of an account now."""
    problems = _wrong(fields, ("purpose", "audience", "custody"))
    if problems:
        return _one(desk, manager, account_id, fields, problems)
    with desk.database.writing() as db:
        account = _account(db, manager, account_id)
        said = {name: fields.get(name, "") for name in ("purpose", "audience", "custody")}
        accounts.change(db, desk.now, manager.person.id, account, **said)
    return see(f"/manage/accounts/{account_id}/")


@router.post("/manage/accounts/{account_id}/holders")
def name_holder(account_id: Id, manager: AManager, desk: AtDesk, fields: OwnForm) -> Response:
    """Name somebody of the trust as a holder; the form says which request it stands beside, if it does."""
    said = fields.get("person", "")
    with desk.database.writing() as db:
        account = _account(db, manager, account_id)
        known = people.called(db, manager.person.trust_id, said, day_of(desk.now))
        found = [one for one in known if _seen(db, manager, one)]
        if len(found) == 1:
            accounts.name_holder(db, desk.now, manager.person.id, account, found[0])
            return see(beside(fields, account_id))
    says = _not_one(said, len(found))
    if fields.get("from") == "account":
        return _one(desk, manager, account_id, fields, (Problem("holder", says),))
    problem = Problem(f"holder-{chosen_id(fields, 'right') or ''}", says)
    return show(desk, manager, code=422, problems=(problem,), fields=fields)


def _not_one(said: str, found: int) -> str:
    """Return what to do about a name that is nobody's here, or several people's."""
    if not said:
        return "Enter who holds the account: a name or an e-mail address."
    if found:
        return f"{found} people have this name. Enter the e-mail address."
    return "Nobody you look after has this name or address. Check the spelling, or the staff list."


@router.post("/manage/accounts/{account_id}/holders/{person_id}/remove")
def remove_holder(account_id: Id, person_id: Id, manager: AManager, desk: AtDesk, fields: OwnForm) -> Response:
    """Take somebody off the holders."""
    with desk.database.writing() as db:
        account = _account(db, manager, account_id)
        person = people.in_trust(db, manager.person.trust_id, person_id)
        if person is None:
            raise NotFound
        accounts.remove_holder(db, desk.now, manager.person.id, account, person)
    return see(beside(fields, account_id))


def _seen(db: Session, manager: Visitor, person: Person) -> bool:
    return may(manager.powers, Action.SEE_PEOPLE, over_people(db, [person])[person.id])


def _account(db: Session, manager: Visitor, account_id: int) -> Account:
    account = accounts.in_trust(db, manager.person.trust_id, account_id)
    if account is None:
        raise NotFound
    return account


def beside(fields: Mapping[str, str], account_id: int) -> str:
    """Return the address of what a form stands beside: the account's own page, or a request."""
    if fields.get("from") == "account":
        return f"/manage/accounts/{account_id}/#holders"
    right = chosen_id(fields, "right")
    return f"/manage/#right-{right}" if right else "/manage/"


def _wrong(fields: Mapping[str, str], names: Collection[str]) -> tuple[Problem, ...]:
    problems = []
    for name in names:
        value = fields.get(name, "")
        if name in EMPTY and not accounts.folded(value):
            problems.append(Problem(name, EMPTY[name]))
        elif not value.isprintable():
            problems.append(Problem(name, "Write plain text in one line."))
        elif len(value) > LONGEST[name]:
            problems.append(Problem(name, f"Use {LONGEST[name]} characters or fewer; you have {len(value)}."))
        elif passwords.is_likely(value):
            problems.append(Problem(name, passwords.SAYS))
    return tuple(problems)


def _standings(db: Session, desk: Desk, manager: Visitor, several: list[Account]) -> list[Standing]:
    course = desk.shelf.current(manager.person.trust_id)
    found = circumstances(db, course, desk.now, several=posting_rights.people_with_rights(db, manager.person.trust_id))
    granted = [one for one in found.claims() if one.right.state == GRANTED]
    return duties.standings(db, course, desk.now, several, granted, [hold for hold, _ in found.holds])


def _list(
    desk: Desk,
    manager: Visitor,
    fields: Mapping[str, str] | None = None,
    problems: tuple[Problem, ...] = (),
) -> Response:
    trust_id, powers = manager.person.trust_id, manager.powers
    with desk.database.reading() as db:
        several = list(accounts.of_trust(db, trust_id, powers.reach(Action.SEE_REQUESTS)))
        found = _standings(db, desk, manager, several)
        of_trust = schools.of_trust(db, trust_id)
    deciding = powers.reach(Action.DECIDE)
    context = {
        "trust": desk.shelf.current(trust_id).data["name"],
        "standings": sorted(found, key=lambda one: not one.duty.left),
        "below": sum(one.duty.below_holders for one in found),
        "behind": sum(one.duty.behind for one in found),
        "schools": {one.id: one.name for one in of_trust.values()},
        "own_schools": [(one.id, one.name) for one in of_trust.values() if deciding.touches([one.id])],
        "decides": bool(powers.to(Action.DECIDE)),
        "deciding": deciding,
        "platforms": PLATFORMS,
        "kinds": KINDS,
        "fields": fields or {},
    }
    return page(desk, manager, "accounts/list.html", context, 422 if problems else 200, problems)


def _one(
    desk: Desk,
    manager: Visitor,
    account_id: int,
    fields: Mapping[str, str] | None = None,
    problems: tuple[Problem, ...] = (),
) -> Response:
    trust_id = manager.person.trust_id
    with desk.database.reading() as db:
        account = _account(db, manager, account_id)
        (standing,) = _standings(db, desk, manager, [account])
        school = schools.in_trust(db, trust_id, account.school_id) if account.school_id else None
        names = people.names_to_choose_from(db, trust_id, manager.powers.reach(Action.SEE_PEOPLE), day_of(desk.now))
    context = {
        "standing": standing,
        "account": account,
        "school": school.name if school else None,
        "decides": may(manager.powers, Action.DECIDE, over_account(account)),
        "staff_names": names,
        "fields": {"purpose": account.purpose, "audience": account.audience, "custody": account.custody}
        | dict(fields or {}),
    }
    return page(desk, manager, "accounts/page.html", context, 422 if problems else 200, problems)
