"""Who runs which account, who may post on it today, and what of its policy's duties is left undone?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from quiz.courses import Course
from quiz.feedback import provision
from quiz.rulings import Ruling
from register import accounts, care
from register.accounts import Account
from register.care import Kept
from register.clearances import Claim
from register.days import day_of
from register.holds import Hold
from register.people import Person


@dataclass(frozen=True)
class Undone:
    """Something left undone: its short name, what to do, and the provision that asks for it."""

    key: str
    does: str
    provision: Mapping[str, Any]


@dataclass(frozen=True)
class Duty:
    """How an account is looked after; `below_holders` and `behind` say which of the two a manager has to see to."""

    left: tuple[Undone, ...] = ()
    note: str | None = None

    @property
    def below_holders(self) -> bool:
        """Whether fewer people hold it than the policy asks for."""
        return any(one.key == "holders" for one in self.left)

    @property
    def behind(self) -> bool:
        """Whether a post or a look is overdue, or it should not be there at all."""
        return any(one.key != "holders" for one in self.left)


@dataclass(frozen=True)
class Run:
    """An account of somebody's: whether they hold it, and whether they may post on it now."""

    account: Account
    holds: bool
    posts: bool
    kept: Kept
    duty: Duty


@dataclass(frozen=True)
class Standing:
    """An account today: who holds it, who may post on it, and whose right is granted without being in force."""

    account: Account
    holders: Sequence[Person]
    posting: Sequence[Claim]
    not_in_force: Sequence[Claim]
    on_hold: bool
    kept: Kept
    duty: Duty


def duty_of(course: Course, ruling: Ruling) -> Duty:
    """Return what a ruling says is left undone: what to do about each thing, once."""
    left = {one.key: Undone(one.key, one.says, provision(course, one.provision)) for one in ruling.unmet}
    left |= {one.key: Undone(one.key, one.does, provision(course, one.provision)) for one in reversed(ruling.steps)}
    return Duty(tuple(left.values()), ruling.note)


def run_by(db: Session, course: Course, now: datetime, person: Person, claims: Iterable[Claim]) -> list[Run]:
    """Return the accounts a person holds or may post on, as the policy wants them looked after."""
    held = accounts.held_by(db, person)
    posting = {one.account.id: one.account for one in claims if one.in_force}
    several = {**{one.id: one for one in held}, **posting}
    kept = care.of_accounts(db, several, now)
    holders = accounts.holders(db, several, day_of(now))
    return [
        Run(
            one,
            one in held,
            one.id in posting,
            kept.get(one.id, Kept()),
            _duty(course, one, kept, holders, now),
        )
        for one in several.values()
    ]


def standings(
    db: Session,
    course: Course,
    now: datetime,
    several: Sequence[Account],
    claims: Sequence[Claim],
    holding: Sequence[Hold],
) -> list[Standing]:
    """Return how some accounts stand, in their order, by the rights granted and the holds in force."""
    ids = [one.id for one in several]
    kept, holders = care.of_accounts(db, ids, now), accounts.holders(db, ids, day_of(now))
    found = []
    for one in several:
        own = [claim for claim in claims if claim.account.id == one.id]
        found.append(
            Standing(
                one,
                holders.get(one.id, []),
                [claim for claim in own if claim.in_force],
                [claim for claim in own if not claim.in_force],
                any(hold.covers(one) for hold in holding),
                kept.get(one.id, Kept()),
                _duty(course, one, kept, holders, now),
            )
        )
    return found


def _duty(
    course: Course,
    account: Account,
    kept: Mapping[int, Kept],
    holders: Mapping[int, Sequence[Person]],
    now: datetime,
) -> Duty:
    number = len(holders.get(account.id, ()))
    return duty_of(course, care.ruling(course, account, kept.get(account.id, Kept()), number, now))
