"""/my/accounts/…: whoever runs an account notes that they checked it, or posted on it."""

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from register import accounts, care
from register.accounts import Account
from register.clearances import circumstances
from register.desk import AtDesk, Desk
from register.doorway import AVisitor, Id, OwnForm, Visitor
from register.pages.page import see
from register.refusals import NotFound, Refused

router = APIRouter(include_in_schema=False)


@router.post("/my/accounts/{held_id}/care")
def note(held_id: Id, visitor: AVisitor, desk: AtDesk, fields: OwnForm) -> Response:
    """Record what was done; only whoever may post notes a post, and a holder that they looked."""
    kind = fields.get("kind", "")
    with desk.database.writing() as db:
        account = accounts.in_trust(db, visitor.person.trust_id, held_id)
        holds, posts = (False, False) if account is None else _runs(db, desk, visitor, account)
        if account is None or not (holds or posts):
            raise NotFound
        if kind not in (care.CHECKED, care.POSTED):
            raise Refused(422, "no-care", "Say whether you checked the account or posted on it.")
        if kind == care.POSTED and not posts:
            raise Refused(403, "may-not-post", "You may not post on this account at present. See why on your page.")
        care.note(db, desk.now, visitor.person, account, kind)
    return see("/my/#held")


def _runs(db: Session, desk: Desk, visitor: Visitor, account: Account) -> tuple[bool, bool]:
    """Return whether somebody holds an account, and whether they may post on it now."""
    found = circumstances(db, desk.shelf.current(visitor.person.trust_id), desk.now, only=visitor.person)
    posts = any(one.in_force for one in found.claims() if one.account.id == account.id)
    return any(one.id == account.id for one in accounts.held_by(db, visitor.person)), posts
