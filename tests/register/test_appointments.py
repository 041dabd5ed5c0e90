"""Which roles have people been given here, by whom, and for which school?"""

import sqlite3
from pathlib import Path

import pytest

from register import appointments, schools
from register.appointments import Appointment
from register.database import Database, migrate
from register.people import Person
from register.scope import APPROVER, MANAGER, Post
from register.settings import Settings
from tests.register.test_certificates import upgrade_to
from tests.register.world import NOON, World


def test_a_role_given_twice_is_one_role_and_one_ended_can_be_given_again(world: World) -> None:
    with world.database.writing() as db:
        ada = db.get_one(Person, world.person("Ada Teacher").id)
        first = appointments.appoint(db, NOON, None, ada, Post(MANAGER))
        assert appointments.appoint(db, NOON, None, ada, Post(MANAGER)) is first
        appointments.end(db, NOON, None, first)
        assert appointments.powers(db, ada).posts == ()
        assert appointments.appoint(db, NOON, None, ada, Post(MANAGER)) is not first
        assert appointments.powers(db, ada).posts == (Post(MANAGER),)


@pytest.mark.parametrize(
    ("post", "says"),
    [
        (Post("manger"), r"there is no role 'manger' \(did you mean manager"),
        (Post(APPROVER), "an approver, and nobody else"),
        (Post(MANAGER, approval="headteacher"), "an approver, and nobody else"),
        (Post(APPROVER, approval="pope"), "there is no approval 'pope'"),
    ],
)
def test_a_role_that_does_not_exist_is_not_given(world: World, post: Post, says: str) -> None:
    before = world.count(Appointment)
    with world.database.writing() as db:
        ada = db.get_one(Person, world.person("Ada Teacher").id)
        with pytest.raises(ValueError, match=says):
            appointments.appoint(db, NOON, None, ada, post)
    assert world.count(Appointment) == before


def test_managers_and_schools_on_record_before_there_were_roles_are_kept(tmp_path: Path) -> None:
    settings = Settings(tmp_path, tmp_path)
    upgrade_to(settings, "0002")
    old = sqlite3.connect(tmp_path / "register.sqlite3")
    old.executescript("""
        INSERT INTO trusts VALUES ('hill', 'Hill');
        INSERT INTO schools (id, trust_id, name) VALUES (7, 'hill', 'Hill School');
        INSERT INTO people (id, trust_id, school_id, name, first_name, email, role, access) VALUES
            (1, 'hill', 7, 'Ada', 'Ada', 'ada@hill.example.org', 'teacher', 'staff'),
            (2, 'hill', NULL, 'Mia', 'Mia', 'mia@hill.example.org', 'trust-officer', 'manager');
        INSERT INTO sessions (id, person_id, token_hash, started_at, expires_at)
            VALUES (1, 1, 'x', '2026-11-21 12:00:00', '2026-12-21 12:00:00');
    """)
    old.commit()
    old.close()
    migrate(settings)
    database = Database.at(settings)
    with database.reading() as db:
        ada, mia = db.get_one(Person, 1), db.get_one(Person, 2)
        assert [one.name for one in schools.of_person(db, ada.id)] == ["Hill School"]
        assert schools.of_person(db, mia.id) == []
        assert appointments.powers(db, ada).posts == ()
        assert appointments.powers(db, mia).posts == (Post(MANAGER),)
    database.engine.dispose()
