"""Who is signed in, where, and since when?"""

import hmac
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from register import events
from register.browsers import UNKNOWN
from register.database import Record
from register.days import day_of
from register.links import hashed
from register.people import Person
from register.statements import Prepared

LASTS = timedelta(days=14)
# A session that nobody uses is one on a computer that somebody has walked away from.
IDLE = timedelta(days=3)
# Being used is noted no more often than this, so that looking at a page seldom has to write.
NOTED_EVERY = timedelta(minutes=30)
LINK = "link"


class SignIn(Record):
    """One signing in, in one browser; it can be ended from here.

    `browser` is in plain words, `through` the sign-in link or the name of a provider in the settings.
    """

    __tablename__ = "sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    started_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    last_seen_at: Mapped[datetime]
    browser: Mapped[str]
    through: Mapped[str]

    def is_noted(self, now: datetime) -> bool:
        """Say whether it was noted of late that the session is in use."""
        return now - self.last_seen_at < NOTED_EVERY

    def lasts(self, now: datetime) -> bool:
        """Say whether the session still counts: not ended, not too old, and used of late."""
        return self.ended_at is None and now < self.expires_at and now < self.last_seen_at + IDLE


def sign_in(
    db: Session, now: datetime, person_id: int, token: str, browser: str = UNKNOWN, through: str = LINK
) -> None:
    """Start a session; the token goes into the browser's cookie and nowhere else."""
    db.add(
        SignIn(
            person_id=person_id,
            token_hash=hashed(token),
            started_at=now,
            expires_at=now + LASTS,
            last_seen_at=now,
            browser=browser,
            through=through,
        )
    )
    events.record(db, now, person_id, "session.started", {"person": person_id})


def find(db: Session, token: str) -> SignIn | None:
    """Return the session with this token, whether it still counts or not."""
    return db.scalar(select(SignIn).where(SignIn.token_hash == hashed(token)))


_CURRENT = Prepared(
    select(*SignIn.__table__.columns, *Person.__table__.columns)
    .join_from(SignIn, Person, Person.id == SignIn.person_id)
    .where(SignIn.token_hash == bindparam("token_hash"))
)


def current(db: Session, now: datetime, token: str) -> tuple[SignIn, Person] | None:
    """Return the session with this token and whose it is, unless it has ended or the person has left."""
    found = _CURRENT.ask(db, token_hash=hashed(token))
    if not found:
        return None
    of_session = len(SignIn.__table__.columns)
    session, person = SignIn.of_row(found[0][:of_session]), Person.of_row(found[0][of_session:])
    return (session, person) if session.lasts(now) and not person.has_left(day_of(now)) else None


def note_use(db: Session, now: datetime, token: str) -> None:
    """Note that a session is in use."""
    session = find(db, token)
    if session is not None and session.lasts(now):
        session.last_seen_at = now


def sign_out(db: Session, now: datetime, token: str) -> None:
    """End a session; an unknown or ended one is left alone."""
    session = find(db, token)
    if session is not None and session.ended_at is None:
        end(db, now, session.person_id, session)


def end(db: Session, now: datetime, actor_id: int | None, session: SignIn) -> None:
    """End a session."""
    session.ended_at = now
    events.record(db, now, actor_id, "session.ended", {"person": session.person_id})


def end_all(db: Session, now: datetime, actor_id: int | None, person_id: int, *, but: str | None = None) -> int:
    """End every session of a person, all but the one with this token; return how many there were."""
    kept = hashed(but) if but else None
    ending = [one for one in of_person(db, now, person_id) if one.token_hash != kept]
    for one in ending:
        end(db, now, actor_id, one)
    return len(ending)


def of_person(db: Session, now: datetime, person_id: int) -> Sequence[SignIn]:
    """Return the sessions of a person that still count, the one last used first."""
    found = db.scalars(
        select(SignIn)
        .where(SignIn.person_id == person_id, SignIn.ended_at.is_(None), SignIn.expires_at > now)
        .order_by(SignIn.last_seen_at.desc(), SignIn.id.desc())
    )
    return [one for one in found if one.lasts(now)]


def ever_signed_in(db: Session, person_ids: Collection[int]) -> set[int]:
    """Return those of these people who have signed in, as far as that is still on record."""
    return set(db.scalars(select(SignIn.person_id).where(SignIn.person_id.in_(person_ids)).distinct()))


def form_token(token: str) -> str:
    """Return what every form of this session carries: another site can neither read nor guess it."""
    return hmac.new(token.encode(), b"form", "sha256").hexdigest()


def is_form_token(token: str, given: str) -> bool:
    """Say whether a form comes from this session."""
    return hmac.compare_digest(form_token(token).encode(), given.encode())
