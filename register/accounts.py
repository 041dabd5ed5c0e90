"""Which accounts does a trust have, and who are their holders?"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from register import events
from register.database import Record
from register.people import Person
from register.schools import Workplace
from register.scope import WHOLE_TRUST, Reach

PLATFORMS = {
    "x": "X",
    "facebook": "Facebook",
    "instagram": "Instagram",
    "linkedin": "LinkedIn",
    "youtube": "YouTube",
    "tiktok": "TikTok",
    "whatsapp": "WhatsApp",
    "blog": "Blog",
    "forum": "Forum",
    "game": "Online game",
    "other": "Another platform",
}
# The values of the fact `account`, without the personal ones: nobody asks the trust for the right to their own.
KINDS = {
    "trust-official": "Official account of the trust",
    "school-official": "Official account of a school",
    "department": "Account of a subject or department",
    "classroom": "Account of a class",
}


class Account(Record):
    """An account; its login and password are never kept here, `custody` says only where they are.

    `opened_at` is empty while it is only proposed; `plans` is what was said of it then (see `openings`).
    """

    __tablename__ = "accounts"
    __table_args__ = (Index("ix_accounts_name", "trust_id", "platform", "folded_handle", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    trust_id: Mapped[str] = mapped_column(ForeignKey("trusts.id"))
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"))
    platform: Mapped[str]
    handle: Mapped[str]
    folded_handle: Mapped[str]
    kind: Mapped[str]
    purpose: Mapped[str]
    audience: Mapped[str]
    custody: Mapped[str]
    opened_at: Mapped[datetime | None]
    plans: Mapped[dict[str, Any]]

    @property
    def label(self) -> str:
        """The account as people call it: Facebook, Demo School 1."""
        return f"{PLATFORMS.get(self.platform, self.platform)} {self.handle}"

    @property
    def kind_label(self) -> str:
        """The kind in words; a policy may ask for more, or forbid posting, by it."""
        return KINDS.get(self.kind, self.kind)


class Holder(Record):
    """A person named as a holder of an account."""

    __tablename__ = "account_holders"
    __table_args__ = (UniqueConstraint("account_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    named_at: Mapped[datetime]
    named_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


def folded(handle: str) -> str:
    """Return a handle as it is compared: `@DemoSchool` is `demoschool`."""
    return handle.strip().removeprefix("@").casefold()


def add_account(
    db: Session,
    now: datetime,
    actor_id: int | None,
    *,
    trust_id: str,
    school_id: int | None,
    platform: str,
    handle: str,
    kind: str,
    purpose: str,
    audience: str = "",
    custody: str = "",
    proposed: bool = False,
) -> Account:
    """Return the trust's account of that name, added if it is new; the account of a trust belongs to no school.

    One that is only `proposed` is opened when the first right on it is granted.
    """
    found = db.scalar(
        select(Account).where(
            Account.trust_id == trust_id, Account.platform == platform, Account.folded_handle == folded(handle)
        )
    )
    if found is not None:
        return found
    account = Account(
        trust_id=trust_id,
        school_id=None if kind == "trust-official" else school_id,
        platform=platform,
        handle=handle.strip(),
        folded_handle=folded(handle),
        kind=kind,
        purpose=purpose.strip(),
        audience=audience.strip(),
        custody=custody.strip(),
        opened_at=None if proposed else now,
        plans={},
    )
    db.add(account)
    db.flush()
    events.record(
        db, now, actor_id, "account.added", {"account": account.id, "trust": trust_id}, platform=platform, kind=kind
    )
    return account


def change(db: Session, now: datetime, actor_id: int | None, account: Account, **said: Any) -> None:
    """Put on record what is true of an account now; the log says which of its fields changed, not what they say."""
    differing = sorted(field for field, value in said.items() if getattr(account, field) != value)
    for field in differing:
        setattr(account, field, said[field])
    if differing:
        events.record(db, now, actor_id, "account.changed", {"account": account.id}, fields=differing)


def open_up(db: Session, now: datetime, actor_id: int | None, account: Account) -> None:
    """Record that a proposed account is opened; one that is open stays as it is."""
    if account.opened_at is None:
        account.opened_at = now
        events.record(db, now, actor_id, "account.opened", {"account": account.id})


def open_to(db: Session, person: Person) -> Sequence[Account]:
    """Return the accounts a person can ask for: those of the trust and of their schools."""
    own = select(Workplace.school_id).where(Workplace.person_id == person.id)
    return db.scalars(
        select(Account)
        .where(Account.trust_id == person.trust_id, or_(Account.school_id.is_(None), Account.school_id.in_(own)))
        .order_by(Account.platform, Account.folded_handle)
    ).all()


def held_by(db: Session, person: Person) -> Sequence[Account]:
    """Return the accounts a person is named as a holder of."""
    return db.scalars(
        select(Account)
        .join(Holder, Holder.account_id == Account.id)
        .where(Holder.person_id == person.id)
        .order_by(Account.platform, Account.folded_handle)
    ).all()


def of_trust(db: Session, trust_id: str, within: Reach = WHOLE_TRUST) -> Sequence[Account]:
    """Return all accounts of a trust, or those of the schools within somebody's reach."""
    chosen = select(Account).where(Account.trust_id == trust_id)
    if not within.whole:
        chosen = chosen.where(Account.school_id.in_(within.schools))
    return db.scalars(chosen.order_by(Account.platform, Account.folded_handle)).all()


def in_trust(db: Session, trust_id: str, account_id: int) -> Account | None:
    """Return an account if it belongs to the trust."""
    account = db.get(Account, account_id)
    return account if account is not None and account.trust_id == trust_id else None


def name_holder(db: Session, now: datetime, actor_id: int | None, account: Account, person: Person) -> None:
    """Name a person as a holder; naming somebody twice changes nothing."""
    if _holder(db, account, person) is None:
        db.add(Holder(account_id=account.id, person_id=person.id, named_at=now, named_by=actor_id))
        events.record(db, now, actor_id, "holder.named", {"account": account.id, "person": person.id})


def remove_holder(db: Session, now: datetime, actor_id: int | None, account: Account, person: Person) -> None:
    """Take a person off an account's holders."""
    holder = _holder(db, account, person)
    if holder is not None:
        db.delete(holder)
        events.record(db, now, actor_id, "holder.removed", {"account": account.id, "person": person.id})


def _holder(db: Session, account: Account, person: Person) -> Holder | None:
    return db.scalar(select(Holder).where(Holder.account_id == account.id, Holder.person_id == person.id))


def holders(db: Session, account_ids: Iterable[int], today: date) -> Mapping[int, list[Person]]:
    """Return the holders of some accounts, by account; those who have left hold nothing any more."""
    rows = db.execute(
        select(Holder.account_id, Person)
        .join(Person, Person.id == Holder.person_id)
        .where(Holder.account_id.in_(list(account_ids)))
        .order_by(func.lower(Person.name))
    )
    found: dict[int, list[Person]] = {}
    for account_id, person in rows:
        if not person.has_left(today):
            found.setdefault(account_id, []).append(person)
    return found
