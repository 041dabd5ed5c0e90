"""Which trusts does this register serve, and which schools belong to them?"""

from collections.abc import Mapping

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from register.database import Record


class Trust(Record):
    """A trust; its id is the course's and the handbook's."""

    __tablename__ = "trusts"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]


class School(Record):
    """A school of a trust."""

    __tablename__ = "schools"
    __table_args__ = (UniqueConstraint("trust_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    trust_id: Mapped[str] = mapped_column(ForeignKey("trusts.id"))
    name: Mapped[str]


def enrol(db: Session, names: Mapping[str, str]) -> None:
    """Add the trusts that are not known yet, by id, and call the others what they are called now."""
    for trust_id, name in names.items():
        trust = db.get(Trust, trust_id)
        if trust is None:
            db.add(Trust(id=trust_id, name=name))
        elif trust.name != name:
            trust.name = name
    db.flush()


def school(db: Session, trust_id: str, name: str) -> School:
    """Return the school of that name, added if it is new."""
    found = db.scalar(select(School).where(School.trust_id == trust_id, School.name == name))
    if found is None:
        found = School(trust_id=trust_id, name=name)
        db.add(found)
        db.flush()
    return found


def schools(db: Session, trust_id: str) -> dict[int, School]:
    """Return the trust's schools by id."""
    return {one.id: one for one in db.scalars(select(School).where(School.trust_id == trust_id))}
