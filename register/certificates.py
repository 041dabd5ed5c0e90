"""What does a certificate show, and is it true today?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import segno
from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.courses import Course
from register import cancellations, completions
from register.attempts import Attempt
from register.completions import Completion, Training
from register.numbers import read_code
from register.people import Person

VALID, CANCELLED, EXPIRED, TRAINING_CHANGED, POLICY_CHANGED, LEFT = (
    "valid",
    "cancelled",
    "expired",
    "training-changed",
    "policy-changed",
    "left",
)
# Light modules around the dark ones, which readers need to find the code.
QUIET = 4


@dataclass(frozen=True)
class Certificate:
    """A completion as it is printed and checked: whose it is, and the attempt that brought it."""

    person: Person
    completion: Completion
    receipt: str
    result: Mapping[str, Any]

    @property
    def place(self) -> str:
        """The address, within the site, at which its owner prints it."""
        return place_of(self.receipt)

    @property
    def check_place(self) -> str:
        """The address, within the site, at which anybody who holds it checks it."""
        return f"/verify/{self.completion.code}/"


@dataclass(frozen=True)
class Standing:
    """What a certificate is worth on a day; `renewed` if it is not valid, but another of the same person is.

    A valid one is so `until` a day, the trust's days of grace included.
    """

    state: str
    renewed: bool = False
    until: date | None = None

    @property
    def valid(self) -> bool:
        """Whether what it says is true."""
        return self.state == VALID


def place_of(receipt: str) -> str:
    """Return the address, within the site, of the certificate of the attempt with this receipt."""
    return f"/my/certificate/{receipt}/"


def of_person(db: Session, person: Person) -> Sequence[Certificate]:
    """Return all certificates of a person, the newest first."""
    rows = db.execute(
        select(Completion, Attempt)
        .join(Attempt, Attempt.id == Completion.attempt_id)
        .where(Completion.person_id == person.id)
        .order_by(Completion.id.desc())
    )
    return [Certificate(person, completion, attempt.receipt, attempt.result) for completion, attempt in rows]


def with_code(db: Session, typed: str) -> Certificate | None:
    """Return the certificate with the code somebody typed or scanned, None if there is none or its owner was erased.

    A text that could be no code is looked for in the same way as a code that nobody has.
    """
    row = db.execute(
        select(Completion, Attempt, Person)
        .join(Attempt, Attempt.id == Completion.attempt_id)
        .join(Person, Person.id == Completion.person_id)
        .where(Completion.code == read_code(typed), Person.erased_at.is_(None))
    ).one_or_none()
    if row is None:
        return None
    completion, attempt, person = row
    return Certificate(person, completion, attempt.receipt, attempt.result)


def standing_of(db: Session, course: Course, today: date, certificate: Certificate) -> Standing:
    """Return what a certificate is worth today, when its trust asks for this course."""
    person = certificate.person
    training = completions.trainings(db, course, today, [person.id])[person.id]
    version = int(course.data["training_version"])
    done = certificate.completion
    cancelled = done.id in cancellations.of_completions(db, [done.id])
    return standing(done, training, version, today, left=person.has_left(today), cancelled=cancelled)


def standing(
    completion: Completion,
    training: Training,
    training_version: int,
    today: date,
    *,
    left: bool,
    cancelled: bool = False,
) -> Standing:
    """Return what a certificate is worth, given where its owner stands and the training version asked for.

    It is valid if it would still count by itself and the person's training does: of somebody who is asked to train
    again, no certificate is.
    """
    if left:
        return Standing(LEFT)
    if cancelled:
        return Standing(CANCELLED, renewed=training.current)
    until = completion.expires_on + timedelta(days=training.grace_days)
    if today > until:
        return Standing(EXPIRED, renewed=training.current)
    if completion.training_version < training_version:
        return Standing(TRAINING_CHANGED, renewed=training.current)
    return Standing(VALID, until=until) if training.current else Standing(POLICY_CHANGED)


def qr_code(address: str) -> tuple[int, str]:
    """Return a QR code as an SVG draws it: modules to a side, quiet zone included, and the path of the dark ones."""
    drawn = []
    # Able to be read with an eighth of it covered: paper is folded.
    for y, row in enumerate(segno.make_qr(address, error="m").matrix, QUIET):
        x = 0
        while x < len(row):
            length = 1
            while x + length < len(row) and row[x + length] == row[x]:
                length += 1
            if row[x]:
                drawn.append(f"M{x + QUIET} {y}h{length}v1h-{length}z")
            x += length
        side = len(row) + 2 * QUIET
    return side, "".join(drawn)
