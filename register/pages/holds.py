"""/manage/holds/…: a manager pauses all posting of the trust or on one account, and lifts the pause."""

from fastapi import APIRouter, Response

from register import accounts, holds
from register.desk import AtDesk
from register.doorway import AManager, Id, OwnForm, chosen_id
from register.gate import check, over_account
from register.pages.manage import show
from register.pages.page import Problem, see
from register.pages.posting_rights import wrong_reason
from register.refusals import NotFound
from register.scope import Action

router = APIRouter(include_in_schema=False)


@router.post("/manage/holds")
def set_hold(manager: AManager, desk: AtDesk, fields: OwnForm) -> Response:
    """Put the trust, or the account chosen, on hold from now on."""
    trust_id = manager.person.trust_id
    chosen, reason = fields.get("account", ""), fields.get("reason", "")
    account_id = chosen_id(fields, "account")
    problem = wrong_reason(reason)
    if not account_id and not chosen and not manager.powers.reach(Action.DECIDE).whole:
        says = "Choose one of your schools' accounts. Only a manager of the whole trust pauses all of them."
        return show(desk, manager, code=422, problems=(Problem("hold-account", says),), fields=fields)
    if problem:
        return show(desk, manager, code=422, problems=(Problem("hold-reason", problem),), fields=fields)
    with desk.database.writing() as db:
        account = accounts.in_trust(db, trust_id, account_id) if account_id else None
        if chosen and account is None:
            raise NotFound
        if account is not None:
            check(manager, Action.DECIDE, over_account(account))
        holds.set_hold(
            db,
            desk.now,
            manager.person.id,
            trust_id=trust_id,
            account_id=account.id if account else None,
            reason=reason,
        )
    return see("/manage/#holds")


@router.post("/manage/holds/{hold_id}/lift")
def lift(hold_id: Id, manager: AManager, desk: AtDesk, _fields: OwnForm) -> Response:
    """End a hold."""
    with desk.database.writing() as db:
        hold = holds.in_trust(db, manager.person.trust_id, hold_id)
        if hold is None:
            raise NotFound
        holds.lift(db, desk.now, manager.person.id, hold)
    return see("/manage/#holds")
