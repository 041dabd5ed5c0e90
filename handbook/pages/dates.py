"""How is a date said, and is a document's review still to come?"""

import calendar
from dataclasses import dataclass
from datetime import date

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@dataclass(frozen=True)
class ReviewState:
    """A sentence about a document's review on one day, and whether the review is overdue on it."""

    says: str
    overdue: bool


def spoken(day: str | date) -> str:
    """Return a date as people say it: "2022-09" is "September 2022", "2024-01-21" "21 January 2024", a year itself."""
    year, *rest = (int(part) for part in str(day).split("-"))
    if not rest:
        return str(year)
    month, *days = rest
    return f"{days[0] if days else ''} {calendar.month_name[month]} {year}".strip()


def review_state(due: str | None, today: date) -> ReviewState:
    """Say how a document stands to its review on a day; a month without a day is over on its last day."""
    if due is None:
        return ReviewState("The policy does not say when it is reviewed.", overdue=False)
    on = "on" if due.count("-") == 2 else "in"
    last = last_day(due)
    if today > last:
        return ReviewState(f"Review was due {on} {spoken(due)}, {elapsed(last, today)} ago.", overdue=True)
    if due == today.isoformat():
        return ReviewState(f"Review is due today, {spoken(due)}.", overdue=False)
    if due == today.isoformat()[:7]:
        return ReviewState(f"Review is due this month, {spoken(due)}.", overdue=False)
    return ReviewState(f"Review is due {on} {spoken(due)}.", overdue=False)


def last_day(due: str) -> date:
    """Return the last day on which something due then is not late."""
    year, *rest = (int(part) for part in due.split("-"))
    month, *days = rest or (12,)
    return date(year, month, days[0] if days else calendar.monthrange(year, month)[1])


def elapsed(since: date, today: date) -> str:
    """Return how long ago a day was, in whole years or months: "over four years", "three months", "nine days"."""
    months = (today.year - since.year) * 12 + today.month - since.month
    # A month is full on the same day of the month, or on its last day if it is shorter.
    day_reached = today.day >= min(since.day, calendar.monthrange(today.year, today.month)[1])
    months -= not day_reached
    if not months:
        return counted((today - since).days, "day")
    years, rest = divmod(months, 12)
    if not years:
        return counted(months, "month")
    exact = not rest and (today.month, today.day) == (since.month, since.day)
    return f"{'' if exact else 'over '}{counted(years, 'year')}"


def counted(number: int, noun: str) -> str:
    """Return a number and its noun in words up to twelve: "one month", "14 days"."""
    return f"{NUMBERS[number] if number < len(NUMBERS) else number} {noun}{'' if number == 1 else 's'}"
