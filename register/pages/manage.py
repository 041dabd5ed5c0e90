"""/manage/: what needs doing in my trust, who is clear to post, and who has not passed?"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from quiz.facts import APPROVERS
from register import accounts, completion_list, links, trusts
from register.clearances import Circumstances, circumstances
from register.completion_list import FILTERS
from register.days import day_of
from register.desk import AtDesk, Desk
from register.doorway import AManager, Visitor
from register.pages.page import Problem, page
from register.posting_rights import GRANTED, REQUESTED

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
        lines = _lines(db, circumstances(db, desk.shelf.current(trust_id), desk.now))
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
        found = circumstances(db, course, desk.now)
        context = _context(db, found, known_filter(status))
    context["fields"] = fields or {}
    return page(desk, manager, "manage/page.html", context, code, problems)


def known_filter(status: str) -> str:
    """Return the filter of a query string; one that does not exist shows everyone."""
    return status if status in FILTERS else "everyone"


def _context(db: Session, found: Circumstances, status: str) -> dict[str, Any]:
    trust_id = found.course.trust
    lines = _lines(db, found)
    claims = list(found.claims())
    return {
        "trust": found.course.data["name"],
        "is_training": found.course.is_training,
        "requests": [one for one in claims if one.right.state == REQUESTED],
        "granted": [one for one in claims if one.right.state == GRANTED],
        "waiting": links.waiting(db, trust_id),
        "due": completion_list.chosen(lines, "due", found.today),
        "expiring": completion_list.chosen(lines, "expiring", found.today),
        "rows": completion_list.chosen(lines, status, found.today),
        "status": status,
        "filters": FILTERS,
        "download": f"/manage/completions.csv?{urlencode({'status': status})}",
        "holds": found.holds,
        "accounts": {one.id: one for one in accounts.of_trust(db, trust_id)},
        "staff": [one for one in found.people.values() if not one.has_left(found.today)],
        "approvers": {role: found.course.role_name(role) for role in APPROVERS},
        "names": {one.id: one.name for one in found.people.values()},
    }


def _lines(db: Session, found: Circumstances) -> list[completion_list.Row]:
    return completion_list.rows(found, found.course.data["name"], trusts.schools(db, found.course.trust))
