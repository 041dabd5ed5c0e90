"""Which programs may read who may post, with which key and of which school?"""

import pytest
from sqlalchemy import select

from register import appointments, leavers, people, programs, schools
from register.programs import Program
from register.scope import TRUST_ADMIN, Post
from tests.register.test_posting_rights import granted
from tests.register.world import CREATING, LYDIATE, Browser, World

CHECK = f"/api/rights/check?email=ada@{CREATING}.example.org&platform=x&handle=Hill"
ADDRESSES = ("/api/rights", "/api/accounts", CHECK)


def program(world: World, *, trust: str = CREATING, school_id: int | None = None) -> Browser:
    key = programs.new_key()
    with world.database.writing() as db:
        programs.add(db, world.clock(), None, trust_id=trust, school_id=school_id, name="Scheduler", key=key)
    return world.browser(Authorization=f"Bearer {key}")


@pytest.mark.parametrize("address", ADDRESSES)
def test_without_a_key_that_works_nothing_is_read(world: World, address: str) -> None:
    for browser in (
        world.browser(),
        world.browser(Authorization="Bearer ctp_made-up"),
        world.browser(Authorization="Basic x"),
        world.signed_in("Mia Manager"),
    ):
        response = browser.get(address)
        assert response.status_code == 401
        assert response.json()["error"]["code"] == "key-wanted"


def test_a_key_opens_nothing_else(world: World) -> None:
    browser = program(world)
    assert browser.get("/manage/").headers["location"] == "/sign-in/"
    assert browser.get("/api/me").json()["person"] is None


def test_the_answer_is_the_gates_own_at_every_call(world: World) -> None:
    browser = program(world)
    asked = browser.get(CHECK).json()
    assert (asked["may_post"], asked["reasons"]) == (False, ["There is no right on record."])
    _, mia, right = granted(world)
    assert browser.get(CHECK).json()["may_post"] is True
    (account,) = browser.get("/api/accounts").json()["accounts"]
    assert account["may_post"] == [f"ada@{CREATING}.example.org"]
    mia.submit("/manage/holds", reason="A crisis.")
    asked = browser.get(CHECK).json()
    assert asked["may_post"] is False
    assert "A crisis." in asked["reasons"][0]
    assert browser.get("/api/accounts").json()["accounts"][0]["on_hold"] is True
    assert browser.get("/api/rights").json()["rights"][0]["state"] == "held"
    mia.submit("/manage/holds/1/lift")
    world.clock.turn(days=400)
    (one,) = browser.get("/api/rights").json()["rights"]
    assert (one["id"], one["state"], one["may_post"]) == (right, "lapsed", False)


def test_a_leaver_may_not_post_from_that_call_on(world: World) -> None:
    browser = program(world)
    granted(world)
    with world.database.writing() as db:
        ada = db.get_one(people.Person, world.person("Ada Teacher").id)
        leavers.leave(db, world.clock(), None, ada, world.clock().date())
    assert browser.get(CHECK).json()["may_post"] is False
    assert browser.get("/api/accounts").json()["accounts"][0]["may_post"] == []


def test_a_key_reads_its_own_trust_and_school_alone(world: World) -> None:
    granted(world)
    assert program(world, trust=LYDIATE).get("/api/rights").json()["rights"] == []
    with world.database.writing() as db:
        dale = schools.school(db, world.clock(), None, CREATING, "Dale School").id
    elsewhere = program(world, school_id=dale)
    assert elsewhere.get("/api/rights").json()["rights"] == []
    assert elsewhere.get("/api/accounts").json()["accounts"] == []
    assert elsewhere.get(CHECK).json()["may_post"] is False
    assert program(world, school_id=world.account().school_id).get(CHECK).json()["may_post"] is True


def test_an_administrator_makes_a_key_sees_it_once_and_takes_it_back(world: World) -> None:
    theo = administrator(world)
    response = theo.submit("/manage/connections/programs", "/manage/connections/", name="Scheduler")
    assert response.status_code == 200
    key = response.text.partition('class="secret">')[2].partition("<")[0]
    assert key.startswith("ctp_")
    assert key not in theo.get("/manage/connections/").text
    with world.database.reading() as db:
        assert key not in str(db.execute(select(*Program.__table__.c)).all())
    browser = world.browser(Authorization=f"Bearer {key}")
    assert browser.get("/api/rights").status_code == 200
    assert theo.submit("/manage/connections/programs/1/end", "/manage/connections/").status_code == 303
    assert browser.get("/api/rights").status_code == 401


@pytest.mark.parametrize(
    "address", ["http://example.org/", "ftp://x", "", "https://me:secret@example.org/", "https://[", "javascript:x"]
)
def test_an_address_that_would_travel_in_the_open_or_is_none_is_not_added(world: World, address: str) -> None:
    theo = administrator(world)
    response = theo.submit("/manage/connections/webhooks", "/manage/connections/", name="X", address=address)
    assert response.status_code == 422
    assert 'id="webhook-address-error"' in response.text


def test_an_administrator_adds_an_address_and_is_shown_its_secret_once(world: World) -> None:
    theo = administrator(world)
    new = {"name": "Scheduler", "address": "https://example.org/told"}
    response = theo.submit("/manage/connections/webhooks", "/manage/connections/", **new)
    assert "whsec_" in response.text
    page = theo.get("/manage/connections/").text
    assert "https://example.org/told" in page
    assert "whsec_" not in page
    assert theo.submit("/manage/connections/webhooks/1/end", "/manage/connections/").status_code == 303
    assert "https://example.org/told" not in theo.get("/manage/connections/").text


def test_a_manager_makes_no_connections(world: World) -> None:
    assert world.signed_in("Mia Manager").get("/manage/connections/").status_code == 403


def administrator(world: World) -> Browser:
    with world.database.writing() as db:
        ben = db.get_one(people.Person, world.person("Ben Teacher").id)
        appointments.appoint(db, world.clock(), None, ben, Post(TRUST_ADMIN))
    return world.signed_in("Ben Teacher")
