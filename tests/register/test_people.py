"""Who is on the staff list, and how is what is on record about somebody changed?"""

import re
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from quiz.facts import ROLES
from register import people
from register.appointments import Appointment
from register.events import Event
from register.people import KINDS, kind_of
from register.posting_rights import PostingRight
from tests.register.staffed import staffed
from tests.register.test_posting_rights import granted
from tests.register.world import CREATING, World, words


def test_every_role_is_of_a_kind_and_whoever_is_nothing_else_is_staff() -> None:
    assert {kind_of(role) for role in ROLES} == set(KINDS)
    assert kind_of("trustee") == "governor"
    assert kind_of("teacher") == "staff"


def new(**fields: Any) -> dict[str, Any]:
    return {"name": "Zoë New", "email": "zoe@h.org", "role": "governor", "number": "", **fields}


def test_somebody_is_added_changed_and_moved_by_hand(world: World) -> None:
    filled = staffed(world)
    mia = world.signed_in("Mia Manager")
    added = mia.submit("/manage/people/new/", **new(**{f"school-{filled.hill}": "yes"}))
    place = added.headers["location"]
    assert "(Governors and trustees)" in mia.text(place)
    changed = new(name="Zoë Newer", email="ZOE.NEWER@h.org", role="volunteer", **{f"school-{filled.dale}": "yes"})
    assert mia.submit(f"{place}change", **changed).status_code == 303
    page = mia.text(place)
    assert "Zoë Newer" in page
    assert "zoe.newer@h.org" in page
    assert "Where they work Dale School" in page
    with world.database.reading() as db:
        log = [(one.name, one.facts) for one in db.scalars(select(Event).order_by(Event.id))]
    told = {"fields": ["name", "email", "role"], "role_before": "governor", "role": "volunteer"}
    assert log[-2:] == [("person.changed", told), ("person.moved", {"schools": [filled.dale]})]
    assert "zoe" not in str(log).casefold(), "the log names nobody"


def test_somebody_may_work_in_two_schools_and_sees_the_accounts_of_both(world: World) -> None:
    filled = staffed(world)
    tova = world.signed_in("Tova Twoschools")
    ask = {"new": "yes", "platform": "x", "handle": "@dale", "kind": "classroom", "purpose": "News."}
    assert tova.submit("/my/requests", **ask).status_code == 422, "which of the two schools?"
    assert tova.submit("/my/requests", **ask, school=filled.dale).status_code == 303
    assert "X @hill" in tova.text("/my/")
    dan = world.signed_in("Dan Teacher")
    assert "X @dale" in dan.text("/my/")
    assert "X @hill" not in dan.text("/my/")


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"name": ""}, "Enter the person's name"),
        ({"name": "=1+1"}, "A name cannot begin with ="),
        ({"email": "zoe"}, "Enter their work e-mail address"),
        ({"email": f"ADA@{CREATING}.example.org"}, "Somebody in the trust has this address already"),
        ({"role": "king"}, "Choose what the person is."),
        ({"number": "x" * 61}, "Use 60 characters or fewer."),
    ],
)
def test_what_is_wrong_with_a_person_is_told_at_its_field(world: World, fields: dict[str, Any], says: str) -> None:
    response = world.signed_in("Mia Manager").submit("/manage/people/new/", **new(**fields))
    assert response.status_code == 422
    assert says in words(response)
    field = next(iter(fields))
    assert f'id="{field}-error"' in response.text


def test_a_name_with_a_character_that_nobody_can_type_is_refused_and_nobody_is_added(world: World) -> None:
    mia = world.signed_in("Mia Manager")
    response = mia.submit("/manage/people/new/", **new(name="A\x00da"))
    assert response.status_code == 400
    assert "We could not read what was sent" in words(response)
    assert new()["email"] not in mia.text("/manage/people/")


def test_a_manager_of_a_school_adds_people_there_and_nowhere_else(world: World) -> None:
    filled = staffed(world)
    hana = world.signed_in("Hana Hillmanager")
    response = hana.submit("/manage/people/new/", **new(**{f"school-{filled.dale}": "yes"}))
    assert response.status_code == 422
    assert "Choose at least one of your schools." in words(response)
    assert "Dale School" not in response.text
    assert hana.submit("/manage/people/new/", **new(**{f"school-{filled.hill}": "yes"})).status_code == 303


def test_people_are_found_by_any_part_of_their_name_or_address(world: World) -> None:
    mia = world.signed_in("Mia Manager")
    assert "1 person with “TEACH ada”" in mia.text("/manage/people/?q=TEACH+ada")
    assert "2 people" in mia.text("/manage/people/?q=teacher")
    for nobody in ("%25", "_", "x'--"):
        assert "0 people" in mia.text(f"/manage/people/?q={nobody}")
    assert mia.get("/manage/people/?page=0").status_code == 404


def test_a_leaver_is_signed_out_at_once_posts_no_more_and_begins_anew_when_they_return(world: World) -> None:
    ada, mia, right = granted(world)
    person = world.person("Ada Teacher").id
    link = world.link(world.person("Ada Teacher"))
    assert mia.submit(f"/manage/people/{person}/leave", on="2026-11-21").status_code == 303
    assert ada.get("/my/").headers["location"] == "/sign-in/"
    assert world.browser().post(link).status_code in (404, 410)
    page = mia.text("/manage/")
    assert "Ada Teacher left on 21 November 2026" in page
    assert "Ada Teacher" in mia.text("/manage/people/?left=yes")
    assert "Ada Teacher" not in mia.text("/manage/people/")
    assert mia.submit(f"/manage/people/{person}/rejoin").status_code == 303
    with world.database.reading() as db:
        assert db.get_one(PostingRight, right).state == "revoked"
    again = world.signed_in("Ada Teacher")
    assert "Taken back on 21 November 2026: You left on 21 November 2026." in again.text("/my/")
    assert "Accounts I hold" not in again.text("/my/")
    assert "Passed" in mia.text(f"/manage/people/{person}/"), "what was passed stays passed"


def test_a_last_day_to_come_changes_nothing_before_it_and_everything_from_it_on(world: World) -> None:
    ada, mia, _ = granted(world)
    person = world.person("Ada Teacher").id
    mia.submit(f"/manage/people/{person}/leave", on="2026-11-22")
    assert "You may post on X @hill." in ada.text("/my/")
    assert "Ada Teacher leaves on 22 November 2026" in mia.text(f"/manage/people/{person}/")
    world.clock.turn(days=1)
    assert ada.get("/my/").headers["location"] == "/sign-in/"
    assert "not in force today" in mia.text("/manage/")


def test_somebody_who_stays_after_all_keeps_what_they_had(world: World) -> None:
    ada, mia, _ = granted(world)
    person = world.person("Ada Teacher").id
    mia.submit(f"/manage/people/{person}/leave", on="2026-12-31")
    assert mia.submit(f"/manage/people/{person}/rejoin").status_code == 303
    assert "You may post on X @hill." in ada.text("/my/")
    assert mia.submit(f"/manage/people/{person}/rejoin").status_code == 409


def test_a_last_day_has_to_be_a_day_and_nobody_records_their_own(world: World) -> None:
    mia = world.signed_in("Mia Manager")
    person = world.person("Ada Teacher").id
    for wrong in ("", "soon", "2027-02-29", "29/02/2027"):
        assert mia.submit(f"/manage/people/{person}/leave", on=wrong).status_code == 422
    for typed in ("31/08/2027", "2027-08-31"):
        assert mia.submit(f"/manage/people/{person}/leave", on=typed).status_code == 303
        assert world.person("Ada Teacher").left_on == date(2027, 8, 31)
    own = world.person("Mia Manager").id
    assert mia.submit(f"/manage/people/{own}/leave", on="2026-11-21").status_code == 409


def test_roles_are_given_and_ended_by_a_trust_administrator_and_count_at_once(world: World) -> None:
    filled = staffed(world)
    theo, dan = world.signed_in("Theo Administrator"), world.signed_in("Dan Teacher")
    place = f"/manage/people/{filled.person('Dan Teacher').id}/"
    assert dan.get("/manage/").status_code == 403
    role: dict[str, Any] = {"given": "approver", "approval": "headteacher", "of-school": filled.dale}
    assert theo.submit(f"{place}roles", **role).status_code == 303
    assert dan.get("/manage/").status_code == 200
    page = theo.get(place).text
    assert "Approver (Headteacher), Dale School" in page
    ending = re.search(r'action="(/manage/people/\d+/roles/\d+/end)"', page)
    assert ending
    assert theo.submit(ending[1]).status_code == 303
    assert dan.get("/manage/").status_code == 403


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"given": "king"}, "Choose a role."),
        ({"given": "approver"}, "Choose which agreement the approver can give."),
        ({"given": "manager", "of-school": "999999"}, "Choose a school, or the whole trust."),
    ],
)
def test_a_role_that_makes_no_sense_is_not_given(world: World, fields: dict[str, Any], says: str) -> None:
    filled = staffed(world)
    before = world.count(Appointment)
    theo, dan = world.signed_in("Theo Administrator"), filled.person("Dan Teacher").id
    response = theo.submit(f"/manage/people/{dan}/roles", **fields)
    assert response.status_code == 422
    assert says in words(response)
    assert world.count(Appointment) == before


def test_the_last_administrator_of_a_trust_stays_one(world: World) -> None:
    filled = staffed(world)
    theo = world.signed_in("Theo Administrator")
    place = f"/manage/people/{filled.person('Theo Administrator').id}/"
    ending = re.search(r'action="(/manage/people/\d+/roles/\d+/end)"', theo.get(place).text)
    assert ending
    assert theo.submit(ending[1]).status_code == 409
    theo.submit(f"/manage/people/{filled.person('Mia Manager').id}/roles", given="trust-admin")
    assert theo.submit(ending[1]).status_code == 303


def test_a_leaver_has_no_role_when_they_return(world: World) -> None:
    filled = staffed(world)
    theo, hana = world.signed_in("Theo Administrator"), filled.person("Hana Hillmanager").id
    theo.submit(f"/manage/people/{hana}/leave", on="2026-11-20")
    theo.submit(f"/manage/people/{hana}/rejoin")
    assert world.signed_in("Hana Hillmanager").get("/manage/").status_code == 403


def test_schools_are_added_and_renamed_by_a_trust_administrator_under_names_of_their_own(world: World) -> None:
    filled = staffed(world)
    theo = world.signed_in("Theo Administrator")
    assert theo.submit("/manage/schools/", name="Vale School").status_code == 303
    for wrong in ("", " vale  SCHOOL ", "=1+1", "x" * 121):
        assert theo.submit("/manage/schools/", name=wrong).status_code == 422
    assert theo.submit(f"/manage/schools/{filled.hill}/name", name="Dale School").status_code == 422
    assert theo.submit(f"/manage/schools/{filled.hill}/name", name="Hill Academy").status_code == 303
    page = theo.text("/manage/schools/")
    assert "Hill Academy" in page
    assert "Vale School" in page


def test_a_person_can_be_kept_by_no_role_that_does_not_exist(world: World) -> None:
    with (
        pytest.raises(ValueError, match=r"there is no role 'techer' \(did you mean teacher"),
        world.database.writing() as db,
    ):
        people.add_person(db, world.clock(), trust_id=CREATING, name="X", email="x@h.org", role="techer")
