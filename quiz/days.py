"""Which day is some months after another? Days are ISO 8601 text, as receipts and downloads have them.

The quiz reads no clock: who needs to know which day it is, is told.
"""

import re

LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?Z", re.ASCII)
DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)


def day_of(moment: str) -> str | None:
    """Return the day of a moment in UTC such as `2026-11-21T16:03:42.120Z`; None if it is no such moment."""
    found = MOMENT.fullmatch(moment)
    return found[1] if found and is_day(found[1]) else None


def is_day(day: str) -> bool:
    """Say whether the text is a day that exists."""
    found = DAY.fullmatch(day)
    if not found:
        return False
    year, month, number = map(int, found.groups())
    return year > 0 and 1 <= month <= 12 and 1 <= number <= _length(year, month)


def months_later(day: str, months: int) -> str:
    """Return the same day some months later; the last of the month where that month is too short (29 February)."""
    year, month, number = map(int, day.split("-"))
    years, before = divmod(month - 1 + months, 12)
    return f"{year + years:04}-{before + 1:02}-{min(number, _length(year + years, before + 1)):02}"


def _length(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else LENGTHS[month - 1]
