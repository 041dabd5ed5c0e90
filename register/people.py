"""Who is on the staff list, and as what do the policies know them?"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.sql import ColumnElement, Select

from quiz.facts import ROLES
from quiz.nearest import suggestion
from register import events, schools
from register.database import Record
from register.schools import Workplace
from register.scope import WHOLE_TRUST, Reach

STAFF, GOVERNOR, VOLUNTEER, PARENT, CONTRACTOR = "staff", "governor", "volunteer", "parent", "contractor"
KINDS: Mapping[str, str] = {
    STAFF: "Staff",
    GOVERNOR: "Governors and trustees",
    VOLUNTEER: "Volunteers",
    PARENT: "Parents who help",
    CONTRACTOR: "Contractors",
}
_KIND_OF_ROLE: Mapping[str, str] = {
    "governor": GOVERNOR,
    "trustee": GOVERNOR,
    "volunteer": VOLUNTEER,
    "parent": PARENT,
    "contractor": CONTRACTOR,
}

LONGEST_ADDRESS = 254
# A page with the names of a whole trust would weigh more than all else on it.
MOST_TO_CHOOSE_FROM = 300
_ADDRESS = re.compile(r"[^@\s,;:<>()\"]+@[^@\s,;:<>()\"]+\.[^@\s,;:<>()\".]+")


def kind_of(role: str) -> str:
    """Return what kind of person has a role; whoever is nothing else is staff."""
    return _KIND_OF_ROLE.get(role, STAFF)


class Person(Record):
    """A person of a trust: staff, a governor, a volunteer; where they work is `schools`' to say.

    `role` is what the policy's decisions know them as; what they may do here comes from `appointments`. `external_id`
    is their number in the system that staff lists come from.
    """

    __tablename__ = "people"
    __table_args__ = (UniqueConstraint("trust_id", "email"), UniqueConstraint("trust_id", "external_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    trust_id: Mapped[str] = mapped_column(ForeignKey("trusts.id"))
    name: Mapped[str]
    first_name: Mapped[str]
    email: Mapped[str] = mapped_column(index=True)
    role: Mapped[str]
    left_on: Mapped[date | None]
    external_id: Mapped[str | None]
    erased_at: Mapped[datetime | None]

    @property
    def kind(self) -> str:
        """Staff, governor, volunteer and so on."""
        return kind_of(self.role)

    def has_left(self, today: date) -> bool:
        """Say whether the person's last day is over or is today."""
        return self.left_on is not None and self.left_on <= today


@dataclass(frozen=True)
class Newcomer:
    """Somebody to be added to a staff list."""

    name: str
    email: str
    role: str
    school_ids: Collection[int] = ()
    first_name: str | None = None
    external_id: str | None = None
    left_on: date | None = None


def add_people(
    db: Session, now: datetime, actor_id: int | None, trust_id: str, newcomers: Sequence[Newcomer]
) -> list[Person]:
    """Add some people to the staff list; raises ValueError for a role that does not exist."""
    for role in {one.role for one in newcomers}:
        if role not in ROLES:
            raise ValueError(f"there is no role {role!r}{suggestion(role, ROLES)}")
    added = [
        Person(
            trust_id=trust_id,
            name=one.name,
            first_name=one.first_name or one.name.split()[0],
            email=folded(one.email),
            role=one.role,
            external_id=one.external_id,
            left_on=one.left_on,
        )
        for one in newcomers
    ]
    db.add_all(added)
    db.flush()
    for person, one in zip(added, newcomers, strict=True):
        works = sorted(set(one.school_ids))
        db.add_all(Workplace(person_id=person.id, school_id=school_id) for school_id in works)
        subjects: dict[str, int | str] = {"person": person.id, "trust": trust_id}
        events.record(db, now, actor_id, "person.added", subjects, role=one.role, schools=works)
    return added


def add_person(
    db: Session,
    now: datetime,
    *,
    trust_id: str,
    name: str,
    email: str,
    role: str,
    school_ids: Collection[int] = (),
    first_name: str | None = None,
    actor_id: int | None = None,
) -> Person:
    """Add one person to the staff list; raises ValueError for a role that does not exist."""
    (person,) = add_people(db, now, actor_id, trust_id, [Newcomer(name, email, role, school_ids, first_name)])
    return person


def change(
    db: Session,
    now: datetime,
    actor_id: int | None,
    person: Person,
    *,
    name: str,
    first_name: str,
    email: str,
    role: str,
    external_id: str | None = None,
) -> bool:
    """Put on record what is true of a person now; return whether anything differs.

    The log says which fields, and of the role what it was and is; it names nobody.
    """
    if role not in ROLES:
        raise ValueError(f"there is no role {role!r}{suggestion(role, ROLES)}")
    new = {
        "name": name,
        "first_name": first_name,
        "email": folded(email),
        "role": role,
        "external_id": external_id or person.external_id,
    }
    differing = [field for field, value in new.items() if getattr(person, field) != value]
    if not differing:
        return False
    roles = {"role_before": person.role, "role": role} if "role" in differing else {}
    for field in differing:
        setattr(person, field, new[field])
    events.record(db, now, actor_id, "person.changed", {"person": person.id}, fields=differing, **roles)
    return True


def move(db: Session, now: datetime, actor_id: int | None, person: Person, school_ids: Collection[int]) -> bool:
    """Let a person work in exactly these schools from now on; return whether that is a change."""
    if not schools.place(db, person.id, school_ids):
        return False
    events.record(db, now, actor_id, "person.moved", {"person": person.id}, schools=sorted(set(school_ids)))
    return True


def leave(db: Session, now: datetime, actor_id: int | None, person: Person, on: date) -> None:
    """Record that somebody leaves; from that day on they cannot sign in, and no right of theirs is in force."""
    person.left_on = on
    events.record(db, now, actor_id, "person.left", {"person": person.id}, on=on.isoformat())


def is_address(email: str) -> bool:
    """Say whether a text can be an e-mail address."""
    return len(email) <= LONGEST_ADDRESS and email.isprintable() and _ADDRESS.fullmatch(email) is not None


def folded(email: str) -> str:
    """Return an address as it is compared."""
    return email.strip().casefold()


def of_trust(db: Session, trust_id: str, within: Reach = WHOLE_TRUST) -> Sequence[Person]:
    """Return everybody of a trust by name, leavers included, or those within somebody's reach."""
    return db.scalars(_within(select(Person), trust_id, within).order_by(Person.name, Person.id)).all()


def with_email(db: Session, email: str) -> Sequence[Person]:
    """Return whoever has the address; somebody may work for two trusts."""
    return db.scalars(select(Person).where(Person.email == folded(email))).all()


def per_school(db: Session, trust_id: str, today: date) -> Mapping[int, int]:
    """Return how many people work in each school of a trust today."""
    rows = (
        select(Workplace.school_id, func.count().label("number"))
        .join(Person, Person.id == Workplace.person_id)
        .where(Person.trust_id == trust_id, or_(Person.left_on.is_(None), Person.left_on > today))
        .group_by(Workplace.school_id)
    )
    return {one.school_id: one.number for one in db.execute(rows)}


def number_taken(db: Session, trust_id: str, number: str, but: Person | None) -> bool:
    """Say whether somebody else in the trust has a staff number."""
    chosen = select(Person.id).where(Person.trust_id == trust_id, Person.external_id == number)
    return any(but is None or one != but.id for one in db.scalars(chosen))


def in_trust(db: Session, trust_id: str, person_id: int) -> Person | None:
    """Return a person if they belong to the trust."""
    person = db.get(Person, person_id)
    return person if person is not None and person.trust_id == trust_id else None


def called(db: Session, trust_id: str, said: str, today: date) -> Sequence[Person]:
    """Return whoever works for a trust today and has this name or this e-mail address, in whatever letters."""
    wanted = _as_compared(said)
    several = select(Person.id, Person.name, Person.email).where(Person.trust_id == trust_id, *_there(today))
    return with_ids(db, [one.id for one in db.execute(several) if wanted in (_as_compared(one.name), one.email)])


def names_to_choose_from(db: Session, trust_id: str, within: Reach, today: date) -> Sequence[str]:
    """Return the names of everybody within somebody's reach today; none where nobody reads through so many."""
    several = _within(select(Person.name), trust_id, within).where(*_there(today)).order_by(Person.name, Person.id)
    names = db.scalars(several.limit(MOST_TO_CHOOSE_FROM + 1)).all()
    return names if len(names) <= MOST_TO_CHOOSE_FROM else ()


def with_ids(db: Session, ids: Collection[int]) -> Sequence[Person]:
    """Return some people by their ids."""
    return db.scalars(select(Person).where(Person.id.in_(ids))).all() if ids else []


def names(db: Session, ids: Iterable[int | None]) -> Mapping[int, str]:
    """Return the names of some people by id."""
    wanted = {one for one in ids if one is not None}
    rows = select(Person.id, Person.name).where(Person.id.in_(wanted))
    return {one.id: one.name for one in db.execute(rows)} if wanted else {}


def found(
    db: Session, trust_id: str, within: Reach, today: date, *, words: str, left: bool, first: int, most: int
) -> tuple[Sequence[Person], int]:
    """Return some of the people whose name or address has the words in it, by name, and how many there are in all.

    `left` asks for leavers in place of those who are here.
    """
    gone: ColumnElement[bool] = Person.left_on <= today
    here = or_(Person.left_on.is_(None), ~gone)
    chosen = _within(select(Person), trust_id, within).where(Person.erased_at.is_(None), gone if left else here)
    for word in words.split():
        chosen = chosen.where(
            or_(
                func.lower(Person.name).contains(word.lower(), autoescape=True),
                Person.email.contains(word.casefold(), autoescape=True),
            )
        )
    total = db.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    page = chosen.order_by(func.lower(Person.name), Person.id).offset(first).limit(most)
    return db.scalars(page).all(), total


def _there(today: date) -> tuple[ColumnElement[bool], ...]:
    return Person.erased_at.is_(None), or_(Person.left_on.is_(None), Person.left_on > today)


def _as_compared(said: str) -> str:
    return " ".join(said.split()).casefold()


def _within[S: Select[Any]](people: S, trust_id: str, within: Reach) -> S:
    several = people.where(Person.trust_id == trust_id)
    if within.whole:
        return several
    working = select(Workplace.person_id).where(Workplace.school_id.in_(within.schools))
    return several.where(Person.id.in_(working))
