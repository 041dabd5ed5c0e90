"""The review dates as a calendar that any calendar program takes (RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from handbook.pages.reviews import Review

PRODUCT = "-//Clear to Post//Policy reviews//EN"
REMIND_BEFORE = timedelta(days=60)


def calendar_file(name: str, reviews: Iterable[Review], built_on: date) -> str:
    """Return a calendar of all-day events, one for each review, with a reminder 60 days before.

    An event is known by its trust, so that a date that moves moves in the calendar too.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    for review in reviews:
        calendar.add_component(_event(review, built_on))
    written: bytes = calendar.to_ical()
    return written.decode()


def _event(review: Review, built_on: date) -> Event:
    title = review.trust.document["title"].value
    event = Event()
    event.add("uid", f"review-{review.trust.id}@clear-to-post")
    event.add("dtstamp", datetime(built_on.year, built_on.month, built_on.day, tzinfo=UTC))
    event.add("dtstart", review.due)
    event.add("dtend", review.due + timedelta(days=1))
    event.add("summary", f"Review due: {title} ({review.trust.name})")
    event.add("description", f"The policy of {review.trust.name} names this as the last day for its review.")
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"Review of the policy of {review.trust.name} is due in 60 days")
    alarm.add("trigger", -REMIND_BEFORE)
    event.add_component(alarm)
    return event
