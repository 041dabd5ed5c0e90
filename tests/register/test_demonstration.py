"""Whom can a visitor try the register as?"""

from register.demonstration import make_people, prepare
from register.people import Person
from tests.register.world import CREATING, LYDIATE, NOON, World


def test_every_trust_has_staff_and_a_manager_with_links_that_work(world: World) -> None:
    cast = prepare(world.settings, NOON)
    for trust in (CREATING, LYDIATE):
        roles = {"staff", "approver", "manager", "trust-admin", "auditor"}
        assert {one.access for one in cast if one.trust == trust} == roles
    for one in cast:
        response = world.browser().post(one.path)
        assert response.headers["location"] == ("/my/" if one.access == "staff" else "/manage/")


def test_a_second_start_makes_nobody_twice_but_fresh_links(world: World) -> None:
    with world.database.writing() as db:
        first = make_people(db, NOON)
    people = world.count(Person)
    with world.database.writing() as db:
        second = make_people(db, NOON)
    assert world.count(Person) == people
    assert [one.name for one in first] == [one.name for one in second]
    assert not {one.path for one in first} & {one.path for one in second}


def test_everybody_is_plainly_made_up(world: World) -> None:
    for one in prepare(world.settings, NOON):
        assert one.name.startswith("Demo ")
