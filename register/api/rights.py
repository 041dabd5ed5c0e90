"""GET /api/rights, /api/rights/check and /api/accounts: may this person post, and who may? For programs with a key."""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel
from sqlalchemy.orm import Session

from register import accounts, clearances, posting_rights
from register.accounts import Account
from register.api.errors import FAILURES
from register.clearances import Circumstances, Claim
from register.desk import AtDesk, Desk
from register.keys import AProgram
from register.notices import state_of
from register.people import folded
from register.posting_rights import GRANTED, REVOKED
from register.programs import Program

router = APIRouter(responses=FAILURES)

type Words = Annotated[str, Query(max_length=300)]


class AboutAccount(BaseModel):
    """An account; `school` is its id, null for the trust's own."""

    id: int
    platform: str
    handle: str
    school: int | None


class AboutPerson(BaseModel):
    """A person."""

    name: str
    email: str


class Right(BaseModel):
    """A right as it is now: `state` is granted, held, lapsed or revoked, and only the first means `may_post`."""

    id: int
    state: str
    may_post: bool
    person: AboutPerson
    account: AboutAccount
    reasons: list[str]


class Rights(BaseModel):
    """The rights within the key's scope, at one moment."""

    asked_at: datetime
    rights: list[Right]


class Check(BaseModel):
    """Whether somebody may post on an account now; `reasons` says why not."""

    asked_at: datetime
    may_post: bool
    reasons: list[str]


class Posters(BaseModel):
    """An account and who may post on it now, by e-mail address."""

    account: AboutAccount
    on_hold: bool
    may_post: list[str]


class Accounts(BaseModel):
    """The accounts within the key's scope, at one moment."""

    asked_at: datetime
    accounts: list[Posters]


@router.get("/api/rights")
def rights(program: AProgram, desk: AtDesk) -> Rights:
    """Return every right that was ever granted, as it is now."""
    with desk.database.reading() as db:
        found = [_right(claim) for claim in _claims(_circumstances(db, desk, program), program)]
    return Rights(asked_at=desk.now, rights=found)


@router.get("/api/rights/check")
def check(program: AProgram, desk: AtDesk, email: Words, platform: Words, handle: Words) -> Check:
    """Return whether somebody may post on an account now; whoever or whatever is not on record may not."""
    with desk.database.reading() as db:
        claims = [
            claim
            for claim in _claims(_circumstances(db, desk, program), program)
            if claim.person.email == folded(email)
            and (claim.account.platform, claim.account.folded_handle) == (platform, accounts.folded(handle))
        ]
    # The newest first: whoever asked again after a refusal has two.
    best = next((one for one in claims if one.in_force), claims[0] if claims else None)
    reasons = ["There is no right on record."] if best is None else _reasons(best)
    return Check(asked_at=desk.now, may_post=best is not None and best.in_force, reasons=reasons)


@router.get("/api/accounts")
def posters(program: AProgram, desk: AtDesk) -> Accounts:
    """Return the accounts, and who may post on each now."""
    with desk.database.reading() as db:
        found = _circumstances(db, desk, program)
        several = accounts.of_trust(db, program.trust_id)
        live = [claim for claim in _claims(found, program) if claim.in_force]
    return Accounts(
        asked_at=desk.now,
        accounts=[
            Posters(
                account=_account(one),
                on_hold=any(hold.covers(one) for hold, _ in found.holds),
                may_post=[claim.person.email for claim in live if claim.account.id == one.id],
            )
            for one in several
            if _within(program, one)
        ],
    )


def _circumstances(db: Session, desk: Desk, program: Program) -> Circumstances:
    course = desk.shelf.current(program.trust_id)
    several = posting_rights.people_with_rights(db, program.trust_id)
    return clearances.circumstances(db, course, desk.now, several=several)


def _claims(found: Circumstances, program: Program) -> Iterator[Claim]:
    return (
        claim for claim in found.claims() if claim.right.state in (GRANTED, REVOKED) and _within(program, claim.account)
    )


def _within(program: Program, account: Account) -> bool:
    return program.school_id in (None, account.school_id)


def _right(claim: Claim) -> Right:
    return Right(
        id=claim.right.id,
        state=state_of(claim),
        may_post=claim.in_force,
        person=AboutPerson(name=claim.person.name, email=claim.person.email),
        account=_account(claim.account),
        reasons=_reasons(claim),
    )


def _reasons(claim: Claim) -> list[str]:
    if claim.right.state == REVOKED:
        return ["The right was taken back."]
    return [reason.says for reason in claim.clearance.reasons]


def _account(one: Account) -> AboutAccount:
    return AboutAccount(id=one.id, platform=one.platform, handle=one.handle, school=one.school_id)
