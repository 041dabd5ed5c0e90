"""Who has passed the training, and until when does it count?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ForeignKey, Index, ScalarSelect, Select, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from quiz.courses import Course
from quiz.impact import ChangedAnswer
from register import events, impact, recertification
from register.attempts import attempted_by
from register.cancellations import Cancellation
from register.database import Record, write
from register.days import day_of
from register.people import Person

NOT_STARTED, NOT_PASSED, PASSED, EXPIRED, TRAIN_AGAIN = "not-started", "not-passed", "passed", "expired", "train-again"
# Due, but within the trust's days of grace: it counts a little longer.
IN_GRACE = "in-grace"
STATUSES = {
    NOT_STARTED: "Not started",
    NOT_PASSED: "Not passed yet",
    PASSED: "Passed",
    IN_GRACE: "Overdue, still counts",
    EXPIRED: "Expired",
    TRAIN_AGAIN: "Train again",
}


class Completion(Record):
    """A passed training; it counts up to and including `expires_on`, which whoever has its `code` can check."""

    __tablename__ = "completions"
    # The one that lasts longest is found without a look at the others, and so is the last.
    __table_args__ = (Index(None, "person_id", "expires_on", "id"), Index(None, "person_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"), unique=True)
    trust_id: Mapped[str] = mapped_column(ForeignKey("trusts.id"), index=True)
    course_digest: Mapped[str] = mapped_column(ForeignKey("courses.digest"))
    training_version: Mapped[int]
    score: Mapped[int]
    passed_on: Mapped[date]
    expires_on: Mapped[date]
    recorded_at: Mapped[datetime]
    code: Mapped[str] = mapped_column(unique=True)


class Pass(NamedTuple):
    """What a list needs to know of a completion; thousands of them are read at once."""

    person_id: int
    id: int
    attempt_id: int
    course_digest: str
    training_version: int
    score: int
    passed_on: date
    expires_on: date


@dataclass(frozen=True, slots=True)
class Training:
    """Where a person stands: the status, and the completion it rests on if there is one.

    Whoever is to train again is told why: `reason`, in a few words, and the `changes` of their policy if it is those.
    """

    status: str
    completion: Completion | Pass | None = None
    reason: str = ""
    changes: tuple[ChangedAnswer, ...] = ()
    grace_days: int = 0

    @property
    def current(self) -> bool:
        """Whether the training is passed and counts today, if only by the days of grace."""
        return self.status in (PASSED, IN_GRACE)

    @property
    def counts_until(self) -> date | None:
        """The last day on which it counts, days of grace included; None where there is no completion."""
        return self.completion.expires_on + timedelta(days=self.grace_days) if self.completion else None

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
    db: Session, now: datetime, person_id: int, attempt_id: int, course: Course, score: int, code: str
) -> Completion:
    """Record that an attempt passed; `code` is what its certificate is checked by."""
    passed_on = day_of(now)
    rule = recertification.rule(db, course.trust)
    completion = Completion(
        person_id=person_id,
        attempt_id=attempt_id,
        trust_id=course.trust,
        course_digest=course.data["digest"],
        training_version=course.data["training_version"],
        score=score,
        passed_on=passed_on,
        expires_on=rule.counts_until(passed_on, int(course.data["validity_months"])),
        recorded_at=now,
        code=code,
    )
    write(db, completion)
    subjects = {"person": person_id, "attempt": attempt_id, "completion": completion.id}
    events.record(
        db, now, person_id, "completion.recorded", subjects,
        passed_on=completion.passed_on.isoformat(), expires_on=completion.expires_on.isoformat(), score=score,
    )  # fmt: skip
    return completion


def standing(
    completions: Iterable[Completion | Pass],
    attempted: bool,
    training_version: int,
    today: date,
    touched: Mapping[int, tuple[ChangedAnswer, ...]] | None = None,
    grace_days: int = 0,
) -> Training:
    """Return where somebody with these completions stands on a day, when the trust asks for a training version.

    What counts is the completion that lasts longest, unless a change of the policy has touched the last one: `touched`
    holds the attempts that are, with what has changed (see `register.impact`). No day of grace follows that.
    """
    done = list(completions)
    if not done:
        return Training(NOT_PASSED if attempted else NOT_STARTED)
    asked_for = of_version(done, training_version)
    if not asked_for:
        return Training(TRAIN_AGAIN, _longest(done), f"training version {training_version}")
    longest, newest = _longest(asked_for), last(asked_for)
    due = today > longest.expires_on
    if due and today > longest.expires_on + timedelta(days=grace_days):
        return Training(EXPIRED, longest)
    changes = touched.get(newest.attempt_id) if touched else None
    if changes is not None:
        return Training(TRAIN_AGAIN, newest, _because_of(changes), changes)
    return Training(IN_GRACE if due else PASSED, longest, grace_days=grace_days)


def of_version[C: Completion | Pass](completions: Iterable[C], training_version: int) -> list[C]:
    """Return the completions no older than a training version, in their order."""
    return [one for one in completions if one.training_version >= training_version]


def last[C: Completion | Pass](completions: Sequence[C]) -> C:
    """Return the completion recorded last: what it taught is what the person knows."""
    return max(completions, key=lambda one: one.id) if len(completions) > 1 else completions[0]


def trainings(
    db: Session, course: Course, today: date, people: Iterable[int], chosen: Select[Any] | None = None
) -> Mapping[int, Training]:
    """Return where each of some people of the course's trust stands, by person.

    `chosen` asks the database for the same people, where they are too many to be named one by one.
    """
    ids = list(people)
    found: defaultdict[int, list[Pass]] = defaultdict(list)
    version = int(course.data["training_version"])
    counting = _that_count(course.trust, version, ids if chosen is None else chosen)
    # Straight from the connection, which makes no records; what is on its way there has to be sent first.
    db.flush()
    for one in map(Pass._make, db.connection().execute(counting).all()):
        found[one.person_id].append(one)
    without = [one for one in ids if one not in found]
    attempted = attempted_by(db, without)
    newest = [last(several) for several in (of_version(one, version) for one in found.values()) if several]
    touched = impact.touched(db, course, ((one.attempt_id, one.course_digest) for one in newest))
    grace = recertification.rule(db, course.trust).grace_days
    return {one: standing(found.get(one, ()), one in attempted, version, today, touched, grace) for one in ids}


def of_person(db: Session, person_id: int) -> Sequence[tuple[Completion, Cancellation | None]]:
    """Return every completion of a person, the newest first, each with what says that it does not count."""
    rows = (
        select(Completion, Cancellation)
        .outerjoin(Cancellation, Cancellation.completion_id == Completion.id)
        .where(Completion.person_id == person_id)
        .order_by(Completion.id.desc())
    )
    return [(completion, cancellation) for completion, cancellation in db.execute(rows)]


def _that_count(trust_id: str, version: int, people: list[int] | Select[Any]) -> Select[Any]:
    """Ask for the few completions of each person that `standing` can rest on, however many there are.

    They are the one that lasts longest of those asked for, or where there is none of these, of all; and the last of
    those asked for.
    """
    of_version = Completion.training_version >= version
    longest = (Completion.expires_on.desc(), Completion.id.desc())

    def first(order: tuple[Any, ...], *more: Any) -> ScalarSelect[int]:
        own = (Completion.person_id == Person.id, Completion.id.not_in(cancelled))
        chosen = select(Completion.id).where(*own, *more).order_by(*order).limit(1)
        return chosen.correlate(Person).scalar_subquery()

    cancelled = select(Cancellation.completion_id)
    rests_on = [
        func.coalesce(first(longest, of_version), first(longest)),
        first((Completion.id.desc(),), of_version),
    ]
    # The table itself: of ten thousand rows none has to become a record.
    done = Completion.__table__.alias()
    columns = [done.c[name] for name in Pass._fields]
    # Of the trust last: nobody trains for another, and looking for it first would read them all for each person.
    found = select(*columns).select_from(Person).join(done, done.c.id.in_(rests_on))
    return found.where(Person.id.in_(people), done.c.trust_id == trust_id)


def _longest[C: Completion | Pass](completions: Sequence[C]) -> C:
    return max(completions, key=lambda one: (one.expires_on, one.id)) if len(completions) > 1 else completions[0]


def _because_of(changes: tuple[ChangedAnswer, ...]) -> str:
    if not changes:
        return "earlier training cannot be compared"
    return f"policy changed: {len(changes)} answer{'s' * (len(changes) != 1)}"
