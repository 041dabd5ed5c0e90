"""Which day is it where the schools are, and how are days said?"""

from datetime import UTC, date, datetime

import pytest

from register.days import in_words, moment_in_words, months_later


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2027, 2, 28), 12, date(2028, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 11, 21), 12, date(2027, 11, 21)),
    ],
)
def test_months_end_where_the_calendar_does(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


def test_days_and_moments_are_written_out() -> None:
    assert in_words(date(2027, 1, 4)) == "4 January 2027"
    assert moment_in_words(datetime(2027, 7, 4, 8, 5, tzinfo=UTC)) == "4 July 2027 at 09:05"
