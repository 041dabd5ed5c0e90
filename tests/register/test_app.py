"""Who may do what at which address, and what is said when something is wrong?"""

import re
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from register.app import create_app
from register.courses import CourseUnusable
from register.settings import Settings
from register.site import SiteMissing
from tests.register.world import API, CREATING, LYDIATE, Browser, World, words


@dataclass(frozen=True)
class Expected:
    """The status for each visitor; `of_other` is a manager of the other trust asking for this trust's things."""

    signed_out: int
    staff: int
    manager: int
    of_other: int


OPEN = Expected(200, 200, 200, 200)
MANAGERS = Expected(303, 403, 200, 200)
# A form of a manager: whoever is no manager is stopped before the form is looked at.
MANAGERS_FORM = Expected(303, 403, 303, 404)
# These managers are no trust administrators.
ADMINISTRATORS = Expected(303, 403, 403, 403)
# Other programs have keys of their own; who is signed in makes no difference.
PROGRAMS = Expected(401, 401, 401, 401)
EXPECTED = {
    "GET /api/me": OPEN,
    "GET /api/rights": PROGRAMS,
    "GET /api/rights/check": PROGRAMS,
    "GET /api/accounts": PROGRAMS,
    "POST /api/tickets": Expected(401, 201, 201, 403),
    "POST /api/tickets/check": Expected(401, 404, 404, 404),
    "POST /api/attempts": Expected(401, 404, 404, 404),
    "POST /api/play": Expected(409, 409, 409, 409),
    "POST /api/another": Expected(409, 409, 409, 409),
    "POST /api/consult": OPEN,
    "GET /api/openapi.json": OPEN,
    "GET /healthz": OPEN,
    "GET /readyz": OPEN,
    "GET /sign-in/with/{provider}": Expected(404, 404, 404, 404),
    "GET /sign-in/with/{provider}/back": Expected(404, 404, 404, 404),
    "GET /my/sessions/": Expected(303, 200, 200, 200),
    "POST /my/sessions/{session_id}/end": Expected(303, 404, 404, 404),
    "POST /my/sessions/end-others": Expected(303, 303, 303, 303),
    "GET /sign-in/": OPEN,
    "POST /sign-in/": OPEN,
    "GET /sign-in/{token}": Expected(404, 404, 404, 404),
    "POST /sign-in/{token}": Expected(404, 404, 404, 404),
    "POST /sign-in/{token}/new-link": OPEN,
    "POST /sign-out": Expected(303, 303, 303, 303),
    "GET /sign-in": Expected(303, 303, 303, 303),
    "GET /my": Expected(303, 303, 303, 303),
    "GET /manage": Expected(303, 303, 303, 303),
    "GET /my/": Expected(303, 200, 200, 200),
    "GET /my/certificate/{receipt}/": Expected(303, 404, 404, 404),
    "GET /verify/{code}": Expected(303, 303, 303, 303),
    "GET /verify/{code}/": Expected(404, 404, 404, 404),
    "POST /my/requests": Expected(303, 303, 422, 422),
    "GET /my/requests/{request_id}/": Expected(303, 404, 404, 404),
    "POST /my/requests/{request_id}/": Expected(303, 404, 404, 404),
    "POST /my/accounts/{held_id}/care": Expected(303, 404, 404, 404),
    "GET /manage/": MANAGERS,
    "GET /manage/completions.csv": MANAGERS,
    "GET /manage/completions.xlsx": MANAGERS,
    "GET /manage/completions/": MANAGERS,
    "GET /manage/completions/print/": MANAGERS,
    "GET /manage/recertification/": MANAGERS,
    "POST /manage/recertification/": ADMINISTRATORS,
    "POST /manage/people/{person_id}/completions/{completion_id}/cancel": Expected(303, 403, 404, 404),
    "GET /signing-key/": OPEN,
    "GET /signing-key.pem": OPEN,
    "GET /calendar/{token}/clear-to-post.ics": Expected(404, 404, 404, 404),
    "GET /my/data/": Expected(303, 200, 200, 200),
    "POST /my/data/page": Expected(303, 200, 200, 200),
    "POST /my/data/json": Expected(303, 200, 200, 200),
    "GET /my/calendar/": Expected(303, 200, 200, 200),
    "POST /my/calendar/": Expected(303, 200, 200, 200),
    "POST /my/calendar/end": Expected(303, 303, 303, 303),
    "POST /manage/rights/{right_id}/approvals": MANAGERS_FORM,
    "POST /manage/rights/{right_id}/approve": Expected(303, 403, 409, 404),
    "POST /manage/rights/{right_id}/refuse": MANAGERS_FORM,
    "POST /manage/rights/{right_id}/revoke": Expected(303, 403, 409, 404),
    "GET /manage/accounts/": MANAGERS,
    "POST /manage/accounts/": Expected(303, 403, 422, 422),
    "GET /manage/accounts/{account_id}/": Expected(303, 403, 200, 404),
    "POST /manage/accounts/{account_id}/change": Expected(303, 403, 422, 404),
    "POST /manage/accounts/{account_id}/holders": MANAGERS_FORM,
    "POST /manage/accounts/{account_id}/holders/{person_id}/remove": MANAGERS_FORM,
    "POST /manage/holds": MANAGERS_FORM,
    "POST /manage/holds/{hold_id}/lift": MANAGERS_FORM,
    "POST /manage/people/{person_id}/link": Expected(303, 403, 200, 404),
    "POST /manage/people/{person_id}/link/send": Expected(303, 403, 409, 404),
    "GET /manage/people/{person_id}/sessions/": Expected(303, 403, 200, 404),
    "POST /manage/people/{person_id}/sessions/end": MANAGERS_FORM,
    "POST /manage/people/{person_id}/identities/{identity_id}/remove": Expected(303, 403, 404, 404),
    "GET /manage/links/": MANAGERS,
    "POST /manage/links/": Expected(303, 403, 422, 422),
    "GET /manage/messages/": MANAGERS,
    "POST /manage/messages/again": Expected(303, 403, 303, 303),
    "GET /manage/connections/": ADMINISTRATORS,
    "POST /manage/connections/programs": ADMINISTRATORS,
    "POST /manage/connections/programs/{program_id}/end": ADMINISTRATORS,
    "POST /manage/connections/webhooks": ADMINISTRATORS,
    "POST /manage/connections/webhooks/{webhook_id}/again": ADMINISTRATORS,
    "POST /manage/connections/webhooks/{webhook_id}/end": ADMINISTRATORS,
    "GET /manage/people/": MANAGERS,
    "GET /manage/people/new/": MANAGERS,
    "POST /manage/people/new/": Expected(303, 403, 422, 422),
    "GET /manage/people/{person_id}/": Expected(303, 403, 200, 404),
    "POST /manage/people/{person_id}/change": Expected(303, 403, 422, 404),
    "POST /manage/people/{person_id}/leave": Expected(303, 403, 422, 404),
    "GET /manage/people/{person_id}/handover/": Expected(303, 403, 200, 404),
    "POST /manage/people/{person_id}/handover/{handed_id}": Expected(303, 403, 404, 404),
    "POST /manage/people/{person_id}/rejoin": Expected(303, 403, 409, 404),
    "POST /manage/people/{person_id}/roles": ADMINISTRATORS,
    "POST /manage/people/{person_id}/roles/{appointment_id}/end": ADMINISTRATORS,
    "GET /manage/schools/": MANAGERS,
    "POST /manage/schools/": ADMINISTRATORS,
    "POST /manage/schools/{school_id}/name": ADMINISTRATORS,
    "GET /manage/staff-lists/": MANAGERS,
    "POST /manage/staff-lists/": Expected(303, 403, 422, 422),
    "GET /manage/staff-lists/{staff_list_id}/": Expected(303, 403, 404, 404),
    "POST /manage/staff-lists/{staff_list_id}/mapping": Expected(303, 403, 404, 404),
    "POST /manage/staff-lists/{staff_list_id}/apply": Expected(303, 403, 404, 404),
    "POST /manage/staff-lists/{staff_list_id}/discard": Expected(303, 403, 404, 404),
}
BODIES = {
    "/api/tickets": {"trust": CREATING},
    "/api/tickets/check": {"ticket": "made-up", "course_digest": "x"},
    "/api/attempts": {"ticket": "made-up", "course_digest": "x", "answers": []},
    "/api/play": {"trust": CREATING, "course_digest": "x", "seed": "x", "answers": []},
    "/api/another": {"trust": CREATING, "course_digest": "x", "seed": "x", "answers": [], "tried": []},
    "/api/consult": {"trust": CREATING, "decision": "use-photo", "facts": {}},
}


def routes(app: FastAPI) -> list[str]:
    return sorted(
        f"{method} {one.path}"
        for one in iter_route_contexts(app.routes)
        for method in (one.methods or set()) - {"HEAD"}
    )


def test_every_route_has_an_expectation_for_every_kind_of_visitor(world: World) -> None:
    assert routes(world.app) == sorted(EXPECTED)


@pytest.mark.parametrize("route", EXPECTED)
def test_nobody_gets_further_than_their_scope(world: World, route: str) -> None:
    right = world.requested(world.signed_in("Ben Teacher"))
    world.signed_in("Mia Manager").submit("/manage/holds", reason="Quiet.", account=world.account().id)
    visitors = {
        "signed_out": world.browser(),
        "staff": world.signed_in("Ada Teacher"),
        "of_other": world.signed_in("Mia Manager", LYDIATE),
        "manager": world.signed_in("Mia Manager"),
    }
    found = {name: visit(world, browser, route, right).status_code for name, browser in visitors.items()}
    assert Expected(**found) == EXPECTED[route]


def visit(world: World, browser: Browser, route: str, right: int) -> httpx.Response:
    """Do what a route is for, always with the ids of the first trust."""
    method, _, path = route.partition(" ")
    ids = {
        "right_id": right,
        "account_id": world.account().id,
        "person_id": world.person("Ada Teacher").id,
        "hold_id": 1,
        "appointment_id": 1,
        "school_id": 1,
        "staff_list_id": 1,
        "session_id": 1,
        "identity_id": 1,
        "completion_id": 1,
        "request_id": right,
        "held_id": 1,
        "handed_id": 1,
        "program_id": 1,
        "webhook_id": 1,
        "provider": "made-up",
        "token": "made-up",
        "receipt": "made-up",
        "code": "made-up",
    }
    path = path.format(**ids)
    if method == "GET":
        return browser.get(path)
    if path in BODIES:
        return browser.api(path, BODIES[path])
    fields = {
        "role": "line-manager",
        "reason": "Because.",
        "person": world.person("Ada Teacher").email,
        "account": world.account().id,
        "email": "ada@example.org",
    }
    return browser.submit(path, page="/my/", **fields)


def test_a_manager_sees_nobody_and_nothing_of_another_trust(world: World) -> None:
    world.requested(world.signed_in("Ada Teacher"))
    other = world.signed_in("Mia Manager", LYDIATE)
    assert "0 requests to decide" in other.text("/manage/")
    assert world.course(CREATING)["name"] not in other.text("/manage/")
    listed = other.get("/manage/completions.csv").text
    assert world.course(LYDIATE)["name"] in listed
    assert world.course(CREATING)["name"] not in listed


def test_a_manager_names_nobody_of_another_trust_as_holder(world: World) -> None:
    mia = world.signed_in("Mia Manager")
    path = f"/manage/accounts/{world.account().id}/holders"
    assert mia.submit(path, person=world.person("Ada Teacher", LYDIATE).email).status_code == 422
    assert mia.submit(path, person=10**40).status_code == 422
    assert mia.submit(path, person=world.person("Ada Teacher", CREATING).email).status_code == 303


def test_an_id_no_database_could_hold_is_simply_not_there(world: World) -> None:
    mia = world.signed_in("Mia Manager")
    for wrong in ("0", "-1", "99999999999999999999999", "abc", "1.5"):
        assert mia.submit(f"/manage/rights/{wrong}/approve").status_code == 404


def test_a_character_no_database_takes_finds_nothing_and_breaks_nothing(world: World) -> None:
    mia = world.signed_in("Mia Manager")
    for route in EXPECTED:
        method, _, path = route.partition(" ")
        if method == "GET":
            for wrong in (re.sub(r"{\w+}", "a%00b", path), f"{path}?q=%00&status=%00&school=%00&account=%00&email=%00"):
                assert mia.get(wrong).status_code < 500, wrong
    for field in ("reason", "account", "starts"):
        said = mia.submit("/manage/holds", **{"reason": "Quiet.", field: "a\0b"})
        assert (said.status_code, "We could not read what was sent" in words(said)) == (400, True)


def test_an_unknown_address_of_the_api_answers_as_the_api_does(world: World) -> None:
    response = world.browser().get("/api/nothing")
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "not-found"


def test_a_wrong_method_says_so_in_words(world: World) -> None:
    page = world.browser().send("DELETE", "/my/")
    assert page.status_code == 405
    assert "use the buttons on the page" in words(page)
    assert world.browser().get("/api/tickets").json()["error"]["code"] == "method-not-allowed"


def test_a_missing_slash_leads_to_the_page(world: World) -> None:
    assert world.browser().get("/manage?status=due").headers["location"] == "/manage/?status=due"
    assert world.browser().get("/my").headers["location"] == "/my/"


def test_a_missing_slash_leads_nowhere_else_whatever_host_the_request_names(world: World) -> None:
    for place in ("/my", "/manage", "/sign-in"):
        assert world.browser(Host="evil.example").get(place).headers["location"] == f"{place}/"


@pytest.mark.parametrize("path", ["/api/me", "/my/"])
def test_a_mistake_of_ours_shows_no_traceback_and_keeps_the_headers(
    world: World, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    browser = world.signed_in("Ada Teacher")
    with world.database.writing() as db:
        db.connection().exec_driver_sql("ALTER TABLE completions RENAME TO elsewhere")
    response = browser.get(path)
    assert response.status_code == 500
    assert "Something went wrong on our side" in response.text
    assert "completions" not in response.text
    assert "Content-Security-Policy" in response.headers
    assert re.search(r"no such table: completions|relation .completions. does not exist", caplog.text), "the traceback"


def test_no_page_has_inline_script_or_style(world: World) -> None:
    world.requested(world.signed_in("Ada Teacher"))
    mia = world.signed_in("Mia Manager")
    for response in (mia.get("/manage/"), mia.get("/my/"), world.browser().get("/sign-in/"), mia.get("/manage/x")):
        assert not re.search(r"<script(?! type=\"module\" src=\"/assets/)|<style|\sstyle=|\son[a-z]+=", response.text)


def test_every_field_has_a_label_and_every_id_is_unique(world: World) -> None:
    world.requested(world.signed_in("Ada Teacher"))
    world.requested(world.signed_in("Ben Teacher"))
    mia = world.signed_in("Mia Manager")
    for path in ("/manage/", "/my/", "/sign-in/"):
        text = mia.get(path).text
        ids = re.findall(r'\sid="([^"]+)"', text)
        assert len(ids) == len(set(ids))
        shown = [one for one in re.findall(r"<(?:input|select)[^>]*>", text) if 'type="hidden"' not in one]
        for field in shown:
            name = re.search(r'id="([^"]+)"', field)
            assert name, field
            assert f'<label for="{name[1]}"' in text or f'for="{name[1]}"' in text
        for target in re.findall(r'href="#([^"]+)"', text):
            assert target in ids


def test_without_a_site_the_register_says_in_one_line_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(SiteMissing) as error:
        create_app(Settings(tmp_path / "var", tmp_path / "nowhere"))
    assert str(error.value) == f"There is no built site in {tmp_path / 'nowhere'}: run `clearpost build` first."


def test_a_course_that_was_edited_by_hand_stops_the_start_with_its_file(world: World) -> None:
    file = world.settings.site / "handbook" / CREATING / "course.json"
    file.write_text(file.read_text(encoding="utf-8").replace('"pass_mark":80', '"pass_mark":10'), encoding="utf-8")
    with pytest.raises(CourseUnusable, match=rf"{re.escape(str(file))}: the digest does not fit"):
        create_app(world.settings)


def test_health_is_told_to_anybody(world: World) -> None:
    assert world.browser().get("/healthz").json() == {"ok": True}


def test_a_register_is_ready_only_while_its_database_has_the_right_shape(world: World) -> None:
    assert world.browser().get("/readyz").json() == {"ok": True}
    with world.database.writing() as db:
        db.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    response = world.browser().get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"ok": False, "why": "the database has another shape: run `clearpost migrate`"}
    assert world.browser().get("/healthz").status_code == 200, "the process itself is well"


def test_the_api_can_be_called_only_with_its_header(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    response = ada.post("/api/tickets", json={"trust": CREATING})
    assert (response.status_code, response.json()["error"]["code"]) == (403, "cross-site")
    assert ada.post("/api/tickets", json={"trust": CREATING}, headers=API).status_code == 201


def test_the_description_of_the_api_names_the_one_shape_of_errors(world: World) -> None:
    described = world.browser().get("/api/openapi.json").json()
    for operations in described["paths"].values():
        for operation in operations.values():
            assert "422" not in operation["responses"], "the framework's own shape is never sent"
            for code in ("4XX", "5XX"):
                shape = operation["responses"][code]["content"]["application/json"]["schema"]
                assert shape["$ref"].endswith("/Failure")


def test_of_many_mistakes_a_program_is_told_the_first_few(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    wrong = {"ticket": "x", "course_digest": "x", "answers": [1] * 400}
    says = ada.api("/api/attempts", wrong).json()["error"]["says"]
    assert "answers.2: " in says
    assert "answers.3" not in says
    assert says.endswith("and 397 more).")


def test_what_is_no_json_has_no_field_to_blame(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    response = ada.post("/api/tickets", content=b"{", headers={**API, "Content-Type": "application/json"})
    assert response.json()["error"]["says"] == "We could not read what was sent (JSON decode error)."
