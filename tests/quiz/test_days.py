"""Days as text agree with the calendar."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.days import day_of, is_day, months_later
from register import days


@given(day=st.dates(max_value=date(9000, 1, 1)), months=st.integers(0, 60))
def test_months_later_is_the_day_the_register_would_name(day: date, months: int) -> None:
    assert months_later(day.isoformat(), months) == days.months_later(day, months).isoformat()


@given(year=st.integers(0, 9999), month=st.integers(0, 14), number=st.integers(0, 33))
def test_a_day_is_one_that_the_calendar_has(year: int, month: int, number: int) -> None:
    text = f"{year:04}-{month:02}-{number:02}"
    try:
        date.fromisoformat(text)
    except ValueError:
        assert not is_day(text)
    else:
        assert is_day(text)


@given(moment=st.datetimes(timezones=st.just(UTC)))
def test_a_moment_belongs_to_its_day_in_utc(moment: datetime) -> None:
    assert day_of(moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(27, "0")) == moment.date().isoformat()


@pytest.mark.parametrize(
    "moment",
    [
        "",
        "2026-11-21",
        "2026-11-21T10:00:00",
        "2026-11-21T10:00:00+01:00",
        "2026-11-31T10:00:00Z",
        "2026-11-21T24:00:00Z",
        "2026-11-21T10:00:00Z ",
        "٢٠٢٦-11-21T10:00:00Z",
    ],
)
def test_what_is_no_moment_in_utc_has_no_day(moment: str) -> None:
    assert day_of(moment) is None
