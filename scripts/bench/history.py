"""Ten years of a trust's training, as the register would have recorded them one by one, written in bulk.

The log is one valid chain, the records are what its events say (`clearpost audit verify` walks it), and the dates are
spread over the years: of ten people nine are current, and one has let it expire.
"""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from quiz.courses import Course
from register import attempts, chain, events
from register.attempts import Attempt
from register.chain import Head
from register.completions import Completion
from register.database import Database, Record
from register.days import day_of, months_later
from register.events import Event
from register.links import hashed
from register.numbers import Numbers
from register.readings import Reading
from register.tickets import LASTS, Ticket
from scripts.bench.registers import papers

EVERY = timedelta(days=120)
# Who has let it expire had every training so much earlier.
BEHIND = timedelta(days=500)
AT_ONCE = 2_500
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Passed:
    """What a right paper comes to, worked out once: its answers, their digest, and the result."""

    seed: str
    answers: list[dict[str, str]]
    digest: str
    result: Mapping[str, Any]


def passes(course: Course, course_text: str) -> list[Passed]:
    """Return what some papers come to."""
    return [
        Passed(seed, answers, attempts.answers_digest(answers), attempts.graded(course_text, seed, answers))
        for seed, answers in papers(course)
    ]


class Written:
    """The rows of many trainings: each has its ticket, attempt, completion and events, and perhaps what was read."""

    def __init__(self, course: Course, last_event: Head, last_attempt: int) -> None:
        self.last_event, self._last = last_event, last_attempt
        self._course = course.data["digest"], course.trust, int(course.data["training_version"])
        self._months = int(course.data["validity_months"])
        self._sections = [one["id"] for one in course.data["read"]]
        self.tickets: Rows = []
        self.attempts: Rows = []
        self.completions: Rows = []
        self.readings: Rows = []
        self.events: Rows = []

    def issue(self, person_id: int, at: datetime, passed: Passed) -> int:
        """Add a ticket; return its number, which its attempt and completion will have too."""
        self._last += 1
        digest, trust, _ = self._course
        self.tickets.append({
            "token_hash": hashed(secrets.token_urlsafe(16)), "person_id": person_id, "trust_id": trust,
            "course_digest": digest, "seed": passed.seed, "issued_at": at, "expires_at": at + LASTS,
        })  # fmt: skip
        self._happened(at, person_id, "ticket.issued", {"person": person_id, "ticket": self._last}, {"course": digest})
        return self._last

    def finish(self, number: int, person_id: int, at: datetime, passed: Passed) -> None:
        """Add what the register records when the answers to a ticket are sent in."""
        numbers, (digest, trust, version) = Numbers.new(), self._course
        self.attempts.append({
            "ticket_id": number, "person_id": person_id, "answers": passed.answers, "result": passed.result,
            "receipt": numbers.receipt, "submitted_at": at,
        })  # fmt: skip
        score, day = passed.result["score"], day_of(at)
        until = months_later(day, self._months)
        self.completions.append({
            "person_id": person_id, "attempt_id": number, "trust_id": trust, "course_digest": digest,
            "training_version": version, "score": score, "passed_on": day, "expires_on": until, "recorded_at": at,
            "code": numbers.code,
        })  # fmt: skip
        graded = {"passed": True, "score": score, "course": digest, "answers": passed.digest}
        self._happened(at, person_id, "attempt.graded", {"person": person_id, "attempt": number}, graded)
        recorded = {"passed_on": day.isoformat(), "expires_on": until.isoformat(), "score": score}
        subjects = {"person": person_id, "attempt": number, "completion": number}
        self._happened(at, person_id, "completion.recorded", subjects, recorded)

    def confirm(self, person_id: int, at: datetime) -> None:
        """Add what the register records besides when somebody passes a version of the course for the first time."""
        digest, _, _ = self._course
        self.readings.append({"person_id": person_id, "course_digest": digest, "confirmed_at": at})
        subjects = {"person": person_id, "course": digest}
        self._happened(at, person_id, "reading.confirmed", subjects, {"sections": self._sections})

    def _happened(self, at: datetime, actor: int, name: str, subjects: dict[str, Any], facts: dict[str, Any]) -> None:
        before, self.last_event = self.last_event, chain.link(self.last_event, at, actor, name, subjects, facts)
        self.events.append({
            "id": self.last_event.number, "at": at, "actor_id": actor, "name": name, "subjects": subjects,
            "facts": facts, "previous": before.hash, "hash": self.last_event.hash,
        })  # fmt: skip

    def write(self, db: Session) -> None:
        """Put the rows into the database, and forget them."""
        for table, rows in self.rows():
            if rows:
                db.execute(insert(table), rows)
                rows.clear()

    def rows(self) -> Iterator[tuple[type[Record], Rows]]:
        """Yield the rows of each table, those that others refer to first."""
        yield from ((Ticket, self.tickets), (Attempt, self.attempts), (Completion, self.completions))
        yield from ((Reading, self.readings), (Event, self.events))


def write(
    database: Database, now: datetime, course: Course, done: Sequence[Passed], people: Sequence[int], each: int
) -> None:
    """Record so many trainings of everybody in a register that has none yet."""
    with database.reading() as db:
        written = Written(course, events.head(db), 0)
    moments = _moments(now, people, each)
    while True:
        for place, (person_id, at) in zip(range(AT_ONCE), moments, strict=False):
            passed = done[(person_id + place) % len(done)]
            written.finish(written.issue(person_id, at, passed), person_id, at, passed)
        if not written.attempts:
            return
        with database.writing() as db:
            written.write(db)


def _moments(now: datetime, people: Sequence[int], each: int) -> Iterator[tuple[int, datetime]]:
    """Yield who trains when, the oldest first as far as people go in step."""
    for turn in range(each, 0, -1):
        for place, person_id in enumerate(people):
            at = now - turn * EVERY + timedelta(seconds=place)
            yield person_id, at - BEHIND if place % 10 == 0 else at
