"""/manage/holds/…: a manager pauses all posting of the trust, a school or one account, and lifts the pause."""

from collections.abc import Mapping
from datetime import datetime

from fastapi import APIRouter, Response

from register import accounts, holds, schools
from register.days import LONDON
from register.desk import AtDesk
from register.doorway import LARGEST_ID, AManager, Id, OwnForm, Visitor, chosen_id
from register.gate import check, over_account
from register.pages.manage import show
from register.pages.page import Problem, see
from register.pages.posting_rights import wrong_reason
from register.refusals import NotFound
from register.scope import Action, Over

router = APIRouter(include_in_schema=False)

OF_SCHOOL = "school-"


@router.post("/manage/holds")
def set_hold(manager: AManager, desk: AtDesk, fields: OwnForm) -> Response:
    """Put the trust, or the school or account chosen, on hold: from now on or from a moment to come."""
    trust_id = manager.person.trust_id
    chosen = fields.get("account", "")
    account_id, school_id = chosen_id(fields, "account"), _school_id(chosen)
    starts, ends = _moment(fields.get("starts", "")), _moment(fields.get("ends", ""))
    says = wrong_reason(fields.get("reason", ""))
    problem = (
        _wrong_target(manager, chosen)
        or (Problem("hold-reason", says) if says else None)
        or _wrong_time(fields, desk.now, starts, ends)
    )
    if problem:
        return show(desk, manager, code=422, problems=(problem,), fields=fields)
    with desk.database.writing() as db:
        account = accounts.in_trust(db, trust_id, account_id) if account_id else None
        school = schools.in_trust(db, trust_id, school_id) if school_id else None
        if chosen and account is None and school is None:
            raise NotFound
        if account is not None:
            check(manager, Action.DECIDE, over_account(account))
        if school is not None:
            check(manager, Action.DECIDE, Over(trust_id, frozenset({school.id})))
        holds.set_hold(
            db,
            desk.now,
            manager.person.id,
            trust_id=trust_id,
            account_id=account.id if account else None,
            school_id=school.id if school else None,
            reason=fields["reason"],
            starts_at=starts,
            ends_at=ends,
        )
    return see("/manage/#holds")


@router.post("/manage/holds/{hold_id}/lift")
def lift(hold_id: Id, manager: AManager, desk: AtDesk, _fields: OwnForm) -> Response:
    """End a hold, or call one off that has not begun."""
    with desk.database.writing() as db:
        hold = holds.in_trust(db, manager.person.trust_id, hold_id)
        if hold is None:
            raise NotFound
        holds.lift(db, desk.now, manager.person.id, hold)
    return see("/manage/#holds")


def _school_id(chosen: str) -> int | None:
    number = chosen.removeprefix(OF_SCHOOL)
    is_one = chosen.startswith(OF_SCHOOL) and number.isdecimal() and len(number) <= len(str(LARGEST_ID))
    return int(number) if is_one and 1 <= int(number) <= LARGEST_ID else None


def _wrong_target(manager: Visitor, chosen: str) -> Problem | None:
    if chosen or manager.powers.reach(Action.DECIDE).whole:
        return None
    says = "Choose one of your schools or its accounts. Only a manager of the whole trust pauses all of them."
    return Problem("hold-account", says)


def _wrong_time(
    fields: Mapping[str, str], now: datetime, starts: datetime | None, ends: datetime | None
) -> Problem | None:
    """Return what is wrong with the times: both may be left out, and a pause is over after it began."""
    for name, found in (("starts", starts), ("ends", ends)):
        if fields.get(name) and found is None:
            return Problem(f"hold-{name}", "Enter a day and a time, like 2027-01-14 09:05.")
    if starts is not None and starts < now:
        return Problem("hold-starts", "Enter a moment to come, or leave it empty to begin now.")
    if ends is not None and ends <= (starts or now):
        return Problem("hold-ends", "Enter a moment after the beginning, or leave it empty.")
    return None


def _moment(text: str) -> datetime | None:
    """Return a moment as a form gives it, by the clocks of the schools; None if it is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    try:
        return (found if found.tzinfo else found.replace(tzinfo=LONDON)).astimezone(LONDON)
    except OverflowError:
        return None
