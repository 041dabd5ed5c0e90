"""What has happened, when, and through whom?"""

import re
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from register import audit, events
from register.events import EVENTS, Event
from register.posting_rights import GRANTED, REFUSED, REVOKED
from tests.register.test_posting_rights import granted
from tests.register.world import NOON, World

REGISTER = Path(events.__file__).parent


def test_every_event_in_the_list_is_recorded_somewhere_and_bears_a_noun_and_a_past_verb() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in REGISTER.rglob("*.py") if path.name != "events.py")
    states = {f"right.{state}" for state in (GRANTED, REFUSED, REVOKED)}
    for name in EVENTS:
        assert re.fullmatch(r"[a-z]+\.([a-z]+ed|made|left|sent|set|kept|bound|held|done)", name)
        assert name in states or f'"{name}"' in sources


def test_an_event_nobody_listed_cannot_be_recorded(world: World) -> None:
    with world.database.writing() as db, pytest.raises(ValueError, match="there is no event"):
        events.record(db, NOON, None, "right.lost", {})


def test_the_way_to_a_right_is_in_the_log_without_names_or_addresses(world: World) -> None:
    granted(world)
    with world.database.reading() as db:
        log = db.scalars(select(Event).order_by(Event.id)).all()
        names = [one.name for one in log]
        for name in ("right.requested", "ticket.issued", "attempt.graded", "completion.recorded", "reading.confirmed"):
            assert name in names
        assert names[-1] == "right.granted"
        assert log[-1].actor_id == world.person("Mia Manager").id
        written = str([(one.subjects, one.facts) for one in log])
    assert "Ada" not in written
    assert "@" not in written


def one_by_one(db: Session, *names: str) -> None:
    for name in names:
        events.record(db, NOON, None, name, {})


def test_events_of_one_transaction_follow_one_another_and_those_undone_leave_no_gap(world: World) -> None:
    with world.database.reading() as db:
        before = events.head(db).number
    with pytest.raises(ValueError, match="there is no event"), world.database.writing() as db:
        one_by_one(db, "hold.set", "right.lost")
    with world.database.writing() as db:
        one_by_one(db, "hold.set", "hold.lifted")
    with world.database.reading() as db:
        assert audit.verify(db).found is None
        assert events.head(db).number == before + 2
