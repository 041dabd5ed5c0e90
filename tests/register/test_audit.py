"""Is the log of events whole, and do the records still say what it says?"""

from collections.abc import Callable, Mapping
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from register import audit, chain, events
from register.chain import NOTHING, Head
from register.events import Event
from tests.register.tampering import guards, lock, unlock
from tests.register.test_posting_rights import granted
from tests.register.world import NOON, World


def change(world: World, doing: Callable[[Session], object]) -> None:
    """Do what the triggers forbid, and leave them as they were."""
    with world.database.writing() as db:
        statements = guards(db)
        unlock(db)
        doing(db)
    with world.database.writing() as db:
        lock(db, statements)


def run(*statements: str) -> Callable[[Session], object]:
    return lambda db: [db.execute(text(one)) for one in statements]


def found(world: World, noted: Head | None = None) -> str | None:
    with world.database.reading() as db:
        broken = audit.verify(db, noted).found
    return broken.says if broken else None


def head(world: World) -> Head:
    with world.database.reading() as db:
        return events.head(db)


def number_of(world: World, name: str) -> int:
    with world.database.reading() as db:
        return db.scalars(select(Event.id).where(Event.name == name).order_by(Event.id.desc())).first() or 0


def rehash(world: World, first: int) -> Callable[[Session], object]:
    """Return what makes a chain of the events again from a number on, as somebody would who knows how."""

    def doing(db: Session) -> None:
        before = NOTHING
        for one in db.scalars(select(Event).order_by(Event.id)).all():
            now = chain.link(before, one.at, one.actor_id, one.name, one.subjects, one.facts)
            if one.id >= first:
                db.execute(
                    text("UPDATE events SET previous = :previous, hash = :hash WHERE id = :id"),
                    {"previous": before.hash, "hash": now.hash, "id": one.id},
                )
            before = now

    return doing


def test_a_log_nobody_touched_is_whole_and_its_end_is_known(world: World) -> None:
    granted(world)
    noted = head(world)
    assert noted.number == world.count(Event)
    assert found(world, noted) is None
    world.signed_in("Ben Teacher")
    assert found(world, noted) is None, "the log has grown since"


@pytest.mark.parametrize("table", ["events", "attempts", "completions"])
@pytest.mark.parametrize(
    "statement",
    ["UPDATE {} SET id = id", "DELETE FROM {}", "INSERT OR REPLACE INTO {} SELECT * FROM {}", "TRUNCATE {} CASCADE"],
)
def test_no_program_can_change_or_take_away_what_is_evidence(world: World, table: str, statement: str) -> None:
    sqlite = world.settings.on_sqlite
    if ("TRUNCATE" in statement and sqlite) or ("REPLACE" in statement and not sqlite):
        pytest.skip("the other database's own word for it")
    world.passes(world.signed_in("Ada Teacher"))
    with pytest.raises(IntegrityError), world.database.writing() as db:
        db.execute(text(statement.format(table, table)))
    assert found(world) is None


def test_an_event_can_only_be_added_at_the_end(world: World) -> None:
    last = head(world)
    for number, previous in ((1, last.hash), (last.number + 2, last.hash), (last.number + 1, "0" * 64)):
        with pytest.raises(IntegrityError), world.database.writing() as db:
            db.execute(
                insert(Event),
                {
                    "id": number, "at": NOON, "actor_id": None, "name": "person.left", "subjects": {}, "facts": {},
                    "previous": previous, "hash": "x",
                },
            )  # fmt: skip
    assert found(world) is None


CHANGED: Mapping[str, tuple[str, str]] = {
    "what it says": ("UPDATE events SET facts = '[]' WHERE id = 2", "event 2 (…) was changed"),
    "when": ("UPDATE events SET at = '2020-01-01 00:00:00' WHERE id = 2", "event 2 (…) was changed"),
    "through whom": ("UPDATE events SET actor_id = 1 WHERE id = 2", "event 2 (…) was changed"),
    "about whom": ("UPDATE events SET subjects = '[1]' WHERE id = 2", "event 2 (…) was changed"),
    "not readable": ("UPDATE events SET facts = '{' WHERE id = 2", "event 2 was changed: it cannot be read"),
    "its hash": ("UPDATE events SET hash = 'x' WHERE id = 2", "event 2 (…) was changed"),
    "the hash before": ("UPDATE events SET previous = 'x' WHERE id = 2", "event 2 (…) names another event"),
    "taken from the middle": ("DELETE FROM events WHERE id = 2", "event 2 is missing: the next is event 3"),
    "taken from the beginning": ("DELETE FROM events WHERE id = 1", "event 1 is missing: the next is event 2"),
}


@pytest.mark.parametrize("what", CHANGED)
def test_the_first_break_is_named(world: World, what: str) -> None:
    statement, says = CHANGED[what]
    if what == "not readable" and not world.settings.on_sqlite:
        pytest.skip("PostgreSQL takes no JSON that is none")
    change(world, run(statement))
    with world.database.reading() as db:
        name = db.execute(text("SELECT name FROM events WHERE id = 2")).scalar()
    assert str(found(world)).startswith(says.replace("…", str(name)))


def test_events_that_change_places_are_noticed(world: World) -> None:
    swap = ["UPDATE events SET id = -id WHERE id IN (2, 3)", "UPDATE events SET id = 5 + id WHERE id IN (-2, -3)"]
    change(world, run(*swap))
    assert "event 2" in str(found(world))


def test_an_event_that_was_put_in_is_noticed_at_its_place(world: World) -> None:
    """Put one in before the last, with the right hash for its place, as one who knows the form would."""
    last = head(world)

    def put_in(db: Session) -> None:
        old = db.get_one(Event, last.number)
        before = Head(last.number - 1, old.previous)
        forged = chain.link(before, NOON, None, "person.left", {"person": 1}, {})
        later = text("UPDATE events SET id = id + 1, previous = :hash WHERE id = :id")
        db.execute(later, {"hash": forged.hash, "id": last.number})
        row = {"id": forged.number, "at": NOON, "name": "person.left", "subjects": {"person": 1}, "facts": {}}
        db.execute(insert(Event), {**row, "previous": before.hash, "hash": forged.hash})

    change(world, put_in)
    assert str(found(world)).startswith(f"event {last.number + 1} (")
    assert found(world, last) == f"event {last.number} is not the one that was noted: the log was written anew"


def test_an_event_changed_together_with_its_hash_is_noticed_at_the_next(world: World) -> None:
    def doing(db: Session) -> None:
        one = db.get_one(Event, 2)
        before = Head(1, one.previous)
        forged = chain.link(before, one.at - timedelta(days=1), one.actor_id, one.name, one.subjects, one.facts)
        db.execute(
            text("UPDATE events SET at = :at, hash = :hash WHERE id = 2"),
            {"at": (one.at - timedelta(days=1)).replace(tzinfo=None), "hash": forged.hash},
        )

    change(world, doing)
    assert found(world) == "event 3 does not follow event 2: one of the two was put in or replaced"


def test_what_is_taken_from_the_end_shows_against_a_head_that_was_noted(world: World) -> None:
    world.signed_in("Ada Teacher")
    noted = head(world)
    change(world, run(f"DELETE FROM events WHERE id > {noted.number - 2}"))
    assert found(world) is None, "nothing else can tell"
    missing = noted.number - 1
    assert found(world, noted) == f"event {missing} is missing, and all after it: event {noted.number} was noted"


def test_a_log_written_anew_shows_against_a_head_that_was_noted(world: World) -> None:
    noted = head(world)
    change(world, run("UPDATE events SET at = '2020-01-01 00:00:00' WHERE id = 2"))
    change(world, rehash(world, 2))
    assert found(world) is None, "nothing else can tell"
    assert found(world, noted) == f"event {noted.number} is not the one that was noted: the log was written anew"


def test_a_completion_that_was_given_more_time_is_named(world: World) -> None:
    world.passes(world.signed_in("Ada Teacher"))
    change(world, run("UPDATE completions SET expires_on = '2037-11-21'"))
    number = number_of(world, "completion.recorded")
    assert found(world) == (
        f"completion 1 was changed: expires_on is 2037-11-21, and was 2027-11-21 when event {number} was recorded"
    )


def test_answers_that_were_improved_later_are_named(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    ada.api("/api/attempts", world.filled(ada, right=False))
    change(world, run("UPDATE attempts SET answers = '[]'"))
    assert str(found(world)).startswith("attempt 1 was changed: answers is ")


def test_a_completion_that_was_taken_away_or_put_in_is_named(world: World) -> None:
    world.passes(world.signed_in("Ada Teacher"))
    world.passes(world.signed_in("Ben Teacher"))
    change(world, run("DELETE FROM completions WHERE id = 1"))
    assert str(found(world)).startswith("completion 1 is gone, of which event ")
    change(world, run("UPDATE completions SET id = 1"))
    assert found(world) is not None


def test_an_attempt_no_event_tells_of_is_named(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    ada.api("/api/attempts", world.filled(ada, right=False))
    last = number_of(world, "attempt.graded")
    change(world, run(f"DELETE FROM events WHERE id >= {last}"))
    assert found(world) == "attempt 1 was put in: no event tells of it"


def test_a_right_somebody_granted_themselves_is_named(world: World) -> None:
    world.requested(world.signed_in("Ada Teacher"))
    with world.database.writing() as db:
        db.execute(text("UPDATE posting_rights SET state = 'granted'"))
    assert found(world) == "right 1 was changed: it is granted, and the log says requested"


def test_a_missing_trigger_is_named(world: World) -> None:
    with world.database.writing() as db:
        unlock(db)
    assert found(world) == "the trigger events_no_update is missing: what is evidence could be changed"
