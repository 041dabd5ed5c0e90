"""The review calendar: overdue first on the day of the build, drawn, listed, and as a calendar file."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from icalendar import Calendar

from handbook.library import Cited, Library
from handbook.pages.calendar import calendar_pages
from handbook.pages.reviews import reviews, undated


def on(library: Library, day: date) -> Library:
    return replace(library, built_on=day)


def test_the_longest_overdue_comes_first(library: Library) -> None:
    assert [one.trust.id for one in reviews(library)] == ["cockburn", "wren-spinney", "lydiate", "creating-tomorrow"]
    assert [one.id for one in undated(library)] == ["collaborative"]


@pytest.mark.parametrize(("day", "late"), [(date(2022, 9, 30), 0), (date(2022, 10, 1), 1), (date(2026, 11, 21), 4)])
def test_what_is_overdue_depends_on_the_day_of_the_build(day: date, late: int, library: Library) -> None:
    assert sum(one.overdue for one in reviews(on(library, day))) == late


def test_the_page_says_how_many_are_overdue_and_lists_each_once(library: Library) -> None:
    page = calendar_pages(library)["calendar/index.md"]
    assert "4 of 4 policies with a review date are overdue." in page
    assert page.index("## Overdue") < page.index("## Without a date")
    for trust in library.trusts.values():
        assert page.count(f'<a href="/handbook/{trust.id}/">') == 1


def test_the_drawing_has_a_title_a_description_and_a_mark_for_every_policy(library: Library) -> None:
    page = calendar_pages(on(library, date(2024, 3, 1)))["calendar/index.md"]
    assert 'role="img" aria-labelledby="timeline-title timeline-desc"' in page
    assert (page.count('<path class="late"'), page.count('<circle class="open"')) == (2, 2)


def test_many_policies_make_no_longer_drawing(library: Library) -> None:
    one = library.trusts["lydiate"]
    many = {f"t{place}": replace(one, id=f"t{place}") for place in range(200)}
    page = calendar_pages(replace(library, trusts=many))["calendar/index.md"]
    assert page.count('<path class="late"') == 20
    assert "The 20 earliest are drawn." in page


def test_the_calendar_file_has_all_day_events_that_keep_their_names(library: Library) -> None:
    pages = calendar_pages(library)
    events = Calendar.from_ical(pages["calendar/reviews.ics"]).walk("VEVENT")
    assert [str(one["UID"]) for one in events] == [f"review-{one.trust.id}@clear-to-post" for one in reviews(library)]
    first = events[0]
    assert first.decoded("DTSTART") == date(2022, 9, 30)
    assert not hasattr(first.decoded("DTSTART"), "hour")
    (alarm,) = first.walk("VALARM")
    assert alarm.decoded("TRIGGER") == timedelta(days=-60)


def test_a_trust_without_a_date_has_no_calendar_file(library: Library) -> None:
    pages = calendar_pages(library)
    assert "cockburn/review.ics" in pages
    assert "collaborative/review.ics" not in pages


def test_a_date_may_be_no_more_than_a_year(library: Library) -> None:
    trust = library.trusts["lydiate"]
    dated = replace(trust, document={**trust.document, "review_due": Cited("2027", ("control/review-due",))})
    changed = replace(library, trusts={"lydiate": dated})
    assert [one.due for one in reviews(changed)] == [date(2027, 12, 31)]
    assert "Review is due in 2027." in calendar_pages(changed)["calendar/index.md"]
