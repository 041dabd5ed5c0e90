"""What stands in the calendar that somebody has subscribed to? Their own next training, and whose they look after."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from register.completion_list import Row

# Beyond these a day's entry says how many more there are: a calendar is no list.
MOST_NAMES = 20


@dataclass(frozen=True)
class Entry:
    """An entry for a whole day; `key` stays the same while it is about the same thing."""

    key: str
    day: date
    title: str
    says: str


def own_entries(row: Row, today: date, address: str) -> list[Entry]:
    """Return when a person's own training is due again; overdue, it is due today."""
    done = row.training.completion
    if not row.training.current or done is None:
        says = f"You cannot post until you have passed. Take the training: {address}"
        return [Entry("own", today, "Take your social media training", says)]
    says = f"It counts until the end of this day. Take the training again: {address}"
    return [Entry("own", max(done.expires_on, today), "Your social media training is due again", says)]


def staff_entries(rows: Iterable[Row], today: date, address: str) -> list[Entry]:
    """Return one entry for each day on which trainings of some people expire, from today on."""
    by_day: dict[date, list[str]] = {}
    for row in rows:
        done = row.training.completion
        if row.training.current and done is not None and done.expires_on >= today:
            by_day.setdefault(done.expires_on, []).append(row.staff)
    return [
        Entry(f"staff-{day.isoformat()}", day, _title(names), f"{_listed(names)}\n{address}")
        for day, names in sorted(by_day.items())
    ]


def as_ics(entries: Sequence[Entry], *, name: str, owner: str, made_at: datetime) -> bytes:
    """Return a calendar (RFC 5545); `owner` keeps the entries of two people apart."""
    # Only where somebody has subscribed: it takes memory in every process that serves.
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Clear to Post//Trainings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    for one in entries:
        event = Event()
        event.add("uid", f"{sha256(f'{owner} {one.key}'.encode()).hexdigest()[:32]}@clear-to-post")
        event.add("dtstamp", made_at)
        event.add("dtstart", one.day)
        event.add("dtend", one.day + timedelta(days=1))
        event.add("summary", one.title)
        event.add("description", one.says)
        # Nobody is busy on that day because of it.
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _title(names: Sequence[str]) -> str:
    return f"Training expires: {names[0]}" if len(names) == 1 else f"{len(names)} trainings expire"


def _listed(names: Sequence[str]) -> str:
    shown = sorted(names, key=str.casefold)[:MOST_NAMES]
    more = len(names) - len(shown)
    return "\n".join((*shown, f"and {more} more") if more else shown)
