"""/manage/: what needs doing in my trust, and who is clear to post?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from quiz.courses import Course
from quiz.facts import APPROVERS
from register import accounts, completion_list, holds, links, openings, people, posting_rights, schools
from register.accounts import Account
from register.clearances import Circumstances, Claim, circumstances
from register.completion_list import Wanted
from register.desk import AtDesk, Desk
from register.doorway import AManager, Visitor
from register.gate import over_people
from register.holds import Hold
from register.pages.page import Problem, page, see
from register.posting_rights import GRANTED, REQUESTED
from register.schools import School
from register.scope import Action, Powers, may, may_approve, over_right

router = APIRouter(include_in_schema=False)


@router.get("/manage/")
def manage_page(manager: AManager, desk: AtDesk, status: str = "") -> Response:
    """Show what needs doing; an address from when the list of people stood here leads to the list."""
    if status:
        return see(f"/manage/completions/?{urlencode({'status': status})}")
    return show(desk, manager)


def show(
    desk: Desk,
    manager: Visitor,
    *,
    code: int = 200,
    problems: tuple[Problem, ...] = (),
    fields: Mapping[str, str] | None = None,
) -> Response:
    """Return the page; a form that could not be carried out shows it again with its problems."""
    course = desk.shelf.current(manager.person.trust_id)
    with desk.database.reading() as db:
        context = _context(db, manager, course, desk.now)
    context["fields"] = fields or {}
    return page(desk, manager, "manage/page.html", context, code, problems)


@dataclass(frozen=True)
class Seen:
    """A right as one visitor sees it: what they may do about it."""

    claim: Claim
    decides: bool
    approvals: Mapping[str, str]
    said: Sequence[tuple[str, str]]


def _context(db: Session, visitor: Visitor, course: Course, now: datetime) -> dict[str, Any]:
    trust_id, powers = course.trust, visitor.powers
    # Of most people only their training is counted: what more there is on record is not read.
    asking = posting_rights.people_with_rights(db, trust_id, (REQUESTED, GRANTED))
    links_wanted = links.waiting(db, trust_id)
    overs = over_people(db, (*asking, *(person for person, _ in links_wanted)))
    seen = {one for one, over in overs.items() if may(powers, Action.SEE_REQUESTS, over)}
    found = circumstances(db, course, now, several=[one for one in asking if one.id in seen])
    claims = list(_seen(visitor, found, {person_id: one.schools for person_id, one in overs.items()}))
    people_seen = powers.reach(Action.SEE_PEOPLE)
    seen_accounts = accounts.of_trust(db, trust_id, powers.reach(Action.SEE_REQUESTS))
    known = {one.id: one for one in seen_accounts}
    of_trust = schools.of_trust(db, trust_id)
    return {
        "trust": course.data["name"],
        "is_training": course.is_training,
        "requests": [one for one in claims if one.claim.right.state == REQUESTED],
        "granted": [one for one in claims if one.claim.right.state == GRANTED],
        "staffs": bool(powers.to(Action.STAFF)),
        "staffing": {one for one, over in overs.items() if may(powers, Action.STAFF, over)},
        "waiting": [(one, asked) for one, asked in links_wanted if one.id in seen],
        "needs": completion_list.listed(db, course, found.today, people_seen, Wanted()).needs,
        "holds": list(_paused(powers, found.holds, known, of_trust)),
        "planned": list(_paused(powers, holds.planned(db, trust_id, now), known, of_trust)),
        "schools": of_trust,
        "accounts": known,
        "deciding": powers.reach(Action.DECIDE),
        "connects": bool(powers.to(Action.CONNECT)),
        "sees_people": bool(powers.to(Action.SEE_PEOPLE)),
        "staff_names": people.names_to_choose_from(db, trust_id, people_seen, found.today),
        "approvers": {role: course.role_name(role) for role in APPROVERS},
        "names": people.names(db, (one.recorded_by for several in found.approvals.values() for one in several)),
    }


def _paused(
    powers: Powers,
    several: Iterable[tuple[Hold, str]],
    known: Mapping[int, Account],
    of_trust: Mapping[int, School],
) -> Iterator[tuple[Hold, str, str, bool]]:
    """Yield the holds on what the visitor sees: each with its author, what it pauses, and whether they may lift it.

    One on the whole trust concerns everybody.
    """
    sees, decides = powers.reach(Action.SEE_REQUESTS), powers.reach(Action.DECIDE)
    for hold, author in several:
        if hold.account_id is not None:
            if hold.account_id in known:
                account = known[hold.account_id]
                yield hold, author, account.label, decides.touches([account.school_id] if account.school_id else [])
        elif hold.school_id is None:
            yield hold, author, "Every account of the trust", decides.whole
        elif sees.touches([hold.school_id]):
            what = f"Every account of {of_trust[hold.school_id].name}"
            yield hold, author, what, decides.touches([hold.school_id])


def _seen(visitor: Visitor, found: Circumstances, works: Mapping[int, frozenset[int]]) -> Iterator[Seen]:
    for claim in found.claims():
        trust_id, of_account, own = found.course.trust, claim.account.school_id, works[claim.person.id]
        decides = may(visitor.powers, Action.DECIDE, over_right(trust_id, of_account, own, Action.DECIDE))
        over = over_right(trust_id, of_account, own, Action.APPROVE)
        requested, is_own = claim.right.state == REQUESTED, claim.person.id == visitor.person.id
        named = found.named_roles(claim.right, claim.account) if requested and not is_own else ()
        approvals = {role: found.course.role_name(role) for role in named if may_approve(visitor.powers, role, over)}
        yield Seen(claim, decides and not (requested and is_own), approvals, _said(found.course, claim))


def _said(course: Course, claim: Claim) -> Sequence[tuple[str, str]]:
    """Return what was said of an account that is only proposed, question by question."""
    if claim.account.opened_at is not None:
        return ()
    said = openings.answers(claim.account)
    asked = openings.demands(course, claim.account, claim.person.role)
    return [(one.says, one.answer(said.get(one.name, ""))) for one in asked]
