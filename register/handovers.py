"""What has to be handed over when somebody leaves who runs an account, and what of it is done?

The tasks are the trust's own, as the decision `leave-account` has them. What keeps a leaver out of an account is asked
for besides, where a policy does not speak of it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from quiz.courses import Course
from quiz.feedback import provision
from quiz.rulings import NOT_COVERED, Ruling
from register import accounts, events, people
from register.accounts import Account, Holder
from register.database import Record
from register.people import Person
from register.posting_rights import GRANTED, PostingRight

DECISION = "leave-account"
CLOSING, NEW_LOGIN, OFF_HOLDERS = "closing", "new-login", "off-holders"
_EARLIEST, _LATEST = -365, 999


class Handover(Record):
    """A task of a leaver's handover that is done."""

    __tablename__ = "handovers"
    __table_args__ = (UniqueConstraint("person_id", "account_id", "task"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    task: Mapped[str]
    done_at: Mapped[datetime]
    done_by: Mapped[int] = mapped_column(ForeignKey("people.id"))


@dataclass(frozen=True)
class Task:
    """One thing to do; without a provision it is the register that asks. `tick` is None where nothing is ticked."""

    key: str
    does: str
    done: bool
    by: str | None = None
    provision: Mapping[str, Any] | None = None
    tick: Handover | None = None
    ticked_by: str = ""


@dataclass(frozen=True)
class Checklist:
    """What there is to hand over of one account; `silent` if the policy does not say, `note` what a reader should know.

    `asks_what_becomes` if the tasks depend on whether the account stays, and `closing` if it was said that it does not.
    """

    account: Account
    tasks: tuple[Task, ...]
    silent: bool
    note: str | None
    asks_what_becomes: bool
    closing: bool

    @property
    def left(self) -> int:
        """How many tasks are not done."""
        return sum(not one.done for one in self.tasks)


def checklists(db: Session, course: Course, person: Person, today: date) -> list[Checklist]:
    """Return the checklist of every account a person runs or has begun to hand over; none unless they leave."""
    if person.left_on is None:
        return []
    ticks: dict[int, dict[str, Handover]] = {}
    for one in db.scalars(select(Handover).where(Handover.person_id == person.id)):
        ticks.setdefault(one.account_id, {})[one.task] = one
    names = people.names(db, (one.done_by for several in ticks.values() for one in several.values()))
    held = {one.id for one in accounts.held_by(db, person)}
    days = max(_EARLIEST, min((person.left_on - today).days, _LATEST))
    return [
        _checklist(course, person, one, days, ticks.get(one.id, {}), names, holds=one.id in held)
        for one in _run_by(db, person, ticks)
    ]


def tick(db: Session, now: datetime, actor_id: int, person: Person, account: Account, task: str) -> None:
    """Record that a task is done; one that was done before stays as it was."""
    if _tick(db, person, account, task) is None:
        done = Handover(person_id=person.id, account_id=account.id, task=task, done_at=now, done_by=actor_id)
        db.add(done)
        events.record(db, now, actor_id, "handover.done", _subjects(person, account), task=task)


def reopen(db: Session, now: datetime, actor_id: int, person: Person, account: Account, task: str) -> None:
    """Take a tick back; what was ticked and when stays in the log of events."""
    done = _tick(db, person, account, task)
    if done is not None:
        db.delete(done)
        events.record(db, now, actor_id, "handover.reopened", _subjects(person, account), task=task)


def _checklist(
    course: Course,
    person: Person,
    account: Account,
    days: int,
    ticks: Mapping[str, Handover],
    names: Mapping[int, str],
    *,
    holds: bool,
) -> Checklist:
    closing = CLOSING in ticks
    stays, closes = _ruling(course, days, stays=True), _ruling(course, days, stays=False)
    asked = closes if closing else stays
    found = (*_of_policy(course, asked), *_own(person, account, holds=holds, closing=closing))
    tasks = tuple(
        Task(
            one.key,
            one.does,
            one.done or one.key in ticks,
            one.by,
            one.provision,
            ticks.get(one.key),
            names.get(ticks[one.key].done_by, "") if one.key in ticks else "",
        )
        for one in found
    )
    differs = (stays.unmet, stays.steps) != (closes.unmet, closes.steps)
    return Checklist(account, tasks, asked.verdict == NOT_COVERED, asked.note, differs, closing)


def _ruling(course: Course, days: int, *, stays: bool) -> Ruling:
    return course.rule(DECISION, {"days_to_leaving": days, "account_stays": stays, "successor_named": False})


def _of_policy(course: Course, asked: Ruling) -> Iterator[Task]:
    counted: dict[str, int] = {}
    for step in asked.steps:
        number = counted[step.key] = counted.get(step.key, 0) + 1
        key = step.key if number == 1 else f"{step.key}-{number}"
        yield Task(key, step.does, False, step.by, provision(course, step.provision))


def _own(person: Person, account: Account, *, holds: bool, closing: bool) -> Iterator[Task]:
    if not closing:
        does = f"Have the password of {account.label} changed, so that {person.first_name} cannot get in."
        yield Task(NEW_LOGIN, does, False)
    yield Task(OFF_HOLDERS, f"Take {person.first_name} off the holders of {account.label}.", not holds)


def _run_by(db: Session, person: Person, ticks: Mapping[int, object]) -> Sequence[Account]:
    held = select(Holder.account_id).where(Holder.person_id == person.id)
    posting = select(PostingRight.account_id).where(PostingRight.person_id == person.id, PostingRight.state == GRANTED)
    chosen = Account.id.in_(held) | Account.id.in_(posting) | Account.id.in_(list(ticks))
    return db.scalars(select(Account).where(chosen).order_by(Account.platform, Account.folded_handle)).all()


def _tick(db: Session, person: Person, account: Account, task: str) -> Handover | None:
    return db.scalar(
        select(Handover).where(
            Handover.person_id == person.id, Handover.account_id == account.id, Handover.task == task
        )
    )


def _subjects(person: Person, account: Account) -> dict[str, int | str]:
    return {"person": person.id, "account": account.id}
