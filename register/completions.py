"""Who has passed the training, and until when does it count?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from quiz.courses import Course, read_course
from quiz.impact import ChangedAnswer
from register import events, impact
from register.attempts import attempted_by
from register.courses import KeptCourse
from register.database import Record
from register.days import day_of, months_later

NOT_STARTED, NOT_PASSED, PASSED, EXPIRED, TRAIN_AGAIN = "not-started", "not-passed", "passed", "expired", "train-again"
STATUSES = {
    NOT_STARTED: "Not started",
    NOT_PASSED: "Not passed yet",
    PASSED: "Passed",
    EXPIRED: "Expired",
    TRAIN_AGAIN: "Train again",
}


class Completion(Record):
    """A passed training; it counts up to and including `expires_on`, which whoever has its `code` can check."""

    __tablename__ = "completions"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"), unique=True)
    trust_id: Mapped[str] = mapped_column(ForeignKey("trusts.id"), index=True)
    course_digest: Mapped[str] = mapped_column(ForeignKey("courses.digest"))
    training_version: Mapped[int]
    score: Mapped[int]
    passed_on: Mapped[date]
    expires_on: Mapped[date]
    recorded_at: Mapped[datetime]
    code: Mapped[str] = mapped_column(unique=True)


@dataclass(frozen=True)
class Training:
    """Where a person stands: the status, and the completion it rests on if there is one.

    Whoever is to train again is told why: `reason`, in a few words, and the `changes` of their policy if it is those.
    """

    status: str
    completion: Completion | None = None
    reason: str = ""
    changes: tuple[ChangedAnswer, ...] = ()

    @property
    def current(self) -> bool:
        """Whether the training is passed, has not expired and is not asked for again."""
        return self.status == PASSED

    @property
    def label(self) -> str:
        """The status in words."""
        return STATUSES[self.status]

    @property
    def situations(self) -> list[list[ChangedAnswer]]:
        """The changes, the forms of one scenario together."""
        found: dict[str, list[ChangedAnswer]] = {}
        for one in self.changes:
            found.setdefault(one.scenario, []).append(one)
        return list(found.values())


def record(
    db: Session, now: datetime, person_id: int, attempt_id: int, course: KeptCourse, score: int, code: str
) -> Completion:
    """Record that an attempt passed; `code` is what its certificate is checked by."""
    passed_on = day_of(now)
    months = int(read_course(course.text).data["validity_months"])
    completion = Completion(
        person_id=person_id,
        attempt_id=attempt_id,
        trust_id=course.trust_id,
        course_digest=course.digest,
        training_version=course.training_version,
        score=score,
        passed_on=passed_on,
        expires_on=months_later(passed_on, months),
        recorded_at=now,
        code=code,
    )
    db.add(completion)
    db.flush()
    subjects = {"person": person_id, "attempt": attempt_id, "completion": completion.id}
    events.record(
        db, now, person_id, "completion.recorded", subjects,
        passed_on=completion.passed_on.isoformat(), expires_on=completion.expires_on.isoformat(), score=score,
    )  # fmt: skip
    return completion


def standing(
    completions: Iterable[Completion],
    attempted: bool,
    training_version: int,
    today: date,
    touched: Mapping[int, tuple[ChangedAnswer, ...]] | None = None,
) -> Training:
    """Return where somebody with these completions stands on a day, when the trust asks for a training version.

    What counts is the completion that lasts longest, unless a change of the policy has touched the last one: `touched`
    holds the attempts that are, with what has changed (see `register.impact`).
    """
    done = sorted(completions, key=lambda one: (one.expires_on, one.id), reverse=True)
    if not done:
        return Training(NOT_PASSED if attempted else NOT_STARTED)
    asked_for = of_version(done, training_version)
    if not asked_for:
        return Training(TRAIN_AGAIN, done[0], f"training version {training_version}")
    if today > asked_for[0].expires_on:
        return Training(EXPIRED, asked_for[0])
    changes = (touched or {}).get(last(asked_for).attempt_id)
    if changes is not None:
        return Training(TRAIN_AGAIN, last(asked_for), _because_of(changes), changes)
    return Training(PASSED, asked_for[0])


def of_version(completions: Iterable[Completion], training_version: int) -> list[Completion]:
    """Return the completions no older than a training version, in their order."""
    return [one for one in completions if one.training_version >= training_version]


def last(completions: Iterable[Completion]) -> Completion:
    """Return the completion recorded last: what it taught is what the person knows."""
    return max(completions, key=lambda one: one.id)


def trainings(db: Session, course: Course, today: date, people: Iterable[int]) -> Mapping[int, Training]:
    """Return where each of some people of the course's trust stands, by person."""
    ids = list(people)
    found: dict[int, list[Completion]] = {}
    for one in db.scalars(select(Completion).where(Completion.trust_id == course.trust, Completion.person_id.in_(ids))):
        found.setdefault(one.person_id, []).append(one)
    attempted = attempted_by(db, ids)
    version = int(course.data["training_version"])
    newest = [last(several) for several in (of_version(one, version) for one in found.values()) if several]
    touched = impact.touched(db, course, ((one.attempt_id, one.course_digest) for one in newest))
    return {one: standing(found.get(one, ()), one in attempted, version, today, touched) for one in ids}


def _because_of(changes: tuple[ChangedAnswer, ...]) -> str:
    if not changes:
        return "earlier training cannot be compared"
    return f"policy changed: {len(changes)} answer{'s' * (len(changes) != 1)}"
