"""Dates as people say them, and how a document stands to its review."""

from datetime import date

import pytest

from handbook.pages.dates import elapsed, review_state, spoken


@pytest.mark.parametrize(
    ("day", "says"),
    [("2022-09", "September 2022"), ("2024-01-21", "21 January 2024"), (date(2027, 1, 14), "14 January 2027")],
)
def test_a_date_is_said_in_words(day: str | date, says: str) -> None:
    assert spoken(day) == says


@pytest.mark.parametrize(
    ("due", "today", "says"),
    [
        (None, date(2026, 11, 21), "The policy does not say when it is reviewed."),
        ("2022-09", date(2022, 8, 31), "Review is due in September 2022."),
        ("2022-09", date(2022, 9, 1), "Review is due this month, September 2022."),
        ("2022-09", date(2022, 9, 30), "Review is due this month, September 2022."),
        ("2022-09", date(2022, 10, 1), "Review was due in September 2022, one day ago."),
        ("2022-09", date(2022, 10, 30), "Review was due in September 2022, one month ago."),
        ("2022-09", date(2023, 9, 30), "Review was due in September 2022, one year ago."),
        ("2022-09", date(2026, 11, 21), "Review was due in September 2022, over four years ago."),
        ("2024-01-21", date(2024, 1, 20), "Review is due on 21 January 2024."),
        ("2024-01-21", date(2024, 1, 21), "Review is due today, 21 January 2024."),
        ("2024-01-21", date(2024, 1, 22), "Review was due on 21 January 2024, one day ago."),
    ],
)
def test_a_review_is_to_come_or_due_or_overdue(due: str | None, today: date, says: str) -> None:
    state = review_state(due, today)
    assert state.says == says
    assert state.overdue == (" ago" in says)


@pytest.mark.parametrize(
    ("since", "today", "says"),
    [
        (date(2026, 1, 31), date(2026, 2, 27), "27 days"),
        (date(2026, 1, 31), date(2026, 2, 28), "one month"),
        (date(2024, 2, 29), date(2025, 2, 28), "over one year"),
        (date(2000, 1, 1), date(2026, 1, 1), "26 years"),
        (date(2025, 12, 31), date(2026, 12, 30), "11 months"),
    ],
)
def test_time_gone_by_is_counted_in_whole_months_and_years(since: date, today: date, says: str) -> None:
    assert elapsed(since, today) == says.replace("11", "eleven")
