"""/my/: what have I passed, where may I post, and what is still missing?"""

from collections.abc import Mapping
from typing import NamedTuple

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from register import accounts, cancellations, certificates, completion_list, duties, passwords, posting_rights, schools
from register.accounts import KINDS, PLATFORMS
from register.clearances import circumstances
from register.desk import AtDesk, Desk
from register.doorway import AVisitor, OwnForm, Visitor, chosen_id
from register.pages.page import Problem, page, see
from register.refusals import Refused

router = APIRouter(include_in_schema=False)


class Length(NamedTuple):
    """The most a field takes, and what to say of an empty one."""

    most: int
    empty: str


HANDLE = Length(80, "Enter the account's name as others see it, like @demoschool.")
PURPOSE = Length(300, "Say in a sentence what the account is for.")


@router.get("/my/")
def my_page(visitor: AVisitor, desk: AtDesk) -> Response:
    """Show the person's training, rights and requests."""
    return _page(desk, visitor, {})


@router.post("/my/requests")
def ask(visitor: AVisitor, desk: AtDesk, fields: OwnForm) -> Response:
    """Ask for the right to post on an account of the list, or on one the person names."""
    new = fields.get("new") == "yes"
    problems = _wrong_with_new(fields) if new else ()
    if problems:
        return _page(desk, visitor, fields, 422, problems)
    try:
        with desk.database.writing() as db:
            if new:
                account = accounts.add_account(
                    db,
                    desk.now,
                    visitor.person.id,
                    trust_id=visitor.person.trust_id,
                    school_id=_school(db, visitor, fields),
                    platform=fields["platform"],
                    handle=fields["handle"],
                    kind=fields["kind"],
                    purpose=fields["purpose"],
                    proposed=True,
                )
                if account not in accounts.open_to(db, visitor.person):
                    says = "Another school has an account of that name. Ask your manager about it."
                    raise Refused(409, "account-elsewhere", says)
            else:
                chosen = fields.get("account", "")
                found = [one for one in accounts.open_to(db, visitor.person) if str(one.id) == chosen]
                if not found:
                    raise Refused(422, "no-account", "Choose one of the accounts, or name another one below.")
                account = found[0]
            right = posting_rights.ask(db, desk.now, visitor.person, account)
    except Refused as refused:
        problem = Problem("handle" if new else "account", refused.says)
        return _page(desk, visitor, fields, refused.status, (problem,))
    return see("/my/#rights" if account.opened_at else f"/my/requests/{right.id}/")


def _school(db: Session, visitor: Visitor, fields: Mapping[str, str]) -> int | None:
    """Return the school a new account is for: the only one, or the one chosen; None for people of the trust."""
    own = [one.id for one in schools.of_person(db, visitor.person.id)]
    if len(own) < 2:
        return next(iter(own), None)
    chosen = chosen_id(fields, "school")
    if chosen not in own:
        raise Refused(422, "no-school", "Choose which of your schools the account is for, then name it again.")
    return chosen


def _wrong_with_new(fields: Mapping[str, str]) -> tuple[Problem, ...]:
    problems = []
    if fields.get("platform") not in PLATFORMS:
        problems.append(Problem("platform", "Choose the platform."))
    for name, length in (("handle", HANDLE), ("purpose", PURPOSE)):
        value = fields.get(name, "")
        if not accounts.folded(value) or not value.isprintable():
            problems.append(Problem(name, length.empty))
        elif len(value) > length.most:
            problems.append(Problem(name, f"Use {length.most} characters or fewer; you have {len(value)}."))
        elif passwords.is_likely(value):
            problems.append(Problem(name, passwords.SAYS))
    if fields.get("kind") not in KINDS:
        problems.append(Problem("kind", "Choose what kind of account it is."))
    return tuple(problems)


def _page(
    desk: Desk, visitor: Visitor, fields: Mapping[str, str], status: int = 200, problems: tuple[Problem, ...] = ()
) -> Response:
    course = desk.shelf.current(visitor.person.trust_id)
    with desk.database.reading() as db:
        found = circumstances(db, course, desk.now, only=visitor.person)
        claims = list(found.claims())
        run = duties.run_by(db, course, desk.now, visitor.person, claims)
        asked = {claim.account.id for claim in claims if claim.right.state in posting_rights.OPEN}
        choices = [one for one in accounts.open_to(db, visitor.person) if one.id not in asked]
        passed = certificates.of_person(db, visitor.person)
        own_schools = schools.of_person(db, visitor.person.id)
        cancelled = cancellations.of_completions(db, (one.completion.id for one in passed))
    training = found.trainings[visitor.person.id]
    version = int(course.data["training_version"])
    context = {
        "trust": course.data["name"],
        "is_training": course.is_training,
        "course": course.data["digest"],
        "sections": [{"id": one["id"], "title": one["title"], "url": one["url"]} for one in course.data["read"]],
        "training": training,
        "certificate": next(
            (one for one in passed if training.completion and one.completion.id == training.completion.id), None
        ),
        "expires_soon": completion_list.passes(training, "expiring", found.today),
        "passed": [
            (
                one,
                certificates.standing(
                    one.completion,
                    training,
                    version,
                    found.today,
                    left=False,
                    cancelled=one.completion.id in cancelled,
                ),
            )
            for one in passed
        ],
        "claims": claims,
        "run": run,
        "choices": choices,
        "schools": own_schools,
        "platforms": PLATFORMS,
        "kinds": KINDS,
        "fields": fields,
    }
    return page(desk, visitor, "my/page.html", context, status, problems)
