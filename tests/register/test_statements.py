"""What every training asks: the same answers as from a session, and the same trouble."""

import pytest
from sqlalchemy import bindparam, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from register import database
from register.links import Link
from register.people import Person
from register.schools import School
from register.statements import Prepared, say
from tests.register.world import NOON, World

NAMED = Prepared(select(School.id).where(School.name == bindparam("name")).order_by(School.id).limit(1))


def test_what_the_session_holds_is_written_before_anything_is_asked(world: World) -> None:
    with world.database.writing() as db:
        assert NAMED.ask(db, name="Elm") == []
        made = School(trust_id="lydiate", name="Elm")
        db.add(made)
        assert NAMED.ask(db, name="Elm") == [(made.id,)]


def test_values_go_in_and_come_out_as_the_session_has_them(world: World) -> None:
    ada = world.person("Ada Teacher")
    world.link(ada)
    made_at = Prepared(select(Link.made_at, Link.person_id).where(Link.made_at == bindparam("moment")))
    with world.database.reading() as db:
        assert made_at.ask(db, moment=NOON) == [(NOON, ada.id)]
        [row] = Prepared(select(*Person.__table__.columns).where(Person.id == bindparam("id"))).ask(db, id=ada.id)
        read = Person.of_row(row)
    assert (read.id, read.name, read.email, read.left_on) == (ada.id, "Ada Teacher", ada.email, None)


def test_trouble_is_told_as_the_session_tells_it_without_what_was_to_be_written(world: World) -> None:
    def lost() -> School:
        return School(trust_id="nowhere", name="Secret Elm")

    with pytest.raises(IntegrityError) as kept, world.database.writing() as db:
        db.add(lost())
    with pytest.raises(IntegrityError) as told, world.database.writing() as db:
        database.write(db, lost())
    assert type(told.value.orig) is type(kept.value.orig)
    assert "Secret Elm" not in str(told.value)
    with world.database.reading() as db:
        assert NAMED.ask(db, name="Secret Elm") == []


def test_what_the_database_does_not_understand_is_an_error_of_its_own(world: World) -> None:
    with world.database.reading() as db, pytest.raises(DBAPIError, match="nothing_of_the_kind"):
        say(db.connection(), "SELECT nothing_of_the_kind FROM people")


def test_a_connection_that_is_lost_half_way_is_told_and_not_used_again(postgresql_world: World) -> None:
    there = postgresql_world.database

    def ask_in_vain() -> None:
        with there.writing() as db, there.engine.connect() as other:
            mine = db.scalar(text("SELECT pg_backend_pid()"))
            other.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": mine})
            NAMED.ask(db, name="Elm")

    with pytest.raises(OperationalError) as found:
        ask_in_vain()
    assert found.value.connection_invalidated
    assert database.trouble(found.value) == "it does not answer"
    with there.writing() as db:
        assert NAMED.ask(db, name="Elm") == []
