"""Who is on the staff list, where do they work, and what may they see?"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from quiz.facts import ROLES
from quiz.nearest import suggestion
from register import events
from register.database import Record

STAFF, MANAGER = "staff", "manager"
ACCESS = (STAFF, MANAGER)


class Person(Record):
    """A person of a trust; one who works for the trust itself has no school.

    `role` is what the policy's decisions know them as; `access` is what they see here: staff see themselves, a
    manager sees the trust.
    """

    __tablename__ = "people"
    __table_args__ = (UniqueConstraint("trust_id", "email"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    trust_id: Mapped[str] = mapped_column(ForeignKey("trusts.id"))
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"))
    name: Mapped[str]
    first_name: Mapped[str]
    email: Mapped[str] = mapped_column(index=True)
    role: Mapped[str]
    access: Mapped[str]
    left_on: Mapped[date | None]

    def has_left(self, today: date) -> bool:
        """Say whether the person's last day is over or is today."""
        return self.left_on is not None and self.left_on <= today


def add_person(
    db: Session,
    now: datetime,
    *,
    trust_id: str,
    school_id: int | None,
    name: str,
    email: str,
    role: str,
    access: str = STAFF,
    first_name: str | None = None,
) -> Person:
    """Add somebody to the staff list; raises ValueError for a role or an access that does not exist."""
    if role not in ROLES:
        raise ValueError(f"there is no role {role!r}{suggestion(role, ROLES)}")
    if access not in ACCESS:
        raise ValueError(f"there is no access {access!r}{suggestion(access, ACCESS)}")
    person = Person(
        trust_id=trust_id,
        school_id=school_id,
        name=name,
        first_name=first_name or name.split()[0],
        email=folded(email),
        role=role,
        access=access,
    )
    db.add(person)
    db.flush()
    events.record(db, now, None, "person.added", {"person": person.id, "trust": trust_id}, role=role, access=access)
    return person


def leave(db: Session, now: datetime, actor_id: int | None, person: Person, on: date) -> None:
    """Record that somebody leaves; from that day on they cannot sign in, and no right of theirs is in force."""
    person.left_on = on
    events.record(db, now, actor_id, "person.left", {"person": person.id}, on=on.isoformat())


def folded(email: str) -> str:
    """Return an address as it is compared."""
    return email.strip().casefold()


def of_trust(db: Session, trust_id: str) -> Sequence[Person]:
    """Return everybody of a trust by name, leavers included."""
    return db.scalars(select(Person).where(Person.trust_id == trust_id).order_by(Person.name, Person.id)).all()


def with_email(db: Session, email: str) -> Sequence[Person]:
    """Return whoever has the address; somebody may work for two trusts."""
    return db.scalars(select(Person).where(Person.email == folded(email))).all()


def in_trust(db: Session, trust_id: str, person_id: int) -> Person | None:
    """Return a person if they belong to the trust."""
    person = db.get(Person, person_id)
    return person if person is not None and person.trust_id == trust_id else None
