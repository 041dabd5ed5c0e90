"""Which trusts does this register serve?"""

from collections.abc import Mapping

from sqlalchemy.orm import Mapped, Session, mapped_column

from register.database import Record


class Trust(Record):
    """A trust; its id is the course's and the handbook's."""

    __tablename__ = "trusts"

    id: Mapped[str] = mapped_column(primary_key=True)
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
