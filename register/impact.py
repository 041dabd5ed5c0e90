"""Whose required answers has a change of the policy touched since they passed?"""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.courses import Course, read_course
from quiz.impact import ChangedAnswer, NotComparable, changed_answers, due_again
from register.attempts import Attempt
from register.courses import KeptCourse

# By the digests of the two courses: they fix the answer for ever, and asking costs more than most requests.
_known: dict[tuple[str, str], tuple[ChangedAnswer, ...] | None] = {}


def touched(db: Session, course: Course, passed: Iterable[tuple[int, str]]) -> Mapping[int, tuple[ChangedAnswer, ...]]:
    """Return which of some passed attempts today's course touches, and by which changed answers.

    `passed` are ids of attempts with the digest of the course each was answered in. Whatever cannot be known makes due
    again: an attempt whose questions cannot be read is taken to have been asked every one of them, and one in a course
    that today's engine cannot read is touched, by no answer that could be told.
    """
    today = str(course.data["digest"])
    taken_in = {attempt: digest for attempt, digest in passed if digest != today}
    changes = _changes(db, course, today, set(taken_in.values()))
    affected = {attempt: changes[digest] for attempt, digest in taken_in.items() if changes[digest] != ()}
    asked = _asked(db, [attempt for attempt, several in affected.items() if several])
    found = {attempt: due_again(asked.get(attempt), several or ()) for attempt, several in affected.items()}
    return {attempt: own for attempt, own in found.items() if own or affected[attempt] is None}


def _changes(
    db: Session, course: Course, today: str, digests: set[str]
) -> Mapping[str, tuple[ChangedAnswer, ...] | None]:
    """Return what has changed since each kept course; None where that cannot be known."""
    unknown = {digest for digest in digests if (digest, today) not in _known}
    for kept in db.scalars(select(KeptCourse).where(KeptCourse.digest.in_(unknown))) if unknown else ():
        _known[kept.digest, today] = _compared(read_course(kept.text), course)
    return {digest: _known[digest, today] for digest in digests}


def _compared(old: Course, new: Course) -> tuple[ChangedAnswer, ...] | None:
    try:
        return changed_answers(old, new)
    except NotComparable:
        return None


def _asked(db: Session, attempts: Iterable[int]) -> Mapping[int, frozenset[str] | None]:
    """Return the variants each attempt asked; None where its answers cannot be read."""
    ids = list(attempts)
    rows = db.execute(select(Attempt.id, Attempt.answers).where(Attempt.id.in_(ids))) if ids else ()
    return {attempt: _questions(answers) for attempt, answers in rows}


def _questions(answers: object) -> frozenset[str] | None:
    if not isinstance(answers, list):
        return None
    questions = [one.get("question") if isinstance(one, dict) else None for one in answers]
    return frozenset(map(str, questions)) if questions and all(questions) else None
