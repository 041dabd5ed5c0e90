"""Which programs may read who may post, with which key and of which school?"""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from register import events
from register.database import Record
from register.links import hashed

# So that a key that has got where it does not belong is recognised as ours.
KEY_BEGINS = "ctp_"


class Program(Record):
    """A program with a key of its own, for a school or without one for the whole trust; only the key's hash is kept."""

    __tablename__ = "programs"

    id: Mapped[int] = mapped_column(primary_key=True)
    trust_id: Mapped[str] = mapped_column(ForeignKey("trusts.id"), index=True)
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"))
    name: Mapped[str]
    key_hash: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


def new_key() -> str:
    """Return a key nobody can guess."""
    return KEY_BEGINS + secrets.token_urlsafe(32)


def add(
    db: Session, now: datetime, actor_id: int | None, *, trust_id: str, school_id: int | None, name: str, key: str
) -> Program:
    """Let a program in with this key, which is shown once and not kept."""
    made = Program(
        trust_id=trust_id, school_id=school_id, name=name, key_hash=hashed(key), made_at=now, made_by=actor_id
    )
    db.add(made)
    db.flush()
    events.record(db, now, actor_id, "program.added", {"program": made.id, "trust": trust_id}, school=school_id)
    return made


def end(db: Session, now: datetime, actor_id: int, program: Program) -> None:
    """Take a key back; one that was taken back before stays as it was."""
    if program.ended_at is None:
        program.ended_at, program.ended_by = now, actor_id
        events.record(db, now, actor_id, "program.ended", {"program": program.id, "trust": program.trust_id})


def with_key(db: Session, key: str) -> Program | None:
    """Return whose key this is, None if nobody's or not any more."""
    return db.scalar(select(Program).where(Program.key_hash == hashed(key), Program.ended_at.is_(None)))


def of_trust(db: Session, trust_id: str) -> Sequence[Program]:
    """Return the programs a trust lets in, by name."""
    chosen = select(Program).where(Program.trust_id == trust_id, Program.ended_at.is_(None))
    return db.scalars(chosen.order_by(Program.name, Program.id)).all()


def in_trust(db: Session, trust_id: str, program_id: int) -> Program | None:
    """Return a program if it is the trust's."""
    found = db.get(Program, program_id)
    return found if found is not None and found.trust_id == trust_id else None
