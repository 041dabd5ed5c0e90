"""How long does each trust keep personal data, and what has to go today?"""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from register import audit, leavers, retention, staff_lists
from register.completions import Completion
from register.events import Event
from register.links import Link
from register.people import Person
from register.retention import Disposal
from register.sessions import SignIn
from register.staff_lists import StaffList
from tests.register.world import CREATING, LYDIATE, World


def leave(world: World, name: str, on: date, trust: str = CREATING) -> None:
    with world.database.writing() as db:
        leavers.leave(db, world.clock(), None, db.get_one(Person, world.person(name, trust).id), on)


def decide(world: World, trust: str = CREATING, **rule: int | None) -> None:
    with world.database.writing() as db:
        said = {"leavers_months": None, "sign_ins_days": None} | rule
        retention.set_rule(db, world.clock(), None, trust, **said)


def run(world: World) -> list[Disposal]:
    """Return what was disposed of; that nothing was is left out."""
    with world.database.writing() as db:
        return [one for one in retention.run(db, world.clock()) if one.people or one.sign_ins or one.staff_lists]


def is_kept(world: World, staff_list_id: int) -> bool:
    with world.database.reading() as db:
        return db.get_one(StaffList, staff_list_id).content is not None


def test_without_a_rule_nothing_is_disposed_of(world: World) -> None:
    leave(world, "Ada Teacher", date(2016, 11, 21))
    assert run(world) == []
    assert world.person("Ada Teacher").erased_at is None


def test_a_leaver_is_erased_on_the_day_the_trusts_rule_says_and_not_a_day_before(world: World) -> None:
    ada = world.person("Ada Teacher").id
    world.passes(world.signed_in("Ada Teacher"))
    leave(world, "Ada Teacher", date(2026, 11, 21))
    decide(world, leavers_months=24)
    world.clock.turn(days=730)
    assert run(world) == []
    world.clock.turn(days=1)
    assert run(world) == [Disposal(CREATING, 1, 0, 0)]
    assert run(world) == [], "there is nothing left to dispose of"
    with world.database.reading() as db:
        assert db.get_one(Person, ada).name == "Erased person"
        assert db.scalars(select(Completion.person_id)).all() == [ada], "what was passed stays"
        disposed = db.scalars(select(Event).where(Event.name == "data.disposed")).one()
        erased = db.scalars(select(Event).where(Event.name == "person.erased")).one()
        assert audit.verify(db).found is None
    assert (disposed.subjects, disposed.facts) == ({"trust": CREATING}, {"people": 1, "sign_ins": 0, "staff_lists": 0})
    assert erased.facts == {"asked_by": "retention", "asked_on": "2028-11-21"}


def test_one_trusts_rule_touches_nobody_of_another(world: World) -> None:
    for trust in (CREATING, LYDIATE):
        leave(world, "Ada Teacher", date(2020, 1, 1), trust)
    decide(world, LYDIATE, leavers_months=0)
    run(world)
    assert world.person("Ada Teacher", CREATING).name == "Ada Teacher"
    with world.database.reading() as db:
        assert db.scalars(select(Person.trust_id).where(Person.erased_at.is_not(None))).all() == [LYDIATE]


def test_traces_of_signing_in_go_when_they_have_ended_long_enough(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    world.signed_in("Ben Teacher")
    ada.submit("/sign-out")
    decide(world, sign_ins_days=10)
    world.clock.turn(days=9)
    assert run(world) == []
    world.clock.turn(days=1)
    assert run(world)[0].sign_ins == 3, "a session that was ended, and two links that were used"
    assert (world.count(SignIn), world.count(Link)) == (1, 0)
    with world.database.reading() as db:
        assert audit.verify(db).found is None


def test_a_staff_list_nobody_came_back_for_is_emptied_rule_or_none(world: World) -> None:
    with world.database.writing() as db:
        kept = staff_lists.keep(
            db, world.clock(), world.person("Mia Manager").id, CREATING, file_name="x.csv", content=b"Ada", whole=False
        ).id
    world.clock.now += staff_lists.KEPT_FOR - timedelta(seconds=1)
    assert run(world) == []
    assert is_kept(world, kept)
    world.clock.turn(seconds=1)
    assert run(world) == [Disposal(CREATING, 0, 0, 1)]
    assert not is_kept(world, kept)
    with world.database.reading() as db:
        disposed = db.scalars(select(Event).where(Event.name == "data.disposed")).one()
    assert disposed.facts == {"people": 0, "sign_ins": 0, "staff_lists": 1}


def test_a_link_that_can_still_be_used_stays(world: World) -> None:
    decide(world, sign_ins_days=0)
    path = world.link(world.person("Ada Teacher"))
    run(world)
    assert world.browser().post(path).status_code == 303


def test_a_rule_is_on_record_and_cannot_be_less_than_nothing(world: World) -> None:
    decide(world, leavers_months=24, sign_ins_days=90)
    with world.database.reading() as db:
        event = db.scalars(select(Event).where(Event.name == "retention.changed")).one()
    assert event.facts == {"leavers_months": 24, "sign_ins_days": 90}
    with pytest.raises(ValueError, match="0 or more"):
        decide(world, leavers_months=-1)
