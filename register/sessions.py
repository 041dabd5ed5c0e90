"""Who is signed in?"""

import hmac
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from register import events
from register.database import Record
from register.days import day_of
from register.links import hashed
from register.people import Person

LASTS = timedelta(days=14)


class SignIn(Record):
    """One signing in, in one browser; it can be ended from here."""

    __tablename__ = "sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    started_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


def sign_in(db: Session, now: datetime, person_id: int, token: str) -> None:
    """Start a session; the token goes into the browser's cookie and nowhere else."""
    db.add(SignIn(person_id=person_id, token_hash=hashed(token), started_at=now, expires_at=now + LASTS))
    events.record(db, now, person_id, "session.started", {"person": person_id})


def signed_in(db: Session, now: datetime, token: str) -> Person | None:
    """Return whose session this is, unless it has ended or the person has left."""
    person = db.scalar(
        select(Person)
        .join(SignIn, SignIn.person_id == Person.id)
        .where(SignIn.token_hash == hashed(token), SignIn.ended_at.is_(None), SignIn.expires_at > now)
    )
    return None if person is None or person.has_left(day_of(now)) else person


def sign_out(db: Session, now: datetime, token: str) -> None:
    """End a session; an unknown or ended one is left alone."""
    session = db.scalar(select(SignIn).where(SignIn.token_hash == hashed(token), SignIn.ended_at.is_(None)))
    if session is not None:
        session.ended_at = now
        events.record(db, now, session.person_id, "session.ended", {"person": session.person_id})


def form_token(token: str) -> str:
    """Return what every form of this session carries: another site can neither read nor guess it."""
    return hmac.new(token.encode(), b"form", "sha256").hexdigest()


def is_form_token(token: str, given: str) -> bool:
    """Say whether a form comes from this session."""
    return hmac.compare_digest(form_token(token).encode(), given.encode())
