"""What does the register write into its log? Enough to find a mistake, and nothing about anybody."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from register import logs, people
from tests.register.test_limits import come_from
from tests.register.world import CREATING, World

ADA = f"ada@{CREATING}.example.org"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    stream = io.StringIO()
    logs.configure(stream, "info")
    yield stream
    root.handlers[:], root.level = before


def lines(written: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_each_request_is_one_line_that_names_the_kind_of_address(world: World, written: io.StringIO) -> None:
    link = world.link(world.person("Ada Teacher"))
    world.browser().post(link)
    world.browser().get(f"{link}?email={ADA}")
    world.browser().get("/nothing-here")
    found = [{name: one[name] for name in ("method", "route", "status")} for one in lines(written)]
    assert found == [
        {"method": "POST", "route": "/sign-in/{token}", "status": 303},
        {"method": "GET", "route": "/sign-in/{token}", "status": 410},
        {"method": "GET", "route": "(site)", "status": 404},
    ]
    assert all(one["ms"] > 0 and one["from"] == "register.requests" and one["at"] for one in lines(written))


def test_neither_links_nor_sessions_nor_people_nor_places_are_in_the_log(
    world: World, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    come_from(monkeypatch, "192.0.2.77")
    link = world.link(world.person("Ada Teacher"))
    browser = world.browser()
    browser.get(link)
    browser.post(link)
    browser.get("/my/")
    browser.post("/sign-in/", data={"email": ADA})
    world.passes(browser)
    text = written.getvalue()
    assert len(lines(written)) == 6
    for secret in (link.rpartition("/")[2], browser.cookies["clearpost"], ADA, "Ada", "192.0.2.77"):
        assert secret not in text


def test_a_mistake_of_ours_is_found_by_its_place_and_tells_nothing_else(
    world: World, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(*given: object) -> None:
        raise KeyError(ADA)

    link = world.link(world.person("Ada Teacher"))
    monkeypatch.setattr("register.links.use_up", wrong)
    assert world.browser().post(link).status_code == 500
    (failed,) = [one for one in lines(written) if one["level"] == "error"]
    assert failed["says"] == "POST /sign-in/{token} failed"
    assert failed["error"][0]["kind"] == "KeyError"
    assert any("pages/sign_in.py" in one for one in failed["error"][0]["at"])
    assert ADA not in written.getvalue()
    assert link.rpartition("/")[2] not in written.getvalue()


def test_an_error_of_the_database_says_what_is_wrong_and_not_with_whom(world: World, written: io.StringIO) -> None:
    def add() -> None:
        with world.database.writing() as db:
            people.add_person(db, world.clock(), trust_id=CREATING, name="Ada Teacher", email=ADA, role="teacher")

    with pytest.raises(IntegrityError) as error:
        add()
    logging.getLogger("register").error("it failed", exc_info=error.value)
    (failed,) = lines(written)
    assert failed["error"][0]["kind"] == "IntegrityError"
    assert "email" in failed["error"][0]["says"] or "uq_people_trust_id_email" in failed["error"][0]["says"]
    assert ADA not in written.getvalue()
