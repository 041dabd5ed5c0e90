"""Which roles have people been given here, by whom, and for which school?"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from quiz.facts import APPROVERS
from quiz.nearest import suggestion
from register import events
from register.database import Record
from register.people import Person
from register.scope import APPROVER, ROLES, TRUST_ADMIN, Post, Powers
from register.statements import Prepared


class Appointment(Record):
    """A role a person was given, for a school or without one for the whole trust, until it was ended."""

    __tablename__ = "appointments"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    role: Mapped[str]
    approval: Mapped[str | None]
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"))
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    @property
    def post(self) -> Post:
        """What scope knows of it."""
        return Post(self.role, self.school_id, self.approval)


def appoint(db: Session, now: datetime, actor_id: int | None, person: Person, post: Post) -> Appointment:
    """Give a person a role; one they have already is returned as it is.

    Raises ValueError for a role that does not exist, and for an approver who could approve nothing.
    """
    if post.role not in ROLES:
        raise ValueError(f"there is no role {post.role!r}{suggestion(post.role, ROLES)}")
    if (post.approval is not None) != (post.role == APPROVER):
        raise ValueError("an approver, and nobody else, is given one approval")
    if post.approval is not None and post.approval not in APPROVERS:
        raise ValueError(f"there is no approval {post.approval!r}{suggestion(post.approval, APPROVERS)}")
    for one in of_people(db, [person.id]).get(person.id, ()):
        if one.post == post:
            return one
    made = Appointment(
        person_id=person.id,
        role=post.role,
        approval=post.approval,
        school_id=post.school_id,
        made_at=now,
        made_by=actor_id,
    )
    db.add(made)
    db.flush()
    events.record(db, now, actor_id, "appointment.made", _subjects(made), role=made.role, approval=made.approval)
    return made


def end(db: Session, now: datetime, actor_id: int | None, appointment: Appointment) -> None:
    """Take a role back; one that was ended before stays as it was."""
    if appointment.ended_at is None:
        appointment.ended_at, appointment.ended_by = now, actor_id
        events.record(db, now, actor_id, "appointment.ended", _subjects(appointment), role=appointment.role)


def of_people(db: Session, people: Iterable[int]) -> Mapping[int, Sequence[Appointment]]:
    """Return the roles some people have now, by person, in the order they were given."""
    rows = select(Appointment).where(Appointment.person_id.in_(list(people)), Appointment.ended_at.is_(None))
    found: dict[int, list[Appointment]] = {}
    for one in db.scalars(rows.order_by(Appointment.id)):
        found.setdefault(one.person_id, []).append(one)
    return found


def of_trust(db: Session, trust_id: str) -> Mapping[int, Sequence[Appointment]]:
    """Return the roles given in a trust, by person."""
    rows = (
        select(Appointment)
        .join(Person, Person.id == Appointment.person_id)
        .where(Person.trust_id == trust_id, Appointment.ended_at.is_(None))
        .order_by(Appointment.id)
    )
    found: dict[int, list[Appointment]] = {}
    for one in db.scalars(rows):
        found.setdefault(one.person_id, []).append(one)
    return found


def is_last_administrator(db: Session, trust_id: str, appointment: Appointment, today: date) -> bool:
    """Say whether this role is all that lets anybody here still give roles in a trust."""
    rows = (
        select(Appointment, Person)
        .join(Person, Person.id == Appointment.person_id)
        .where(Person.trust_id == trust_id, Appointment.role == TRUST_ADMIN, Appointment.ended_at.is_(None))
    )
    here = [one.id for one, person in db.execute(rows) if not person.has_left(today)]
    return here == [appointment.id]


_POSTS = Prepared(
    select(Appointment.role, Appointment.school_id, Appointment.approval)
    .where(Appointment.person_id == bindparam("person"), Appointment.ended_at.is_(None))
    .order_by(Appointment.id)
)


def powers(db: Session, person: Person) -> Powers:
    """Return what a person may do beyond their own affairs."""
    return Powers(person.trust_id, tuple(Post(*one) for one in _POSTS.ask(db, person=person.id)))


def _subjects(one: Appointment) -> dict[str, int | str]:
    school = {} if one.school_id is None else {"school": one.school_id}
    return {"appointment": one.id, "person": one.person_id, **school}
