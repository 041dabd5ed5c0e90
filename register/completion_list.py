"""Who has passed, until when, and where may they post? The list a manager sees, filters, sorts and downloads.

The database chooses the people and the few completions each of them rests on; where they stand is `completions`' to
say, for the list as for the gate. What costs more, schools and rights, is asked only for the lines that are shown.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from quiz.courses import Course
from quiz.spreadsheets import harmless
from register import clearances, completions, people, schools
from register.accounts import Holder
from register.completions import EXPIRED, IN_GRACE, NOT_PASSED, NOT_STARTED, PASSED, TRAIN_AGAIN, Training
from register.people import Person
from register.posting_rights import GRANTED, PostingRight
from register.schools import Workplace
from register.scope import Reach

COLUMNS = ("staff", "school", "trust", "status", "score", "date", "expiry", "posting rights")
EXPIRES_SOON = timedelta(days=30)
EVERYONE, DUE, MISSING, OVERDUE, EXPIRING = "everyone", "due", "missing", "overdue", "expiring"
FILTERS = {
    EVERYONE: "everyone",
    DUE: "everyone who is not clear: not passed, expired or to train again",
    MISSING: "missing: never passed",
    OVERDUE: "overdue: expired, or to train again",
    EXPIRING: "passed, but expires within 30 days",
    NOT_STARTED: "not started",
    NOT_PASSED: "not passed yet",
    PASSED: "passed",
    IN_GRACE: "overdue, still counts",
    EXPIRED: "expired",
    TRAIN_AGAIN: "to train again",
}
_OF_FILTER = {MISSING: (NOT_STARTED, NOT_PASSED), OVERDUE: (EXPIRED, IN_GRACE, TRAIN_AGAIN)}
BY_NEED, BY_NAME = "need", "name"
SORTS = {
    BY_NEED: "what needs doing first",
    BY_NAME: "name",
    "school": "school",
    "status": "status",
    "expiry": "expiry, the earliest first",
}
# The people of the trust itself work in no school.
OF_NO_SCHOOL = 0


class Row(NamedTuple):
    """One person's line, of thousands; `school` and `rights` are empty where nobody has asked for them yet."""

    person_id: int
    staff: str
    school: str
    trust: str
    training: Training
    rights: tuple[str, ...]

    def values(self) -> tuple[str | int | date | None, ...]:
        """Return the line as a workbook has it: days as days, the score as a number."""
        done = self.training.completion
        facts = (done.score, done.passed_on, done.expires_on) if done else (None, None, None)
        words = (self.staff, self.school, self.trust, self.training.label)
        return (*map(harmless, words), *facts, harmless("; ".join(self.rights)))

    def cells(self) -> tuple[str, ...]:
        """Return the line as text, days in ISO 8601; none of it is a formula."""
        return tuple(["" if value is None else str(value) for value in self.values()])


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to see of the list; `school` 0 asks for the people of the trust itself."""

    status: str = EVERYONE
    school: int | None = None
    role: str = ""
    account: int | None = None
    sort: str = BY_NEED


@dataclass(frozen=True)
class Needs:
    """How many of the people somebody reaches need something done; the three have nobody in common."""

    missing: int
    overdue: int
    expiring: int


@dataclass(frozen=True)
class Listed:
    """Everybody a filter lets through, by id and in their order; of thousands, a page shows the lines of a few."""

    trust: str
    people: Sequence[int]
    names: Mapping[int, str]
    trainings: Mapping[int, Training]
    needs: Needs

    def rows(self, first: int = 0, before: int | None = None) -> list[Row]:
        """Return lines of the list, or all; schools and rights are still to be asked for (see `filled`)."""
        return [Row(one, self.names[one], "", self.trust, self.trainings[one], ()) for one in self.people[first:before]]


def listed(db: Session, course: Course, today: date, within: Reach, wanted: Wanted) -> Listed:
    """Return everybody within reach who has not left and whom the filters let through."""
    chosen = _chosen(course.trust, within, today, wanted)
    names: dict[int, str] = dict(db.execute(chosen).all())
    trainings = completions.trainings(db, course, today, names, chosen.with_only_columns(Person.id))
    need = {number: _need(one, today) for number, one in trainings.items()}
    shown = sorted(names)
    if wanted.status != EVERYONE:
        shown = [one for one in shown if passes(trainings[one], wanted.status, today)]
    # Each time in the order of what was sorted by before: of the same name, by number, and all else by name.
    shown.sort(key=lambda one: names[one].casefold())
    if wanted.sort == BY_NEED:
        shown.sort(key=need.__getitem__)
    elif wanted.sort == "school":
        places = _places(db, course.trust, shown)
        shown.sort(key=lambda one: places[one].casefold())
    elif wanted.sort == "status":
        shown.sort(key=lambda one: trainings[one].label)
    elif wanted.sort == "expiry":
        shown.sort(key=lambda one: _expiry(trainings[one]))
    return Listed(str(course.data["name"]), shown, names, trainings, _counted(need.values()))


def filled(db: Session, course: Course, now: datetime, rows: Sequence[Row]) -> list[Row]:
    """Return some lines with the schools of their people and the rights of theirs that are in force."""
    ids = {row.person_id for row in rows}
    holding = select(PostingRight.person_id).where(PostingRight.state == GRANTED)
    rights: dict[int, list[str]] = {}
    of_trust = holding.join(Person, Person.id == PostingRight.person_id).where(Person.trust_id == course.trust)
    with_rights = ids & set(db.scalars(of_trust))
    if with_rights:
        found = clearances.circumstances(db, course, now, several=people.with_ids(db, with_rights))
        for claim in found.claims():
            if claim.in_force:
                rights.setdefault(claim.person.id, []).append(claim.account.label)
    places = _places(db, course.trust, ids)
    return [
        Row(one, staff, places[one], trust, training, tuple(sorted(rights[one])) if one in rights else ())
        for one, staff, _, trust, training, _ in rows
    ]


def passes(training: Training, status: str, today: date) -> bool:
    """Say whether somebody with this training is among those a filter names."""
    if status == EVERYONE:
        return True
    if status == DUE:
        return not training.current
    if status == EXPIRING:
        done = training.completion
        return training.status == PASSED and done is not None and done.expires_on <= today + EXPIRES_SOON
    return training.status in _OF_FILTER.get(status, (status,))


def in_words(course: Course, wanted: Wanted, school_names: Mapping[int, str], account_names: Mapping[int, str]) -> str:
    """Return what was filtered for, as a manager reads it above the list and in a download."""
    said = [str(course.data["name"])]
    if wanted.school is not None:
        said.append(school_names.get(wanted.school, "The trust itself"))
    if wanted.role:
        said.append(course.role_name(wanted.role))
    if wanted.account is not None:
        said.append(account_names.get(wanted.account, "another account"))
    return " · ".join((*said, FILTERS[wanted.status], f"by {SORTS[wanted.sort]}"))


def _chosen(trust_id: str, within: Reach, today: date, wanted: Wanted) -> Select[int, str]:
    several = select(Person.id, Person.name).where(
        Person.trust_id == trust_id,
        Person.erased_at.is_(None),
        or_(Person.left_on.is_(None), Person.left_on > today),
    )
    works = select(Workplace.person_id)
    if not within.whole:
        several = several.where(Person.id.in_(works.where(Workplace.school_id.in_(within.schools))))
    if wanted.school == OF_NO_SCHOOL:
        several = several.where(Person.id.not_in(works))
    elif wanted.school is not None:
        several = several.where(Person.id.in_(works.where(Workplace.school_id == wanted.school)))
    if wanted.role:
        several = several.where(Person.role == wanted.role)
    if wanted.account is not None:
        granted = select(PostingRight.person_id).where(
            PostingRight.state == GRANTED, PostingRight.account_id == wanted.account
        )
        holds = select(Holder.person_id).where(Holder.account_id == wanted.account)
        several = several.where(or_(Person.id.in_(granted), Person.id.in_(holds)))
    return several


def _places(db: Session, trust_id: str, people: Collection[int]) -> Mapping[int, str]:
    """Return the names of the schools of some people, by person."""
    names = {number: one.name for number, one in schools.of_trust(db, trust_id).items()}
    works = schools.workplaces(db, people)
    # The same words for all who work in the same schools: they are few.
    written = {several: "; ".join(sorted([names[one] for one in several])) for several in {*works.values()}}
    return {one: written[works[one]] if one in works else "" for one in people}


def _need(training: Training, today: date) -> int:
    """Return how soon something needs doing: at once for whoever is missing, 3 where nothing does."""
    if training.status in _OF_FILTER[MISSING]:
        return 0
    if training.status in _OF_FILTER[OVERDUE]:
        return 1
    return 2 if passes(training, EXPIRING, today) else 3


def _counted(need: Iterable[int]) -> Needs:
    found = Counter(need)
    return Needs(found[0], found[1], found[2])


def _expiry(training: Training) -> date:
    return training.completion.expires_on if training.completion else date.min
