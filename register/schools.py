"""Which schools belong to a trust, and who works in which?

Somebody may work in two; whoever works in none is of the trust itself.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from register import events
from register.database import Record


class School(Record):
    """A school of a trust; `external_id` is what the system staff lists come from calls it, if it has told."""

    __tablename__ = "schools"
    __table_args__ = (UniqueConstraint("trust_id", "name"), UniqueConstraint("trust_id", "external_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    trust_id: Mapped[str] = mapped_column(ForeignKey("trusts.id"))
    name: Mapped[str]
    external_id: Mapped[str | None]


class Workplace(Record):
    """A school a person works in."""

    __tablename__ = "workplaces"
    __table_args__ = (UniqueConstraint("person_id", "school_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), index=True)


def folded(name: str) -> str:
    """Return a school's name as it is compared: capitals and spaces do not matter."""
    return " ".join(name.casefold().split())


def school(
    db: Session, now: datetime, actor_id: int | None, trust_id: str, name: str, external_id: str | None = None
) -> School:
    """Return the school of that name, added if it is new."""
    known = of_trust(db, trust_id).values()
    found = next((one for one in known if folded(one.name) == folded(name)), None)
    if found is None:
        found = School(trust_id=trust_id, name=" ".join(name.split()), external_id=external_id)
        db.add(found)
        db.flush()
        events.record(db, now, actor_id, "school.added", {"school": found.id, "trust": trust_id})
    return found


def rename(db: Session, now: datetime, actor_id: int | None, one: School, name: str) -> None:
    """Call a school what it is called now."""
    if one.name != name:
        one.name = name
        events.record(db, now, actor_id, "school.renamed", {"school": one.id, "trust": one.trust_id})


def of_trust(db: Session, trust_id: str) -> dict[int, School]:
    """Return the trust's schools by id, in the order of their names."""
    rows = select(School).where(School.trust_id == trust_id).order_by(func.lower(School.name), School.id)
    return {one.id: one for one in db.scalars(rows)}


def in_trust(db: Session, trust_id: str, school_id: int) -> School | None:
    """Return a school if it is the trust's."""
    found = db.get(School, school_id)
    return found if found is not None and found.trust_id == trust_id else None


def workplaces(db: Session, people: Iterable[int]) -> Mapping[int, frozenset[int]]:
    """Return the ids of the schools of some people, by person; whoever works in none is not in it."""
    ids = list(people)
    found: dict[int, set[int]] = {}
    rows = select(Workplace.person_id, Workplace.school_id).where(Workplace.person_id.in_(ids))
    for person_id, school_id in db.execute(rows) if ids else ():
        found.setdefault(person_id, set()).add(school_id)
    return {person_id: frozenset(several) for person_id, several in found.items()}


def workplaces_of_trust(db: Session, trust_id: str) -> Mapping[int, frozenset[int]]:
    """Return the ids of the schools of everybody in a trust, by person."""
    found: dict[int, set[int]] = {}
    rows = select(Workplace.person_id, Workplace.school_id).join(School, School.id == Workplace.school_id)
    for person_id, school_id in db.execute(rows.where(School.trust_id == trust_id)):
        found.setdefault(person_id, set()).add(school_id)
    return {person_id: frozenset(several) for person_id, several in found.items()}


def of_person(db: Session, person_id: int) -> Sequence[School]:
    """Return the schools a person works in, by name."""
    return db.scalars(
        select(School)
        .join(Workplace, Workplace.school_id == School.id)
        .where(Workplace.person_id == person_id)
        .order_by(func.lower(School.name), School.id)
    ).all()


def place(db: Session, person_id: int, school_ids: Collection[int]) -> bool:
    """Let a person work in exactly these schools; say whether that is a change."""
    known = workplaces(db, [person_id]).get(person_id, frozenset())
    gone, new = known - set(school_ids), set(school_ids) - known
    if gone:
        db.execute(delete(Workplace).where(Workplace.person_id == person_id, Workplace.school_id.in_(gone)))
    db.add_all(Workplace(person_id=person_id, school_id=school_id) for school_id in sorted(new))
    db.flush()
    return bool(gone or new)
