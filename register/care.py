"""When was an account last looked at, how often is there a post on it, and is that what the policy asks for?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from quiz.courses import Course
from quiz.rulings import NOT_COVERED, Ruling
from register import events
from register.accounts import Account
from register.database import Record
from register.days import day_of
from register.people import Person

DECISION = "keep-account"
CHECKED, POSTED = "checked", "posted"
_NOTED = {CHECKED: "account.checked", POSTED: "account.posted"}
A_WEEK = timedelta(days=7)
_MOST = 999


class Care(Record):
    """Somebody's note that they checked an account, or posted on it: whoever posts has looked at it too."""

    __tablename__ = "account_care"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[str]
    at: Mapped[datetime]


@dataclass(frozen=True)
class Kept:
    """When somebody last noted anything about an account, None if nobody has, and the posts of the last seven days."""

    last_at: datetime | None = None
    posts: int = 0


def note(db: Session, now: datetime, person: Person, account: Account, kind: str) -> None:
    """Record that somebody checked an account or posted on it; raises ValueError for any other kind."""
    if kind not in _NOTED:
        raise ValueError(f"an account is checked or posted on, not {kind!r}")
    db.add(Care(account_id=account.id, person_id=person.id, kind=kind, at=now))
    events.record(db, now, person.id, _NOTED[kind], {"account": account.id, "person": person.id})


def of_accounts(db: Session, account_ids: Iterable[int], now: datetime) -> Mapping[int, Kept]:
    """Return how some accounts are looked after, by account; one nobody noted anything about is not in it."""
    ids = list(account_ids)
    last = select(Care.account_id, func.max(Care.at).label("at")).where(Care.account_id.in_(ids))
    posts = select(Care.account_id, func.count().label("number")).where(
        Care.account_id.in_(ids), Care.kind == POSTED, Care.at > now - A_WEEK
    )
    counted = {one.account_id: one.number for one in db.execute(posts.group_by(Care.account_id))}
    found = db.execute(last.group_by(Care.account_id))
    return {one.account_id: Kept(one.at, counted.get(one.account_id, 0)) for one in found}


def ruling(course: Course, account: Account, kept: Kept, holders: int, now: datetime) -> Ruling:
    """Return what is left undone about an account; nothing while it is only proposed.

    In its first week nobody is behind with the week's posts.
    """
    if account.opened_at is None:
        return Ruling(DECISION, course.trust, NOT_COVERED)
    since = max(kept.last_at or account.opened_at, account.opened_at)
    is_new = now - account.opened_at < A_WEEK
    facts = {
        "account": account.kind,
        "platform": account.platform,
        "posts_last_week": _MOST if is_new else min(kept.posts, _MOST),
        "days_unmonitored": max(0, min((day_of(now) - day_of(since)).days, _MOST)),
        "holders": min(holders, 99),
    }
    return course.rule(DECISION, facts)
