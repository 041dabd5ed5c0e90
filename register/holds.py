"""Where is posting on hold, why, and since when?"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from register import events
from register.accounts import Account
from register.database import Record
from register.people import Person


class Hold(Record):
    """A pause of all posting: of one account, of a school, or without either of the whole trust.

    `ends_at` is what was planned; a pause may also be planned to start later.
    """

    __tablename__ = "holds"

    id: Mapped[int] = mapped_column(primary_key=True)
    trust_id: Mapped[str] = mapped_column(ForeignKey("trusts.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"))
    reason: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    def covers(self, account: Account) -> bool:
        """Say whether an account of the trust is on hold by this."""
        if self.account_id is not None:
            return self.account_id == account.id
        return self.school_id is None or self.school_id == account.school_id


def set_hold(
    db: Session,
    now: datetime,
    actor_id: int,
    *,
    trust_id: str,
    account_id: int | None,
    school_id: int | None = None,
    reason: str,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> Hold:
    """Put a trust, one of its schools or one of its accounts on hold, from now on if no start is given."""
    hold = Hold(
        trust_id=trust_id,
        account_id=account_id,
        school_id=school_id,
        reason=reason,
        author_id=actor_id,
        starts_at=starts_at or now,
        ends_at=ends_at,
    )
    db.add(hold)
    db.flush()
    subjects: dict[str, int | str] = {"hold": hold.id, "trust": trust_id}
    if account_id is not None:
        subjects["account"] = account_id
    if school_id is not None:
        subjects["school"] = school_id
    ends = ends_at.isoformat() if ends_at else None
    events.record(db, now, actor_id, "hold.set", subjects, starts_at=hold.starts_at.isoformat(), ends_at=ends)
    return hold


def lift(db: Session, now: datetime, actor_id: int, hold: Hold) -> None:
    """End a hold; one that was lifted before stays as it was."""
    if hold.lifted_at is None:
        hold.lifted_at, hold.lifted_by = now, actor_id
        events.record(db, now, actor_id, "hold.lifted", {"hold": hold.id, "trust": hold.trust_id})


def in_force(db: Session, trust_id: str, now: datetime) -> Sequence[tuple[Hold, str]]:
    """Return the holds of a trust that are in force, with their authors' names, the oldest first."""
    return _found(db, trust_id, now, Hold.starts_at <= now)


def planned(db: Session, trust_id: str, now: datetime) -> Sequence[tuple[Hold, str]]:
    """Return the holds of a trust that have not begun, with their authors' names, the next first."""
    return _found(db, trust_id, now, Hold.starts_at > now)


def _found(db: Session, trust_id: str, now: datetime, begun: ColumnElement[bool]) -> Sequence[tuple[Hold, str]]:
    rows = db.execute(
        select(Hold, Person.name)
        .join(Person, Person.id == Hold.author_id)
        .where(
            Hold.trust_id == trust_id,
            begun,
            Hold.lifted_at.is_(None),
            or_(Hold.ends_at.is_(None), Hold.ends_at > now),
        )
        .order_by(Hold.starts_at, Hold.id)
    )
    return [(hold, author) for hold, author in rows]


def in_trust(db: Session, trust_id: str, hold_id: int) -> Hold | None:
    """Return a hold if it is the trust's."""
    hold = db.get(Hold, hold_id)
    return hold if hold is not None and hold.trust_id == trust_id else None


def what(hold: Hold) -> str:
    """Return what is paused, in the middle of a sentence."""
    if hold.account_id is not None:
        return "this account"
    return "every account of the school" if hold.school_id is not None else "every account of the trust"
