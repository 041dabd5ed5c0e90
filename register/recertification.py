"""How long does a pass count at this trust, and what is the last day on which it still does?

The months come from the trust's training (`validity_months`). What the trust decides here is whether they end for each
person on their own anniversary or for everybody on one day of the year, and how many days of grace follow. A completion
keeps the day it was given: another rule changes only those recorded after it, and the days of grace.
"""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ForeignKey, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from register import events
from register.database import Record
from register.days import months_later
from register.statements import Prepared

# Whoever passes so shortly before the day of the year is not asked again on it. From 1 July it is 1 September.
TOO_SOON = timedelta(days=62)
MOST_GRACE = 90


class RecertificationRule(Record):
    """What a trust has decided; without a day of the year, everybody's own anniversary counts."""

    __tablename__ = "recertification_rules"

    trust_id: Mapped[str] = mapped_column(ForeignKey("trusts.id"), primary_key=True)
    due_month: Mapped[int | None]
    due_day: Mapped[int | None]
    grace_days: Mapped[int]


@dataclass(frozen=True)
class DayOfYear:
    """A day that every year has."""

    month: int
    day: int

    @property
    def label(self) -> str:
        """The day in words: 1 September."""
        return f"{self.day} {calendar.month_name[self.month]}"

    def in_year(self, year: int) -> date:
        """Return the day in a year."""
        return date(year, self.month, self.day)


@dataclass(frozen=True)
class Rule:
    """When everybody is due again, if not each on their own anniversary, and for how many days it may wait."""

    due: DayOfYear | None = None
    grace_days: int = 0

    def counts_until(self, passed_on: date, months: int) -> date:
        """Return the last day on which a pass counts, without the days of grace.

        By anniversary, the anniversary itself. By a day of the year, the day before the last such day that is not
        later than `TOO_SOON` after the anniversary; where none lies `TOO_SOON` after the pass, the anniversary.
        """
        anniversary = months_later(passed_on, months)
        if self.due is None:
            return anniversary
        latest = anniversary + TOO_SOON
        due = self.due.in_year(latest.year)
        if due > latest:
            due = self.due.in_year(latest.year - 1)
        return due - timedelta(days=1) if due - passed_on >= TOO_SOON else anniversary

    @property
    def in_words(self) -> str:
        """The rule as a trust reads it."""
        when = f"Everybody trains again by {self.due.label}" if self.due else "Everybody trains again on their own date"
        if not self.grace_days:
            return f"{when}. There are no days of grace."
        return f"{when}. Posting rights last {self.grace_days} more day{'s' * (self.grace_days != 1)}."


BY_ANNIVERSARY = Rule()


def day_of_year(month: int, day: int) -> DayOfYear:
    """Return a day of the year; raises ValueError for one that not every year has."""
    try:
        date(2027, month, day)
    except ValueError:
        raise ValueError("choose a day that every year has, such as 1 September") from None
    return DayOfYear(month, day)


_OF_TRUST = Prepared(
    select(RecertificationRule.due_month, RecertificationRule.due_day, RecertificationRule.grace_days).where(
        RecertificationRule.trust_id == bindparam("trust")
    )
)


def rule(db: Session, trust_id: str) -> Rule:
    """Return what a trust has decided, or what holds until it does: the anniversary, without days of grace."""
    for month, day, grace_days in _OF_TRUST.ask(db, trust=trust_id):
        return Rule(DayOfYear(month, day) if month and day else None, grace_days)
    return BY_ANNIVERSARY


def set_rule(db: Session, now: datetime, actor_id: int | None, trust_id: str, wanted: Rule) -> None:
    """Keep what a trust has decided, for what is recorded from now on; raises ValueError for impossible days of grace.

    Nothing is recorded where it is the rule already.
    """
    if not 0 <= wanted.grace_days <= MOST_GRACE:
        raise ValueError(f"days of grace are a number from 0 to {MOST_GRACE}")
    if wanted == rule(db, trust_id):
        return
    month, day = (wanted.due.month, wanted.due.day) if wanted.due else (None, None)
    db.merge(RecertificationRule(trust_id=trust_id, due_month=month, due_day=day, grace_days=wanted.grace_days))
    facts = {"due_month": month, "due_day": day, "grace_days": wanted.grace_days}
    events.record(db, now, actor_id, "recertification.changed", {"trust": trust_id}, **facts)
