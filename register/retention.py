"""How long does each trust keep personal data, and what has to go today?"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, and_, delete, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from register import erasure, events, staff_lists
from register.database import Record
from register.days import day_of, months_later
from register.links import Link, LinkRequest
from register.messages import FAILED, SENT, Message
from register.people import Person
from register.sessions import SignIn
from register.trusts import Trust


class RetentionRule(Record):
    """What a trust has decided; where it has decided nothing, nothing is disposed of.

    Personal data of leavers go `leavers_months` after their last day, traces of signing in `sign_ins_days` after they
    have ended.
    """

    __tablename__ = "retention_rules"

    trust_id: Mapped[str] = mapped_column(ForeignKey("trusts.id"), primary_key=True)
    leavers_months: Mapped[int | None]
    sign_ins_days: Mapped[int | None]


@dataclass(frozen=True)
class Disposal:
    """What was disposed of for a trust: how many people's data, traces of signing in, and unfinished staff lists."""

    trust_id: str
    people: int
    sign_ins: int
    staff_lists: int


def rule(db: Session, trust_id: str) -> RetentionRule | None:
    """Return a trust's rule if it has one."""
    return db.get(RetentionRule, trust_id)


def set_rule(
    db: Session,
    now: datetime,
    actor_id: int | None,
    trust_id: str,
    *,
    leavers_months: int | None,
    sign_ins_days: int | None,
) -> None:
    """Keep what a trust has decided; None is as long as the register exists. Raises ValueError for less than 0."""
    if any(one is not None and one < 0 for one in (leavers_months, sign_ins_days)):
        raise ValueError("a time to keep something is 0 or more")
    found = rule(db, trust_id)
    if found is None:
        found = RetentionRule(trust_id=trust_id)
        db.add(found)
    found.leavers_months, found.sign_ins_days = leavers_months, sign_ins_days
    facts = {"leavers_months": leavers_months, "sign_ins_days": sign_ins_days}
    events.record(db, now, actor_id, "retention.changed", {"trust": trust_id}, **facts)


def run(db: Session, now: datetime) -> list[Disposal]:
    """Dispose of what is kept no longer, and return what that was for each trust; each disposal is an event.

    Staff lists nobody came back for are emptied for every trust, what a trust's rule says only where there is one.
    """
    done = []
    for trust_id in db.scalars(select(Trust.id).order_by(Trust.id)).all():
        decided = rule(db, trust_id) or RetentionRule(trust_id=trust_id)
        one = Disposal(
            trust_id,
            _dispose_of_leavers(db, now, trust_id, decided.leavers_months),
            _dispose_of_sign_ins(db, now, trust_id, decided.sign_ins_days),
            staff_lists.empty_forgotten(db, now, trust_id),
        )
        if one.people or one.sign_ins or one.staff_lists:
            facts = {"people": one.people, "sign_ins": one.sign_ins, "staff_lists": one.staff_lists}
            events.record(db, now, None, "data.disposed", {"trust": trust_id}, **facts)
        done.append(one)
    return done


def _dispose_of_leavers(db: Session, now: datetime, trust_id: str, months: int | None) -> int:
    if months is None:
        return 0
    today = day_of(now)
    left = db.scalars(
        select(Person)
        .where(Person.trust_id == trust_id, Person.left_on <= today, Person.erased_at.is_(None))
        .order_by(Person.id)
    ).all()
    due = [one for one in left if one.left_on and months_later(one.left_on, months) <= today]
    for person in due:
        erasure.erase(db, now, None, person, asked_by=erasure.RETENTION, asked_on=today)
    return len(due)


def _dispose_of_sign_ins(db: Session, now: datetime, trust_id: str, days: int | None) -> int:
    if days is None:
        return 0
    since = now - timedelta(days=days)
    over = (
        (SignIn, or_(SignIn.ended_at <= since, SignIn.expires_at <= since)),
        (Link, or_(Link.used_at <= since, Link.ended_at <= since, Link.expires_at <= since)),
        (LinkRequest, LinkRequest.answered_at <= since),
        (Message, and_(Message.state.in_((SENT, FAILED)), Message.tried_at <= since)),
    )
    of_trust = select(Person.id).where(Person.trust_id == trust_id)
    gone = 0
    for table, ended in over:
        rows = delete(table).where(ended, table.person_id.in_(of_trust)).returning(table.id)
        gone += len(db.scalars(rows).all())
    return gone
