"""Who has confirmed having read what the training asks to read?"""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from quiz.courses import Course
from register import events
from register.courses import KeptCourse
from register.database import Record, write
from register.refusals import Refused
from register.statements import Prepared


class Reading(Record):
    """A person's "I have read this", about the sections one version of a course names."""

    __tablename__ = "readings"
    __table_args__ = (UniqueConstraint("person_id", "course_digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    course_digest: Mapped[str] = mapped_column(ForeignKey("courses.digest"))
    confirmed_at: Mapped[datetime]


_CONFIRMED = Prepared(
    select(Reading.id).where(Reading.person_id == bindparam("person"), Reading.course_digest == bindparam("course"))
)


def check_confirmed(course: Course, confirmed: Collection[str]) -> None:
    """Raise Refused, naming the sections, unless all that the course asks to read are confirmed; ids are clauses'."""
    missing = [str(one["title"]) for one in course.data["read"] if one["id"] not in confirmed]
    if missing:
        still = "; ".join(missing)
        says = f"You have passed. Confirm that you have read: {still}. Then send it again: nothing is lost."
        raise Refused(422, "not-read", says)


def confirm(db: Session, now: datetime, person_id: int, course: Course) -> None:
    """Record that every section has been confirmed, once for each version of a course."""
    course_digest = course.data["digest"]
    if not _CONFIRMED.ask(db, person=person_id, course=course_digest):
        write(db, Reading(person_id=person_id, course_digest=course_digest, confirmed_at=now))
        subjects = {"person": person_id, "course": course_digest}
        events.record(
            db, now, person_id, "reading.confirmed", subjects, sections=[one["id"] for one in course.data["read"]]
        )


def readers(db: Session, course: Course, people: Iterable[int]) -> frozenset[int]:
    """Return who of some people has read the policy in a version no older than the training now asks for."""
    return frozenset(
        db.scalars(
            select(Reading.person_id)
            .join(KeptCourse, KeptCourse.digest == Reading.course_digest)
            .where(
                KeptCourse.trust_id == course.trust,
                KeptCourse.training_version >= int(course.data["training_version"]),
                Reading.person_id.in_(list(people)),
            )
        )
    )
