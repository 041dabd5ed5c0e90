"""/manage/rights/…: a manager records who agreed, and grants, refuses or revokes a right."""

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from quiz.facts import APPROVERS
from register import accounts, posting_rights, schools
from register.accounts import Account
from register.clearances import Circumstances, circumstances
from register.desk import AtDesk, Desk
from register.doorway import AManager, Id, OwnForm, Visitor
from register.pages.manage import show
from register.pages.page import Problem, see
from register.people import Person
from register.posting_rights import GRANTED, REFUSED, REVOKED, PostingRight
from register.refusals import NotFound, Refused
from register.scope import Action, may_approve, over_right

router = APIRouter(include_in_schema=False)

LONGEST_REASON = 500


@router.post("/manage/rights/{right_id}/approvals")
def record_approval(right_id: Id, manager: AManager, desk: AtDesk, fields: OwnForm) -> Response:
    """Record that a role has agreed; the manager who records it answers for it."""
    role = fields.get("role", "")
    with desk.database.writing() as db:
        right, account = _own(db, manager, right_id)
        if role in APPROVERS:
            _not_own(manager, right)
            works = schools.workplaces(db, [right.person_id]).get(right.person_id, frozenset())
            over = over_right(manager.person.trust_id, account.school_id, works, Action.APPROVE)
            if not may_approve(manager.powers, role, over):
                raise Refused(403, "not-your-approval", "You can record only the agreement you were appointed to give.")
            if role not in _circumstances(db, desk, manager, right).named_roles(right, account):
                says = "The policy does not ask this role to agree here. Look at the page again: it names who has to."
                raise Refused(422, "not-asked-for", says)
            posting_rights.record_approval(db, desk.now, manager.person.id, right, role)
    if role not in APPROVERS:
        return show(desk, manager, code=422, problems=(Problem(f"role-{right_id}", "Choose who has agreed."),))
    return see(f"/manage/#right-{right_id}")


@router.post("/manage/rights/{right_id}/approve")
def approve(right_id: Id, manager: AManager, desk: AtDesk, _fields: OwnForm) -> Response:
    """Grant the right, if the gate allows it in the very transaction that grants it."""
    with desk.database.writing() as db:
        right, account = _own(db, manager, right_id)
        _not_own(manager, right)
        claim = _circumstances(db, desk, manager, right).claim(right, account)
        if claim.clearance.clear:
            posting_rights.decide(db, desk.now, manager.person.id, right, GRANTED)
            accounts.open_up(db, desk.now, manager.person.id, account)
            return see(f"/manage/#right-{right_id}")
    problems = tuple(Problem(f"right-{right_id}", f"Still needed: {reason.says}") for reason in claim.clearance.reasons)
    return show(desk, manager, code=409, problems=problems)


@router.post("/manage/rights/{right_id}/refuse")
def refuse(right_id: Id, manager: AManager, desk: AtDesk, fields: OwnForm) -> Response:
    """Refuse what was requested, with a reason the person reads."""
    return _end(right_id, manager, desk, REFUSED, fields.get("reason", ""))


@router.post("/manage/rights/{right_id}/revoke")
def revoke(right_id: Id, manager: AManager, desk: AtDesk, fields: OwnForm) -> Response:
    """Take a granted right back, with a reason the person reads."""
    return _end(right_id, manager, desk, REVOKED, fields.get("reason", ""))


def _end(right_id: int, manager: Visitor, desk: Desk, state: str, reason: str) -> Response:
    problem = wrong_reason(reason)
    with desk.database.writing() as db:
        right, _ = _own(db, manager, right_id)
        if state == REFUSED:
            _not_own(manager, right)
        if not problem:
            posting_rights.decide(db, desk.now, manager.person.id, right, state, reason)
    if problem:
        return show(desk, manager, code=422, problems=(Problem(f"reason-{right_id}", problem),))
    return see("/manage/")


def _not_own(manager: Visitor, right: PostingRight) -> None:
    """Raise Refused for a request of the visitor's own; a right of theirs they may give up."""
    if right.person_id == manager.person.id:
        raise Refused(403, "own-request", "This is your own request. Somebody else has to agree to it and decide it.")


def _circumstances(db: Session, desk: Desk, manager: Visitor, right: PostingRight) -> Circumstances:
    course = desk.shelf.current(manager.person.trust_id)
    return circumstances(db, course, desk.now, only=db.get_one(Person, right.person_id))


def wrong_reason(reason: str) -> str | None:
    """Return what is wrong with a reason, or None."""
    if not reason:
        return "Give a reason: the person will read it."
    if not reason.isprintable():
        return "Write the reason in one line of plain text."
    if len(reason) > LONGEST_REASON:
        return f"Use {LONGEST_REASON} characters or fewer; you have {len(reason)}."
    return None


def _own(db: Session, manager: Visitor, right_id: int) -> tuple[PostingRight, Account]:
    found = posting_rights.in_trust(db, manager.person.trust_id, right_id)
    if found is None:
        raise NotFound
    return found
