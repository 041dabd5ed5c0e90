"""/manage/: what needs doing in my trust, who is clear to post, and who has not passed?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from quiz.facts import APPROVERS
from register import accounts, completion_list, links, people, schools
from register.clearances import Circumstances, Claim, circumstances
from register.completion_list import FILTERS
from register.days import day_of
from register.desk import AtDesk, Desk
from register.doorway import AManager, Visitor
from register.gate import over_people
from register.pages.page import Problem, page
from register.posting_rights import GRANTED, REQUESTED
from register.scope import Action, may, may_approve, over_right

router = APIRouter(include_in_schema=False)


@router.get("/manage/")
def manage_page(manager: AManager, desk: AtDesk, status: str = "everyone") -> Response:
    """Show what needs doing, then everybody the filter lets through."""
    return show(desk, manager, status)


@router.get("/manage/completions.csv")
def download(manager: AManager, desk: AtDesk, status: str = "everyone") -> Response:
    """Return the lines the page shows under the same filter, for a spreadsheet."""
    trust_id = manager.person.trust_id
    today = day_of(desk.now)
    with desk.database.reading() as db:
        found = circumstances(
            db, desk.shelf.current(trust_id), desk.now, within=manager.powers.reach(Action.SEE_PEOPLE)
        )
        lines = _lines(db, found)
    chosen = completion_list.chosen(lines, known_filter(status), today)
    name = f"completions-{trust_id}-{today.isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(completion_list.as_csv(chosen).encode(), media_type="text/csv; charset=utf-8", headers=headers)


def show(
    desk: Desk,
    manager: Visitor,
    status: str = "everyone",
    *,
    code: int = 200,
    problems: tuple[Problem, ...] = (),
    fields: Mapping[str, str] | None = None,
) -> Response:
    """Return the page; a form that could not be carried out shows it again with its problems."""
    course = desk.shelf.current(manager.person.trust_id)
    with desk.database.reading() as db:
        found = circumstances(db, course, desk.now, within=manager.powers.reach(Action.SEE_REQUESTS))
        context = _context(db, manager, found, known_filter(status))
    context["fields"] = fields or {}
    return page(desk, manager, "manage/page.html", context, code, problems)


def known_filter(status: str) -> str:
    """Return the filter of a query string; one that does not exist shows everyone."""
    return status if status in FILTERS else "everyone"


@dataclass(frozen=True)
class Seen:
    """A right as one visitor sees it: what they may do about it."""

    claim: Claim
    decides: bool
    approvals: Mapping[str, str]


def _context(db: Session, visitor: Visitor, found: Circumstances, status: str) -> dict[str, Any]:
    trust_id, powers = found.course.trust, visitor.powers
    overs = over_people(db, found.people.values())
    works = {person_id: one.schools for person_id, one in overs.items()}
    listed = {one for one, over in overs.items() if may(powers, Action.SEE_PEOPLE, over)}
    lines = [one for one in _lines(db, found) if one.person_id in listed]
    claims = list(_seen(visitor, found, works))
    seen_accounts = accounts.of_trust(db, trust_id, powers.reach(Action.SEE_REQUESTS))
    known = {one.id for one in seen_accounts}
    return {
        "trust": found.course.data["name"],
        "requests": [one for one in claims if one.claim.right.state == REQUESTED],
        "granted": [one for one in claims if one.claim.right.state == GRANTED],
        "staffing": {one for one, over in overs.items() if may(powers, Action.STAFF, over)},
        "waiting": [(one, asked) for one, asked in links.waiting(db, trust_id) if one.id in overs],
        "due": completion_list.chosen(lines, "due", found.today),
        "expiring": completion_list.chosen(lines, "expiring", found.today),
        "rows": completion_list.chosen(lines, status, found.today),
        "status": status,
        "filters": FILTERS,
        "download": f"/manage/completions.csv?{urlencode({'status': status})}",
        "holds": [(one, author) for one, author in found.holds if one.account_id is None or one.account_id in known],
        "accounts": {one.id: one for one in seen_accounts},
        "deciding": powers.reach(Action.DECIDE),
        "sees_people": bool(powers.to(Action.SEE_PEOPLE)),
        "staff": [one for one in found.people.values() if one.id in listed and not one.has_left(found.today)],
        "approvers": {role: found.course.role_name(role) for role in APPROVERS},
        "names": people.names(db, (one.recorded_by for several in found.approvals.values() for one in several)),
    }


def _seen(visitor: Visitor, found: Circumstances, works: Mapping[int, frozenset[int]]) -> Iterator[Seen]:
    for claim in found.claims():
        trust_id, of_account, own = found.course.trust, claim.account.school_id, works[claim.person.id]
        decides = may(visitor.powers, Action.DECIDE, over_right(trust_id, of_account, own, Action.DECIDE))
        over = over_right(trust_id, of_account, own, Action.APPROVE)
        approvals = {
            role: found.course.role_name(role) for role in APPROVERS if may_approve(visitor.powers, role, over)
        }
        yield Seen(claim, decides, approvals)


def _lines(db: Session, found: Circumstances) -> list[completion_list.Row]:
    trust_id, name = found.course.trust, found.course.data["name"]
    return completion_list.rows(found, name, schools.of_trust(db, trust_id), schools.workplaces(db, found.people))
