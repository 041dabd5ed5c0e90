"""How are a person's data erased, so that the evidence stays and names nobody?"""

import json
from datetime import date

import pytest
from sqlalchemy import select

from register import audit, erasure, leavers, people, subject_export
from register.completions import Completion
from register.desk import wording
from register.erasure import NotErasable
from register.events import Event
from register.people import Person
from register.subject_data import ACTED, HELD, REMOVED, held
from register.tables import tables
from tests.register.test_certificates import check_of
from tests.register.test_posting_rights import granted
from tests.register.world import CREATING, LYDIATE, World, words

ASKED_ON = date(2026, 11, 20)


def left(world: World, name: str = "Ada Teacher") -> int:
    with world.database.writing() as db:
        person = db.get_one(Person, world.person(name).id)
        leavers.leave(db, world.clock(), None, person, date(2026, 11, 1))
        return person.id


def erase(world: World, person_id: int, *, asked_by: str = "person", asked_on: date = ASKED_ON) -> None:
    with world.database.writing() as db:
        person = db.get_one(Person, person_id)
        erasure.erase(db, world.clock(), None, person, asked_by=asked_by, asked_on=asked_on)


def holding(world: World, words: str) -> list[str]:
    """Return the tables in which there are these words; what courses say is about nobody."""
    with world.database.reading() as db:
        rows = {name: str(db.execute(select(*one.c)).all()) for name, one in tables().items()}
    return [name for name, text in rows.items() if words in text and name != "courses"]


def rows_on(world: World, number: int) -> set[str]:
    """Return the tables that hold something on a person."""
    with world.database.reading() as db:
        return {name for name, rows in held(db, db.get_one(Person, number)).items() if rows}


def test_every_column_that_names_a_person_has_an_answer() -> None:
    """A new table about people has to say what is shown to them and what becomes of it."""
    naming = {
        f"{table.name}.{column.name}"
        for table in tables().values()
        for column in table.c
        if any(one.column.table.name == "people" for one in column.foreign_keys)
    }
    answered = {f"{name}.{holding.by}" for name, holding in HELD.items()} | ACTED
    assert naming == answered - {"people.id"}


def test_every_text_of_a_staff_list_entry_is_emptied_or_no_personal_data() -> None:
    texts = {one.name for one in tables()["people"].c if one.type.python_type is str}
    emptied = HELD["people"].erased
    assert not isinstance(emptied, str)
    assert texts - set(emptied) == {"trust_id", "role"}


def test_nothing_of_a_person_is_left_but_what_they_passed_under_a_number(world: World) -> None:
    ada, _, _ = granted(world)
    assert holding(world, f"ada@{CREATING}") == ["people"]
    number = left(world)
    removed = {name for name, one in HELD.items() if one.erased == REMOVED}
    before = rows_on(world, number)
    assert {"sessions", "sign_in_links", "workplaces", "account_holders"} <= before & removed
    erase(world, number)
    assert rows_on(world, number) == before - removed
    assert holding(world, f"ada@{CREATING}") == []
    with world.database.reading() as db:
        rows = db.scalars(select(Person).where(Person.name == "Ada Teacher")).all()
    assert [one.trust_id for one in rows] == [LYDIATE], "of the same name, but somebody else"
    with world.database.reading() as db:
        assert db.scalars(select(Completion.person_id)).all() == [number]
        assert audit.verify(db).found is None
        event = db.scalars(select(Event).order_by(Event.id.desc())).first()
    assert event is not None
    assert (event.name, event.subjects) == ("person.erased", {"person": number})
    assert event.facts == {"asked_by": "person", "asked_on": "2026-11-20"}
    assert ada.get("/my/").status_code == 303, "nobody is signed in any more"


def test_the_bytes_are_gone_from_the_file_and_from_its_log(sqlite_world: World) -> None:
    address = f"ada@{CREATING}.example.org".encode()
    erase(sqlite_world, left(sqlite_world))
    sqlite_world.database.settle()
    for file in sqlite_world.settings.data.glob("register.sqlite3*"):
        assert address not in file.read_bytes(), file.name


def test_a_certificate_of_somebody_erased_is_unknown(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    world.passes(ada)
    place = check_of(ada)
    erase(world, left(world))
    response = world.browser().get(place)
    assert response.status_code == 404
    assert "Erased" not in words(response)


def test_only_a_leaver_is_erased_and_only_once(world: World) -> None:
    with pytest.raises(NotErasable, match="has not left; record their last day first"):
        erase(world, world.person("Ben Teacher").id)
    number = left(world)
    with pytest.raises(NotErasable, match="22 November 2026 has not come yet"):
        erase(world, number, asked_on=date(2026, 11, 22))
    with pytest.raises(NotErasable, match="nobody called 'perso' can ask"):
        erase(world, number, asked_by="perso")
    assert world.person("Ada Teacher").id == number, "nothing was erased"
    erase(world, number)
    with pytest.raises(NotErasable, match="were erased on 21 November 2026"):
        erase(world, number)


def test_the_address_is_free_again_for_somebody_else(world: World) -> None:
    erase(world, left(world))
    with world.database.writing() as db:
        email = f"ada@{CREATING}.example.org"
        people.add_person(db, world.clock(), trust_id=CREATING, name="Ada New", email=email, role="teacher")


def test_a_person_gets_all_that_is_held_on_them_and_nothing_of_others(world: World) -> None:
    granted(world)
    world.passes(world.signed_in("Ben Teacher"))
    with world.database.writing() as db:
        exported = subject_export.export(db, world.clock(), None, db.get_one(Person, world.person("Ada Teacher").id))
        page, data = subject_export.as_page(db, exported, wording()), json.loads(subject_export.as_json(exported))
    ada = data["held"]["people"][0]
    assert (ada["name"], ada["email"]) == ("Ada Teacher", f"ada@{CREATING}.example.org")
    assert len(data["held"]["attempts"]) == 1
    assert data["held"]["attempts"][0]["answers"], "with every answer"
    assert set(data["held"]) == set(HELD)
    names = {one["name"] for one in data["events"]}
    assert {"person.added", "completion.recorded", "right.granted", "person.exported"} <= names
    text_of_it = str(data) + page
    assert "Ben" not in text_of_it
    assert "Mia" not in text_of_it
    assert "token_hash" not in text_of_it
    for holding in HELD.values():
        assert f"<h2>{holding.heading}</h2>" in page
    assert "<dt>School</dt><dd>Hill School</dd>" in page
    assert "<dt>Person</dt>" not in page, "numbers are for programs"
    assert "<dt>Passed on</dt><dd>21 November 2026</dd>" in page


def test_a_name_with_markup_is_shown_and_not_obeyed(world: World) -> None:
    with world.database.writing() as db:
        person = db.get_one(Person, world.person("Ada Teacher").id)
        person.name = "<script>alert(1)</script>"
        page = subject_export.as_page(db, subject_export.export(db, world.clock(), None, person), wording())
    assert "<script>" not in page
