"""Which staff lists were handed in, and how are this trust's columns and job titles to be understood?

A list is kept only until it is taken over or thrown away: after that, its digest says which it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import ForeignKey, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from register import events
from register.database import Record

KEPT_FOR = timedelta(days=1)


class StaffList(Record):
    """A file handed in; whoever is not in a `whole` one has left, and `everyone_is` the role of all in it, if given."""

    __tablename__ = "staff_lists"

    id: Mapped[int] = mapped_column(primary_key=True)
    trust_id: Mapped[str] = mapped_column(ForeignKey("trusts.id"), index=True)
    file_name: Mapped[str]
    digest: Mapped[str]
    content: Mapped[bytes | None]
    whole: Mapped[bool]
    everyone_is: Mapped[str | None]
    uploaded_at: Mapped[datetime]
    uploaded_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    applied_at: Mapped[datetime | None]


class StaffListMapping(Record):
    """What a trust has said once of its lists: which column is what, and which role a job title means."""

    __tablename__ = "staff_list_mappings"

    trust_id: Mapped[str] = mapped_column(ForeignKey("trusts.id"), primary_key=True)
    columns: Mapped[dict[str, Any]]
    titles: Mapped[dict[str, Any]]


@dataclass(frozen=True)
class Understanding:
    """Columns by field (`email` is called "Contact"), and roles by job title, folded."""

    columns: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)


def keep(
    db: Session, now: datetime, actor_id: int, trust_id: str, *, file_name: str, content: bytes, whole: bool
) -> StaffList:
    """Keep a file until somebody has looked at what it would change; lists nobody came back for are emptied."""
    empty_forgotten(db, now, trust_id)
    kept = StaffList(
        trust_id=trust_id,
        file_name=file_name,
        digest=sha256(content).hexdigest(),
        content=content,
        whole=whole,
        uploaded_at=now,
        uploaded_by=actor_id,
    )
    db.add(kept)
    db.flush()
    return kept


def in_trust(db: Session, trust_id: str, staff_list_id: int) -> StaffList | None:
    """Return a list if it is the trust's."""
    found = db.get(StaffList, staff_list_id)
    return found if found is not None and found.trust_id == trust_id else None


def understanding(db: Session, trust_id: str) -> Understanding:
    """Return what a trust has said of its lists so far."""
    found = db.get(StaffListMapping, trust_id)
    return Understanding(found.columns, found.titles) if found else Understanding()


def remember(db: Session, trust_id: str, said: Understanding) -> None:
    """Add to what a trust has said of its lists."""
    known = understanding(db, trust_id)
    columns, titles = {**known.columns, **said.columns}, {**known.titles, **said.titles}
    db.merge(StaffListMapping(trust_id=trust_id, columns=columns, titles=titles))
    db.flush()


def applied(
    db: Session, now: datetime, actor_id: int | None, trust_id: str, digest: str, counts: Mapping[str, int]
) -> None:
    """Record that a list was taken over, by its digest and how many people it touched."""
    events.record(db, now, actor_id, "list.applied", {"trust": trust_id}, digest=digest, **counts)


def empty_forgotten(db: Session, now: datetime, trust_id: str) -> int:
    """Throw the people in lists away that nobody of the trust came back for; return in how many."""
    forgotten = (
        StaffList.trust_id == trust_id, StaffList.uploaded_at <= now - KEPT_FOR, StaffList.content.is_not(None)
    )  # fmt: skip
    return len(db.scalars(update(StaffList).where(*forgotten).values(content=None).returning(StaffList.id)).all())


def empty(staff_list: StaffList) -> None:
    """Throw the people in a list away; what is left says which file it was."""
    staff_list.content = None
