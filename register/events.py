"""What has happened, when, and through whom? A log that is only ever added to, each event holding on to the last."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from quiz.courses import canonical
from register import chain
from register.chain import NOTHING, Head
from register.database import Record
from register.statements import Prepared

# Facts hold ids, dates and choices, never a name or an address: the log outlives the personal data it is about.
EVENTS = {
    "account.added": "An account was added to the list.",
    "account.changed": "What is on record about an account was changed.",
    "account.checked": "A person noted that they checked an account.",
    "account.opened": "A proposed account was opened.",
    "account.posted": "A person noted that they posted on an account.",
    "appointment.ended": "A role was taken back from a person.",
    "appointment.made": "A person was given a role.",
    "approval.recorded": "A manager recorded that a role has agreed to a right.",
    "attempt.graded": "A finished attempt was graded again and kept.",
    "completion.cancelled": "A completion was found not to count.",
    "completion.recorded": "A person passed the training.",
    "course.kept": "A version of a course was used for the first time and is kept.",
    "data.disposed": "What a trust keeps no longer was disposed of.",
    "handover.done": "A task of a leaver's handover was done.",
    "handover.reopened": "A task of a leaver's handover turned out not to be done.",
    "feed.ended": "A calendar address was ended.",
    "feed.opened": "A person had a calendar address made.",
    "hold.lifted": "Posting may go on.",
    "hold.set": "All posting of a trust or on an account is on hold.",
    "holder.named": "A person was named as a holder of an account.",
    "holder.removed": "A person is no longer a holder of an account.",
    "identity.bound": "A person signed in with a school account for the first time.",
    "identity.removed": "A manager had the register forget a person's school account.",
    "link.made": "A sign-in link was made.",
    "link.requested": "A person asked for a new sign-in link.",
    "link.used": "A sign-in link was used up.",
    "list.applied": "A staff list was taken over.",
    "message.failed": "A sign-in link could not be sent by e-mail.",
    "message.sent": "A sign-in link was sent by e-mail.",
    "person.added": "A person was added to the staff list.",
    "person.erased": "The personal data of a person who had left were erased.",
    "person.exported": "All that is held on a person was put together for them.",
    "person.changed": "What is on record about a person was changed.",
    "person.left": "A person left.",
    "person.moved": "A person works in other schools than before.",
    "person.rejoined": "A person who had left came back.",
    "program.added": "A program was given a key to read rights with.",
    "program.ended": "A program's key was taken back.",
    "reading.confirmed": "A person confirmed having read what the training asks to read.",
    "recertification.changed": "A trust decided when trainings are due again.",
    "reminder.mailed": "A person was reminded by e-mail.",
    "retention.changed": "A trust decided how long personal data are kept.",
    "right.granted": "A manager granted the right to post on an account.",
    "right.held": "A right was found to be on hold.",
    "right.lapsed": "A right was found not to be in force any more.",
    "right.refused": "A manager refused the right to post on an account.",
    "right.requested": "A person asked for the right to post on an account.",
    "right.restored": "A right was found to be in force again.",
    "right.revoked": "A manager took the right to post on an account back.",
    "school.added": "A school was added to a trust.",
    "school.renamed": "A school was given another name.",
    "session.ended": "A person signed out, or was signed out.",
    "session.started": "A person signed in.",
    "ticket.issued": "A person started the training.",
    "webhook.added": "An address was added that is told of changes to rights.",
    "webhook.ended": "An address is not told of changes to rights any more.",
}


# In a session: its transaction, and where the log ends in it.
_LAST = "where the log ends"


class Event(Record):
    """One thing that happened; `actor_id` is the person who did it, none for the register itself.

    `id` counts from 1 and leaves out none; `previous` is the hash of the event before (see `register.chain`).
    """

    __tablename__ = "events"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    name: Mapped[str]
    subjects: Mapped[dict[str, Any]]
    facts: Mapped[dict[str, Any]]
    previous: Mapped[str] = mapped_column(unique=True)
    hash: Mapped[str] = mapped_column(unique=True)


_LAST_EVENT = Prepared(select(Event.id, Event.hash).order_by(Event.id.desc()).limit(1))
_ADDED = Prepared(Event.metadata.tables[Event.__tablename__].insert().returning(Event.id))


def head(db: Session) -> Head:
    """Return where the log ends now."""
    last = _LAST_EVENT.ask(db)
    return Head(*last[0]) if last else NOTHING


def record(
    db: Session,
    at: datetime,
    actor_id: int | None,
    name: str,
    subjects: Mapping[str, int | str],
    **facts: object,
) -> None:
    """Add an event; `subjects` are the ids it is about, by noun. What it is about has to be written already."""
    if name not in EVENTS:
        raise ValueError(f"there is no event {name!r}")
    # As they will be read again: what is hashed must not depend on how it was put.
    said = json.loads(canonical({"subjects": subjects, "facts": facts}))
    # As long as the one writer's transaction lasts, nobody else's event can come after its own.
    db.connection()
    writing, known = db.get_transaction(), db.info.get(_LAST)
    last = known[1] if known and known[0] is writing else head(db)
    place = chain.link(last, at, actor_id, name, said["subjects"], said["facts"])
    _ADDED.ask(
        db,
        id=place.number,
        at=at,
        actor_id=actor_id,
        name=name,
        subjects=said["subjects"],
        facts=said["facts"],
        previous=last.hash,
        hash=place.hash,
    )
    db.info[_LAST] = (writing, place)
