"""What does the register hold on a person, and what becomes of it when their data are erased?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from register.events import EVENTS, Event
from register.people import Person
from register.tables import tables

# What becomes of a table's rows.
KEPT, REMOVED = "kept", "removed"


@dataclass(frozen=True)
class Holding:
    """What one table holds on a person, whom the column `by` names.

    `erased` says what becomes of it: kept as evidence that names nobody, removed, or kept with some columns emptied.
    """

    heading: str
    by: str = "person_id"
    erased: str | Mapping[str, Any] = KEPT
    never_shown: frozenset[str] = frozenset()


# Every table that says something about a person, in the order in which it is shown to them.
HELD = {
    "people": Holding(
        "Your entry on the staff list",
        by="id",
        erased={"name": "Erased person", "first_name": "Erased", "email": "erased-{id}", "external_id": None},
    ),
    "workplaces": Holding("Schools you work in", erased=REMOVED),
    "appointments": Holding("What you may do in the register", erased=REMOVED),
    "completions": Holding("Training you have passed"),
    "cancellations": Holding("Training you have passed that was found not to count"),
    "attempts": Holding("Training you have taken"),
    "readings": Holding("What you have confirmed having read"),
    "tickets": Holding("Training you have started", never_shown=frozenset({"token_hash"})),
    "posting_rights": Holding("Rights to post you have asked for", erased={"reason": None}),
    "account_holders": Holding("Accounts you are named as a holder of", erased=REMOVED),
    "account_care": Holding("When you checked an account or posted on it"),
    "handovers": Holding("What was handed over when you left"),
    "sessions": Holding("When you signed in", erased=REMOVED, never_shown=frozenset({"token_hash"})),
    "sign_in_links": Holding("Sign-in links made for you", erased=REMOVED, never_shown=frozenset({"token_hash"})),
    "link_requests": Holding("When you asked for a sign-in link", erased=REMOVED),
    "messages": Holding("E-mails to you", erased=REMOVED),
    "calendar_feeds": Holding("Calendar addresses made for you", erased=REMOVED, never_shown=frozenset({"token_hash"})),
    "reminders": Holding("Reminders sent to you", erased=REMOVED),
    "identities": Holding("Accounts of your trust you sign in with", erased=REMOVED),
}
# Columns that only say who did something for others: the log of events shows that, and the number names nobody.
ACTED = frozenset(
    {
        "account_holders.named_by",
        "appointments.ended_by",
        "appointments.made_by",
        "approvals.recorded_by",
        "cancellations.cancelled_by",
        "events.actor_id",
        "handovers.done_by",
        "holds.author_id",
        "holds.lifted_by",
        "link_requests.answered_by",
        "messages.made_by",
        "posting_rights.decided_by",
        "programs.ended_by",
        "programs.made_by",
        "sign_in_links.made_by",
        "staff_lists.uploaded_by",
        "webhooks.ended_by",
        "webhooks.made_by",
    }
)


def held(db: Session, person: Person) -> dict[str, list[dict[str, Any]]]:
    """Return all rows on a person by table, without what is secret even from them."""
    found: dict[str, list[dict[str, Any]]] = {}
    for name, holding in HELD.items():
        columns = tables()[name].c
        shown = [one for one in columns if one.name not in holding.never_shown]
        rows = db.execute(select(*shown).where(columns[holding.by] == person.id).order_by(columns[0]))
        found[name] = [dict(row._mapping) for row in rows]
    return found


def logged(db: Session, person: Person) -> list[dict[str, Any]]:
    """Return the events a person brought about, and those about them."""
    about = or_(Event.actor_id == person.id, Event.subjects["person"].as_integer() == person.id)
    return [
        {
            "event": one.id,
            "at": one.at,
            "what": EVENTS.get(one.name, one.name),
            "name": one.name,
            "by": "you" if one.actor_id == person.id else "the register" if one.actor_id is None else "somebody else",
            "subjects": one.subjects,
            "facts": one.facts,
        }
        for one in db.scalars(select(Event).where(about).order_by(Event.id))
    ]
