"""Who has asked for the right to post on which account, who has agreed, and what was decided?"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from quiz.facts import APPROVERS
from quiz.nearest import suggestion
from register import events
from register.accounts import Account
from register.database import Record
from register.people import Person
from register.refusals import Refused

REQUESTED, GRANTED, REFUSED, REVOKED = "requested", "granted", "refused", "revoked"
OPEN = (REQUESTED, GRANTED)
_STILL_OPEN = text("state IN ('requested', 'granted')")


class PostingRight(Record):
    """A person's request for the right to post on an account, and what became of it.

    Being granted is not enough to post: whether the right is in force today is `clearances`' to say.
    """

    __tablename__ = "posting_rights"
    __table_args__ = (
        Index(
            "ix_posting_rights_open",
            "person_id",
            "account_id",
            unique=True,
            sqlite_where=_STILL_OPEN,
            postgresql_where=_STILL_OPEN,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    state: Mapped[str]
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str | None]


class Approval(Record):
    """The agreement of a role to a right, as a manager recorded it."""

    __tablename__ = "approvals"
    __table_args__ = (UniqueConstraint("right_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    right_id: Mapped[int] = mapped_column(ForeignKey("posting_rights.id"))
    role: Mapped[str]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("people.id"))


def ask(db: Session, now: datetime, person: Person, account: Account) -> PostingRight:
    """Ask for a right; raises Refused if the person has it or has asked for it already."""
    known = db.scalar(
        select(PostingRight).where(
            PostingRight.person_id == person.id, PostingRight.account_id == account.id, PostingRight.state.in_(OPEN)
        )
    )
    if known is not None:
        raise Refused(409, "already-asked", f"You have asked for {account.label} already. See its state on this page.")
    right = PostingRight(person_id=person.id, account_id=account.id, state=REQUESTED, asked_at=now)
    db.add(right)
    db.flush()
    events.record(db, now, person.id, "right.requested", _subjects(right))
    return right


def record_approval(db: Session, now: datetime, actor_id: int, right: PostingRight, role: str) -> None:
    """Record that a role has agreed; a second time changes nothing. Raises Refused once the right has ended.

    Raises ValueError for an unknown role.
    """
    if role not in APPROVERS:
        raise ValueError(f"there is no role {role!r}{suggestion(role, APPROVERS)}")
    if right.state not in OPEN:
        raise _decided(right)
    if db.scalar(select(Approval).where(Approval.right_id == right.id, Approval.role == role)) is None:
        db.add(Approval(right_id=right.id, role=role, recorded_at=now, recorded_by=actor_id))
        events.record(db, now, actor_id, "approval.recorded", _subjects(right), role=role)


def decide(
    db: Session, now: datetime, actor_id: int | None, right: PostingRight, state: str, reason: str | None = None
) -> None:
    """Grant or refuse what was requested, or revoke what was granted; raises Refused if that is not its state now.

    Whether it may be granted is not asked here: see `clearances`.
    """
    needed = GRANTED if state == REVOKED else REQUESTED
    if right.state != needed:
        raise _decided(right)
    right.state, right.decided_at, right.decided_by, right.reason = state, now, actor_id, reason
    events.record(db, now, actor_id, f"right.{state}", _subjects(right))


def of_people(db: Session, people: Iterable[int]) -> Sequence[tuple[PostingRight, Account]]:
    """Return the rights of some people with their accounts, the newest request first."""
    rows = db.execute(
        select(PostingRight, Account)
        .join(Account, Account.id == PostingRight.account_id)
        .where(PostingRight.person_id.in_(list(people)))
        .order_by(PostingRight.asked_at.desc(), PostingRight.id.desc())
    )
    return [(right, account) for right, account in rows]


def people_with_rights(db: Session, trust_id: str, states: Collection[str] = (GRANTED, REVOKED)) -> Sequence[Person]:
    """Return, by name, whoever has a right on an account of the trust: granted, also if it was taken back since.

    Or in other `states`.
    """
    rights = (
        select(PostingRight.person_id)
        .join(Account, Account.id == PostingRight.account_id)
        .where(Account.trust_id == trust_id, PostingRight.state.in_(states))
    )
    return db.scalars(select(Person).where(Person.id.in_(rights)).order_by(Person.name, Person.id)).all()


def approvals(db: Session, rights: Iterable[int]) -> Mapping[int, list[Approval]]:
    """Return the approvals of some rights, by right, in the order they were recorded."""
    found: dict[int, list[Approval]] = {}
    rows = select(Approval).where(Approval.right_id.in_(list(rights))).order_by(Approval.recorded_at, Approval.id)
    for approval in db.scalars(rows):
        found.setdefault(approval.right_id, []).append(approval)
    return found


def in_trust(db: Session, trust_id: str, right_id: int) -> tuple[PostingRight, Account] | None:
    """Return a right and its account if it is about an account of the trust."""
    row = db.execute(
        select(PostingRight, Account)
        .join(Account, Account.id == PostingRight.account_id)
        .where(PostingRight.id == right_id, Account.trust_id == trust_id)
    ).first()
    return (row[0], row[1]) if row else None


def _decided(right: PostingRight) -> Refused:
    return Refused(409, "already-decided", f"This right is {right.state} already. Look at the page again.")


def _subjects(right: PostingRight) -> dict[str, int]:
    return {"right": right.id, "person": right.person_id, "account": right.account_id}
