"""Who may sign in with this link, and who is waiting for a new one?"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import ForeignKey, Index, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from register import events
from register.database import Record
from register.people import Person

LASTS = timedelta(days=7)


class Link(Record):
    """A personal sign-in link that works once; only the hash of its token is kept."""

    __tablename__ = "sign_in_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    def works(self, now: datetime) -> bool:
        """Say whether the link can still be used."""
        return self.used_at is None and self.ended_at is None and now < self.expires_at


class LinkRequest(Record):
    """Somebody's wish for a new link, open until a manager has made one."""

    __tablename__ = "link_requests"
    __table_args__ = (
        Index(
            "ix_link_requests_open",
            "person_id",
            unique=True,
            sqlite_where=text("answered_at IS NULL"),
            postgresql_where=text("answered_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


def hashed(token: str) -> str:
    """Return what is kept of a secret."""
    return sha256(token.encode()).hexdigest()


def path_of(token: str) -> str:
    """Return the address of a link within the site."""
    return f"/sign-in/{token}"


def make_link(db: Session, now: datetime, actor_id: int | None, person_id: int, token: str) -> None:
    """Make a link that works once within seven days; it ends those the person has not used, and their open request."""
    end_links(db, now, person_id)
    db.add(Link(person_id=person_id, token_hash=hashed(token), made_at=now, made_by=actor_id, expires_at=now + LASTS))
    db.execute(
        update(LinkRequest)
        .where(LinkRequest.person_id == person_id, LinkRequest.answered_at.is_(None))
        .values(answered_at=now, answered_by=actor_id)
    )
    events.record(db, now, actor_id, "link.made", {"person": person_id})


def end_links(db: Session, now: datetime, person_id: int) -> None:
    """End the links that a person has not used."""
    unused = (Link.person_id == person_id, Link.used_at.is_(None), Link.ended_at.is_(None), Link.expires_at > now)
    db.execute(update(Link).where(*unused).values(ended_at=now))


def find_link(db: Session, token: str) -> Link | None:
    """Return the link with this token, whether it still works or not."""
    return db.scalar(select(Link).where(Link.token_hash == hashed(token)))


def use_up(db: Session, now: datetime, link: Link) -> bool:
    """Use the link; False if it was used before, or is too old."""
    if not link.works(now):
        return False
    # Asked of the database, so that of two at the same moment only one gets in.
    used = db.execute(
        update(Link)
        .where(Link.id == link.id, Link.used_at.is_(None), Link.ended_at.is_(None))
        .values(used_at=now)
        .returning(Link.id)
    ).scalar()
    if used is not None:
        events.record(db, now, link.person_id, "link.used", {"person": link.person_id, "link": link.id})
    return used is not None


def request_link(db: Session, now: datetime, person_id: int) -> None:
    """Ask for a new link; asking again while the request is open changes nothing."""
    waiting = db.scalar(
        select(LinkRequest).where(LinkRequest.person_id == person_id, LinkRequest.answered_at.is_(None))
    )
    if waiting is None:
        db.add(LinkRequest(person_id=person_id, asked_at=now))
        events.record(db, now, person_id, "link.requested", {"person": person_id})


def waiting(db: Session, trust_id: str) -> Sequence[tuple[Person, LinkRequest]]:
    """Return the trust's people who wait for a new link, the longest waiting first."""
    rows = db.execute(
        select(Person, LinkRequest)
        .join(LinkRequest, LinkRequest.person_id == Person.id)
        .where(Person.trust_id == trust_id, LinkRequest.answered_at.is_(None))
        .order_by(LinkRequest.asked_at)
    )
    return [(person, request) for person, request in rows]
