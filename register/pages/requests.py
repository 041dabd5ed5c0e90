"""/my/requests/…/: what does my trust's policy want to know about the new account I have asked for?"""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from register import accounts, openings, passwords, people, posting_rights
from register.accounts import Account
from register.clearances import circumstances
from register.days import day_of
from register.desk import AtDesk, Desk
from register.doorway import AVisitor, Id, OwnForm, Visitor
from register.openings import AUDIENCE, PURPOSE, TEXT, YES, Demand
from register.pages.page import Problem, page, see
from register.people import Person, folded
from register.posting_rights import REQUESTED, PostingRight
from register.refusals import NotFound

router = APIRouter(include_in_schema=False)

LONGEST = 1000
CUSTODY = "custody"


@router.get("/my/requests/{request_id}/")
def ask(request_id: Id, visitor: AVisitor, desk: AtDesk) -> Response:
    """Show the form: what this policy asks of such an account, with what was said already."""
    return _page(desk, visitor, request_id)


@router.post("/my/requests/{request_id}/")
def say(request_id: Id, visitor: AVisitor, desk: AtDesk, fields: OwnForm) -> Response:
    """Keep what was said; whatever is still missing is asked for until it is there."""
    course = desk.shelf.current(visitor.person.trust_id)
    with desk.database.writing() as db:
        right, account = _own(db, visitor, request_id)
        asked = openings.demands(course, account, visitor.person.role)
        wanted = openings.holders_wanted(course, account, visitor.person.role)
        holders, wrong = _holders(db, desk, visitor, fields, wanted)
        problems = (*_wrong(asked, fields), *wrong)
        if not problems:
            _keep(db, desk, visitor, account, asked, fields)
            _name_holders(db, desk, visitor, account, holders, wanted)
    if problems:
        return _page(desk, visitor, request_id, fields, problems)
    return see(f"/my/#right-{right.id}")


def _own(db: Session, visitor: Visitor, request_id: int) -> tuple[PostingRight, Account]:
    """Return a request of the visitor's own for a new account; raises NotFound for anything else."""
    found = posting_rights.in_trust(db, visitor.person.trust_id, request_id)
    if found is None:
        raise NotFound
    right, account = found
    if right.person_id != visitor.person.id or right.state != REQUESTED or account.opened_at is not None:
        raise NotFound
    return right, account


def _wrong(asked: Sequence[Demand], fields: Mapping[str, str]) -> list[Problem]:
    """Return what cannot be kept; what is left empty is no mistake, it is only still missing."""
    problems = []
    texts = [one.name for one in asked if one.kind == TEXT]
    for name in dict.fromkeys([*texts, AUDIENCE, CUSTODY]):
        value = fields.get(name, "")
        if len(value) > LONGEST:
            problems.append(Problem(name, f"Use {LONGEST} characters or fewer; you have {len(value)}."))
        elif not value.replace("\r\n", " ").replace("\n", " ").isprintable():
            problems.append(Problem(name, "Write plain text."))
        elif passwords.is_likely(value):
            problems.append(Problem(name, passwords.SAYS))
    for one in asked:
        given = fields.get(one.name, "")
        if one.choices is not None and given and given not in one.choices:
            problems.append(Problem(one.name, "Choose one of these."))
    if not fields.get(PURPOSE, "unasked"):
        problems.append(Problem(PURPOSE, "Say in a sentence what the account is for."))
    return problems


def _keep(
    db: Session,
    desk: Desk,
    visitor: Visitor,
    account: Account,
    asked: Sequence[Demand],
    fields: Mapping[str, str],
) -> None:
    given = {one.name: fields.get(one.name, "") for one in asked if one.name not in (PURPOSE, AUDIENCE)}
    kept = {name: "yes" if value and _kind(asked, name) == YES else value for name, value in given.items() if value}
    accounts.change(
        db,
        desk.now,
        visitor.person.id,
        account,
        purpose=fields.get(PURPOSE) or account.purpose,
        audience=fields.get(AUDIENCE, ""),
        custody=fields.get(CUSTODY, ""),
        plans=kept,
    )


def _kind(asked: Sequence[Demand], name: str) -> str:
    return next(one.kind for one in asked if one.name == name)


def _holders(
    db: Session, desk: Desk, visitor: Visitor, fields: Mapping[str, str], wanted: int
) -> tuple[list[Person], list[Problem]]:
    """Return the people whose addresses were given as holders; some may still be missing."""
    found: list[Person] = []
    problems: list[Problem] = []
    for number in range(1, wanted + 1):
        email = fields.get(f"holder-{number}", "")
        if not email:
            continue
        here = [
            one
            for one in people.with_email(db, folded(email))
            if one.trust_id == visitor.person.trust_id and not one.has_left(day_of(desk.now))
        ]
        if not here:
            says = "Nobody on the staff list has this address. Check how it is spelt, or ask your manager."
            problems.append(Problem(f"holder-{number}", says))
        elif here[0] in found:
            problems.append(Problem(f"holder-{number}", "Name somebody else: this person is named already."))
        found += here
    return found, problems


def _name_holders(
    db: Session, desk: Desk, visitor: Visitor, account: Account, wanted: Sequence[Person], number: int
) -> None:
    """Let these be the holders: of those the form showed, whoever is not named any more is none."""
    now, actor_id = desk.now, visitor.person.id
    shown = accounts.holders(db, [account.id], day_of(now)).get(account.id, [])[:number]
    ids = {one.id for one in wanted}
    for person in shown:
        if person.id not in ids:
            accounts.remove_holder(db, now, actor_id, account, person)
    for person in wanted:
        accounts.name_holder(db, now, actor_id, account, person)


def _page(
    desk: Desk,
    visitor: Visitor,
    request_id: int,
    fields: Mapping[str, str] | None = None,
    problems: tuple[Problem, ...] = (),
) -> Response:
    course = desk.shelf.current(visitor.person.trust_id)
    with desk.database.reading() as db:
        right, account = _own(db, visitor, request_id)
        claim = circumstances(db, course, desk.now, only=visitor.person).claim(right, account)
    wanted = openings.holders_wanted(course, account, visitor.person.role)
    emails = [one.email for one in claim.holders] or [visitor.person.email]
    said: dict[str, Any] = {**openings.answers(account), CUSTODY: account.custody}
    said |= {f"holder-{number}": email for number, email in enumerate(emails[:wanted], start=1)}
    demands = openings.demands(course, account, visitor.person.role)
    context = {
        "trust": course.data["name"],
        "claim": claim,
        "demands": demands,
        "asks_audience": all(one.name != AUDIENCE for one in demands),
        "holders": range(1, wanted + 1),
        "fields": fields if fields is not None else said,
    }
    return page(desk, visitor, "requests/page.html", context, 422 if problems else 200, tuple(problems))
