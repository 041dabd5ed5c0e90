"""Who may take the training now, and which questions are theirs?"""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from quiz.courses import Course
from register import courses, events
from register.attempts import Attempt
from register.database import Record
from register.links import hashed
from register.people import Person
from register.refusals import Refused
from register.statements import Prepared

# Begun before half-term week, a training can be finished after it.
LASTS = timedelta(days=14)


class Ticket(Record):
    """One person's leave to take one version of a course with the questions one seed draws, until it expires."""

    __tablename__ = "tickets"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    trust_id: Mapped[str] = mapped_column(ForeignKey("trusts.id"))
    course_digest: Mapped[str] = mapped_column(ForeignKey("courses.digest"))
    seed: Mapped[str]
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]


def issue(db: Session, now: datetime, person: Person, course: Course, token: str, seed: str) -> Ticket:
    """Issue a ticket for the course, which is kept from now on; only the hash of the token is."""
    courses.keep(db, now, course)
    ticket = Ticket(
        token_hash=hashed(token),
        person_id=person.id,
        trust_id=course.trust,
        course_digest=course.data["digest"],
        seed=seed,
        issued_at=now,
        expires_at=now + LASTS,
    )
    db.add(ticket)
    db.flush()
    events.record(
        db, now, person.id, "ticket.issued", {"person": person.id, "ticket": ticket.id}, course=ticket.course_digest
    )
    return ticket


_WITH_TOKEN = Prepared(
    select(Attempt.id, *Ticket.__table__.columns)
    .outerjoin_from(Ticket, Attempt, Attempt.ticket_id == Ticket.id)
    .where(Ticket.token_hash == bindparam("token_hash"))
)


def find(db: Session, token: str, person: Person) -> tuple[Ticket, bool]:
    """Return the person's own ticket, and whether an attempt was sent in with it; raises Refused for another token."""
    found = _WITH_TOKEN.ask(db, token_hash=hashed(token))
    if not found:
        raise Refused(404, "ticket-unknown", "We did not issue this ticket. Start the training again.")
    attempt_id, *row = found[0]
    ticket = Ticket.of_row(row)
    if ticket.person_id != person.id:
        raise Refused(403, "ticket-foreign", "This ticket is somebody else's. Start the training again as yourself.")
    return ticket, attempt_id is not None


def check_current(ticket: Ticket, now: datetime, answered: str, current: str) -> None:
    """Raise Refused if the ticket is too old, or the course answered is not the ticket's, or no longer in force."""
    if now >= ticket.expires_at:
        raise Refused(410, "ticket-expired", "Too much time has passed since you started. Start the training again.")
    if not answered == ticket.course_digest == current:
        raise Refused(409, "course-changed", "The training has changed since you started. Start the training again.")
