"""Who may read which calendar? An address that whoever knows it can subscribe to, until its owner ends it."""

from datetime import datetime

from sqlalchemy import ForeignKey, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from register import events
from register.database import Record
from register.days import day_of
from register.links import hashed
from register.people import Person


class Feed(Record):
    """A calendar's secret address; only the hash of its token is kept, and of each person's the last one works."""

    __tablename__ = "calendar_feeds"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


def path_of(token: str) -> str:
    """Return the address of a calendar within the site."""
    return f"/calendar/{token}/clear-to-post.ics"


def open_feed(db: Session, now: datetime, person_id: int, token: str) -> None:
    """Make an address for a person's calendar; the one before works no more."""
    end(db, now, person_id)
    feed = Feed(person_id=person_id, token_hash=hashed(token), made_at=now)
    db.add(feed)
    db.flush()
    events.record(db, now, person_id, "feed.opened", {"person": person_id, "feed": feed.id})


def end(db: Session, now: datetime, person_id: int) -> None:
    """End the address of a person's calendar; where there is none, nothing changes."""
    own = (Feed.person_id == person_id, Feed.ended_at.is_(None))
    ended = db.scalars(update(Feed).where(*own).values(ended_at=now).returning(Feed.id)).all()
    for number in ended:
        events.record(db, now, person_id, "feed.ended", {"person": person_id, "feed": number})


def of_person(db: Session, person_id: int) -> Feed | None:
    """Return the feed a person has now."""
    return db.scalar(select(Feed).where(Feed.person_id == person_id, Feed.ended_at.is_(None)))


def reader(db: Session, now: datetime, token: str) -> Person | None:
    """Return whose calendar an address is; None where it was ended, never existed, or its owner has left."""
    chosen = select(Person).join(Feed, Feed.person_id == Person.id)
    person = db.scalar(chosen.where(Feed.token_hash == hashed(token), Feed.ended_at.is_(None)))
    return None if person is None or person.has_left(day_of(now)) else person
