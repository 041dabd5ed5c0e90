"""Whom does a sign-in provider mean by this subject?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from register import events, people
from register.database import Record
from register.days import day_of
from register.people import Person
from register.refusals import Refused


@dataclass(frozen=True)
class Told:
    """Whom a provider means; `email` only if the provider says that it was verified."""

    issuer: str
    subject: str
    email: str | None


class Identity(Record):
    """A person of a trust as a provider knows them; `subject` is never given to anybody else, as addresses are."""

    __tablename__ = "identities"
    __table_args__ = (UniqueConstraint("person_id", "issuer"), UniqueConstraint("trust_id", "issuer", "subject"))

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    trust_id: Mapped[str] = mapped_column(ForeignKey("trusts.id"))
    issuer: Mapped[str]
    subject: Mapped[str]
    bound_at: Mapped[datetime]


def person_of(db: Session, now: datetime, trust_id: str, told: Told) -> Person:
    """Return who signs in; the first time they are known by their verified address, and from then on by the subject.

    Raises Refused for somebody who is not on the trust's staff list, or whose address is bound to another subject.
    """
    known = db.scalar(
        select(Identity).where(
            Identity.trust_id == trust_id, Identity.issuer == told.issuer, Identity.subject == told.subject
        )
    )
    person = db.get_one(Person, known.person_id) if known else _by_address(db, trust_id, told)
    if person is None or person.has_left(day_of(now)):
        says = "You are not on the staff list under this account. Ask your manager to add the address you sign in with."
        raise Refused(403, "not-on-the-list", says)
    if known is None:
        _bind(db, now, person, told)
    return person


def of_person(db: Session, person_id: int) -> Sequence[Identity]:
    """Return how providers know a person."""
    return db.scalars(select(Identity).where(Identity.person_id == person_id).order_by(Identity.id)).all()


def unbind(db: Session, now: datetime, actor_id: int, identity: Identity) -> None:
    """Forget how a provider knows somebody; their next sign-in is by their address again."""
    db.delete(identity)
    events.record(db, now, actor_id, "identity.removed", {"person": identity.person_id})


def _by_address(db: Session, trust_id: str, told: Told) -> Person | None:
    if told.email is None:
        says = "Your account does not say that your e-mail address was checked, so we cannot tell who you are."
        raise Refused(403, "address-unverified", f"{says} Sign in with a personal link, and tell your IT team.")
    found = [one for one in people.with_email(db, told.email) if one.trust_id == trust_id]
    return found[0] if found else None


def _bind(db: Session, now: datetime, person: Person, told: Told) -> None:
    if any(one.issuer == told.issuer for one in of_person(db, person.id)):
        says = "Somebody else has signed in with this e-mail address before. Ask your manager to sort it out."
        raise Refused(403, "address-bound", says)
    db.add(
        Identity(person_id=person.id, trust_id=person.trust_id, issuer=told.issuer, subject=told.subject, bound_at=now)
    )
    events.record(db, now, person.id, "identity.bound", {"person": person.id})
