"""What does somebody see, and take with them, who asks what is held on them?"""

import json

from sqlalchemy import select

from register.events import Event
from register.subject_data import HELD
from tests.register.world import CREATING, Browser, World

DATA = "/my/data/"


def exports(world: World) -> list[Event]:
    with world.database.reading() as db:
        return list(db.scalars(select(Event).where(Event.name == "person.exported")))


def taken(browser: Browser, form: str) -> str:
    response = browser.submit(f"/my/data/{form}", page=DATA)
    assert response.status_code == 200, response.text
    assert response.headers["content-disposition"].startswith("attachment; filename=")
    assert response.headers["content-disposition"].endswith({"page": '.html"', "json": '.json"'}[form])
    return response.text


def test_somebody_reads_all_that_is_held_on_them_and_nothing_of_others(world: World) -> None:
    ada, ben = world.signed_in("Ada Teacher"), world.signed_in("Ben Teacher")
    world.passes(ada)
    world.passes(ben)
    says = ada.text(DATA)
    assert f"ada@{CREATING}.example.org" in says
    assert "Training you have passed (1)" in says
    assert "Passed on 21 November 2026" in says
    assert "Ben" not in says
    for holding in HELD.values():
        assert holding.heading in says, "what holds nothing is named too"


def test_looking_leaves_nothing_on_record(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    before = world.count(Event)
    ada.get(DATA)
    assert world.count(Event) == before


def test_somebody_takes_a_page_and_a_file_for_programs_with_them(world: World) -> None:
    ada, ben = world.signed_in("Ada Teacher"), world.signed_in("Ben Teacher")
    world.passes(ada)
    world.passes(ben)
    page, data = taken(ada, "page"), taken(ada, "json")
    assert "What the register holds on Ada Teacher" in page
    assert "<dd>21 November 2026</dd>" in page
    held = json.loads(data)["held"]
    assert [one["name"] for one in held["people"]] == ["Ada Teacher"]
    assert held["attempts"][0]["answers"], "with every answer"
    assert "Ben" not in page + data
    assert "token_hash" not in page + data
    number = world.person("Ada Teacher").id
    assert [(one.actor_id, one.subjects) for one in exports(world)] == [(number, {"person": number})] * 2


def test_only_somebody_signed_in_takes_anything_and_only_with_their_own_form(world: World) -> None:
    nobody, ada = world.browser(), world.signed_in("Ada Teacher")
    assert nobody.get(DATA).headers["location"] == "/sign-in/"
    for form in ("page", "json"):
        assert nobody.post(f"/my/data/{form}", data={"form_token": "made-up"}).headers["location"] == "/sign-in/"
        assert ada.post(f"/my/data/{form}", data={"form_token": "made-up"}).status_code == 403
    assert exports(world) == []


def test_my_training_leads_there(world: World) -> None:
    assert 'href="/my/data/"' in world.signed_in("Ada Teacher").get("/my/").text
