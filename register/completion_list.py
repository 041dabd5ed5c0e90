"""Who has passed, until when, and where may they post? The list a manager sees, filters and downloads."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from quiz import spreadsheets
from register.clearances import Circumstances
from register.completions import EXPIRED, NOT_PASSED, NOT_STARTED, PASSED, TRAIN_AGAIN, Training
from register.schools import School

COLUMNS = ("staff", "school", "trust", "status", "score", "date", "expiry", "posting rights")
EXPIRES_SOON = timedelta(days=30)


@dataclass(frozen=True)
class Row:
    """One person's line."""

    person_id: int
    staff: str
    school: str
    trust: str
    training: Training
    rights: tuple[str, ...]

    def cells(self) -> tuple[str, ...]:
        """Return the line as the download has it, dates in ISO 8601."""
        done = self.training.completion
        facts = (str(done.score), done.passed_on.isoformat(), done.expires_on.isoformat()) if done else ("", "", "")
        return (self.staff, self.school, self.trust, self.training.label, *facts, "; ".join(self.rights))


FILTERS = {
    "everyone": "everyone",
    "due": "everyone who is not clear: not passed, expired or to train again",
    "expiring": "passed, but expires within 30 days",
    NOT_STARTED: "not started",
    NOT_PASSED: "not passed yet",
    PASSED: "passed",
    EXPIRED: "expired",
    TRAIN_AGAIN: "to train again",
}


def rows(
    found: Circumstances, trust_name: str, schools: Mapping[int, School], workplaces: Mapping[int, Collection[int]]
) -> list[Row]:
    """Return a line for each of the people, by name; rights are only those in force, `workplaces` are by person."""
    rights: dict[int, list[str]] = {}
    for claim in found.claims():
        if claim.in_force:
            rights.setdefault(claim.person.id, []).append(claim.account.label)
    return [
        Row(
            person.id,
            person.name,
            "; ".join(sorted(schools[one].name for one in workplaces.get(person.id, ()))),
            trust_name,
            found.trainings[person.id],
            tuple(sorted(rights.get(person.id, ()))),
        )
        for person in found.people.values()
        if not person.has_left(found.today)
    ]


def chosen(several: Iterable[Row], status: str, today: date) -> list[Row]:
    """Return the lines a filter lets through."""
    return [row for row in several if passes(row.training, status, today)]


def passes(training: Training, status: str, today: date) -> bool:
    """Say whether somebody with this training is among those a filter names."""
    if status == "everyone":
        return True
    if status == "due":
        return not training.current
    if status == "expiring":
        done = training.completion
        return training.current and done is not None and done.expires_on <= today + EXPIRES_SOON
    return training.status == status


def as_csv(several: Sequence[Row]) -> str:
    """Return the lines as a CSV file that Excel opens rightly and that runs no formula."""
    return spreadsheets.as_csv(COLUMNS, (row.cells() for row in several))
