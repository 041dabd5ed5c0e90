"""Which day is it where the schools are, and how are days said?"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

type Clock = Callable[[], datetime]

LONDON = ZoneInfo("Europe/London")


def utc_now() -> datetime:
    """Return the present moment, with its time zone."""
    return datetime.now(UTC)


def day_of(moment: datetime) -> date:
    """Return the day a moment belongs to in the United Kingdom."""
    return moment.astimezone(LONDON).date()


def months_later(day: date, months: int) -> date:
    """Return the same day some months later; the last of the month where that month is too short (29 February)."""
    return day + relativedelta(months=months)


def in_words(day: date) -> str:
    """Return a day as we write it: 14 January 2027."""
    return f"{day.day} {day:%B %Y}"


def moment_in_words(moment: datetime) -> str:
    """Return a moment as we write it: 14 January 2027 at 09:05."""
    return f"{in_words(day_of(moment))} at {moment.astimezone(LONDON):%H:%M}"
