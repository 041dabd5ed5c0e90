"""Does the rule of every address let the right visitors through? The addresses come from the application itself."""

import re
from collections.abc import Iterator

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from register.app import create_app
from register.completions import Completion
from register.events import Event
from register.posting_rights import PostingRight
from register.rules import RULES
from register.scope import WHO, Action
from tests.register.staffed import Staffed, staffed
from tests.register.world import CREATING, LYDIATE, Browser, World, words

# Both trusts have people of the same names, so from outside only the addresses tell whose they are. That somebody of
# Dale School works at Hill School too is no secret there.
OF_HILL = {CREATING: ("Ada Teacher", "Ben Teacher", "@hill"), LYDIATE: (f"@{CREATING}.example.org",)}


def routes(app: FastAPI) -> set[str]:
    contexts = list(iter_route_contexts(app.routes))
    return {f"{method} {one.path}" for one in contexts for method in (one.methods or set()) - {"HEAD"}}


GUARDED = sorted(route for route, rule in RULES.items() if rule.action not in (Action.OPEN, Action.OWN, Action.READ))
SEES_ONLY = [route for route in GUARDED if route.startswith("GET")]


@pytest.fixture
def filled(world: World) -> Staffed:
    return staffed(world)


def test_every_address_of_the_application_has_a_rule_and_every_rule_an_address(world: World) -> None:
    assert routes(world.app) == set(RULES)


def test_an_address_without_a_rule_is_open_to_nobody(world: World, caplog: pytest.LogCaptureFixture) -> None:
    def secret() -> dict[str, str]:
        return {"name": "Ada Teacher"}

    app = create_app(world.settings, world.clock)
    app.add_api_route("/manage/secret", secret)
    for browser in (Browser(app), world.signed_in("Mia Manager")):
        response = Browser(app, headers={"Cookie": "; ".join(f"{k}={v}" for k, v in browser.cookies.items())}).get(
            "/manage/secret"
        )
        assert response.status_code == 500
        assert "Ada" not in response.text
    assert "GET /manage/secret has no rule in register/rules.py" in caplog.text


def test_every_address_that_manages_is_guarded() -> None:
    for route, rule in RULES.items():
        if "/manage/" in route:
            assert rule.action in WHO, route
        if "_id}" in route and "/manage/" in route:
            assert rule.over is not None, f"{route} has to say over whom"


@pytest.mark.parametrize("route", GUARDED)
def test_whoever_has_no_role_or_is_not_signed_in_gets_nothing(filled: Staffed, route: str) -> None:
    before = filled.world.count(Event)
    assert visit(filled, filled.world.browser(), route).headers["location"] == "/sign-in/"
    assert filled.world.count(Event) == before
    staff = filled.world.signed_in("Dan Teacher")
    before = filled.world.count(Event)
    assert visit(filled, staff, route).status_code == 403
    assert filled.world.count(Event) == before


@pytest.mark.parametrize(
    ("name", "trust"),
    [
        ("Theo Administrator", LYDIATE),
        ("Mia Manager", LYDIATE),
        ("Dora Dalemanager", CREATING),
        ("Ulla Daleauditor", CREATING),
    ],
)
def test_nobody_sees_or_changes_anything_of_another_trust_or_school(filled: Staffed, name: str, trust: str) -> None:
    browser = filled.world.signed_in(name, trust)
    before = state(filled.world)
    for route in GUARDED:
        response = visit(filled, browser, route)
        if RULES[route].over not in (None, "trust"):
            assert response.status_code in (403, 404), route
        assert not [one for one in OF_HILL[trust] if one in response.text], route
    assert state(filled.world) == before


@pytest.mark.parametrize("name", ["Una Auditor", "Petra Approver"])
def test_who_only_looks_or_only_agrees_changes_nothing_else(filled: Staffed, name: str) -> None:
    browser = filled.world.signed_in(name)
    before = filled.world.count(Event)
    for route in GUARDED:
        if route.startswith("POST") and not (name == "Petra Approver" and route.endswith("/approvals")):
            assert visit(filled, browser, route).status_code == 403, route
    assert filled.world.count(Event) == before
    page = browser.get("/manage/").text
    assert "Ben Teacher" in page
    assert 'action="/manage/holds' not in page.replace('action="/manage/holds/1/lift"', "")
    assert "Lift this hold" not in page
    assert "/approve" not in page.replace("/approvals", "")
    assert ("/approvals" in page) == (name == "Petra Approver")


def test_a_trust_administrator_reaches_every_address(filled: Staffed) -> None:
    for route in GUARDED:
        browser = filled.world.signed_in("Theo Administrator")
        assert visit(filled, browser, route).status_code != 403, route


def test_an_auditor_of_the_trust_sees_every_list_of_it(filled: Staffed) -> None:
    browser = filled.world.signed_in("Una Auditor")
    for route in SEES_ONLY:
        if RULES[route].action in (Action.SEE_PEOPLE, Action.SEE_REQUESTS):
            assert visit(filled, browser, route).status_code == 200, route


def test_a_manager_of_a_school_sees_its_people_and_those_who_also_work_elsewhere(filled: Staffed) -> None:
    hana = filled.world.signed_in("Hana Hillmanager")
    for page in (
        hana.text("/manage/completions/"),
        hana.text("/manage/people/"),
        hana.get("/manage/completions.csv").text,
    ):
        assert "Ada Teacher" in page
        assert "Tova Twoschools" in page
        assert "Dan Teacher" not in page
        assert "Una Auditor" not in page
    assert "Hill School" in hana.text("/manage/schools/")
    assert "Dale School" not in hana.text("/manage/schools/")


def test_whoever_also_works_elsewhere_is_seen_but_not_changed_nor_signed_in_from_one_school(filled: Staffed) -> None:
    hana, tova = filled.world.signed_in("Hana Hillmanager"), filled.person("Tova Twoschools").id
    assert hana.get(f"/manage/people/{tova}/").status_code == 200
    for path in (f"/manage/people/{tova}/leave", f"/manage/people/{tova}/link"):
        response = hana.submit(path, on="2026-11-21")
        assert response.status_code == 403
        assert "This is beyond your scope" in words(response)


def test_a_manager_of_a_school_makes_no_sign_in_link_for_an_administrator_who_works_there(filled: Staffed) -> None:
    hana, theo = filled.world.signed_in("Hana Hillmanager"), filled.person("Theo Administrator").id
    assert hana.submit(f"/manage/people/{theo}/link").status_code == 403
    assert f'action="/manage/people/{theo}/link"' not in hana.get(f"/manage/people/{theo}/").text
    mia = filled.world.signed_in("Mia Manager")
    assert mia.submit(f"/manage/people/{theo}/link").status_code == 403
    assert filled.world.signed_in("Theo Administrator").submit(f"/manage/people/{theo}/link").status_code == 200


def test_a_manager_of_a_school_holds_and_decides_there_and_not_for_the_trust(filled: Staffed) -> None:
    hana = filled.world.signed_in("Hana Hillmanager")
    assert hana.submit("/manage/holds", reason="All.").status_code == 422
    assert hana.submit("/manage/holds", reason="Ours.", account=filled.ids["account_id"]).status_code == 303
    right = filled.ids["right_id"]
    assert hana.submit(f"/manage/rights/{right}/refuse", reason="No.").status_code == 303
    dora = filled.world.signed_in("Dora Dalemanager")
    assert dora.submit("/manage/holds", reason="Theirs.", account=filled.ids["account_id"]).status_code == 404


def test_an_approver_agrees_as_what_they_are_and_as_nothing_else(filled: Staffed) -> None:
    petra, right = filled.world.signed_in("Petra Approver"), filled.ids["right_id"]
    assert petra.submit(f"/manage/rights/{right}/approvals", role="headteacher").status_code == 403
    assert petra.submit(f"/manage/rights/{right}/approvals", role="line-manager").status_code == 303
    assert "recorded by Petra Approver" in petra.text("/manage/")


def state(world: World) -> list[int]:
    """Return how much there is of what a visitor might have changed; what they did to their own trust counts apart."""
    with world.database.reading() as db:
        foreign = [one for one in db.query(Event) if one.subjects.get("trust", CREATING) == CREATING]
        return [
            len([one for one in foreign if "session" not in one.name and one.subjects.get("school") is None]),
            world.count(PostingRight),
            world.count(Completion),
        ]


def visit(filled: Staffed, browser: Browser, route: str) -> httpx.Response:
    """Do what a route is for, always with the ids of Hill School and of its people."""
    method, _, path = route.partition(" ")
    path = path.format(**filled.ids)
    if method == "GET":
        return browser.get(path)
    return browser.submit(path, page="/my/", **dict(given(filled)))


def given(filled: Staffed) -> Iterator[tuple[str, object]]:
    yield from {"role": "teacher", "reason": "Because.", "name": "Zoë New", "email": "zoe@example.org"}.items()
    yield from {"person": filled.ids["person_id"], "account": filled.ids["account_id"], "on": "2026-11-21"}.items()
    yield from {"given": "auditor", "school": filled.hill, f"school-{filled.hill}": "yes", "plan": "x"}.items()


def test_the_rules_and_the_pages_speak_of_the_same_ids(filled: Staffed) -> None:
    for route in RULES:
        for name in re.findall(r"{(\w+)}", route):
            assert name in filled.ids, f"{route}: say in tests/register/staffed.py what {name} is"
