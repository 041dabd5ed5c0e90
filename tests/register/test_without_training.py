"""A trust that has answered nothing yet: its people sign in and see why nobody can be cleared, and nothing crashes."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from quiz.courses import digest
from register.attempts import Attempt
from register.database import Database, migrate
from register.settings import Settings
from register.tickets import Ticket
from tests.register.world import CREATING, World, add_cast, make_world


@pytest.fixture
def bare(tmp_path: Path, courses: dict[str, str]) -> Iterator[World]:
    """The world of one trust whose course has no positions and no questions."""
    data = json.loads(courses[CREATING])
    data = {**data, "positions": {}, "provisions": {}, "scenarios": {}, "advice": None}
    open_courses = {CREATING: json.dumps({**data, "digest": digest(data)})}
    settings = Settings(tmp_path / "peopled", Path("nowhere"))
    migrate(settings)
    database = Database.at(settings)
    with database.writing() as db:
        add_cast(db, open_courses)
    database.engine.dispose()
    world = make_world(tmp_path, open_courses, settings.data / "register.sqlite3")
    yield world
    world.database.engine.dispose()


def test_staff_read_that_there_is_no_training(bare: World) -> None:
    page = bare.signed_in("Ada Teacher").text("/my/")
    assert "Your trust has no training yet. Until it has one, nobody there can be cleared to post." in page
    assert "Take the training" not in page


def test_no_ticket_is_issued(bare: World) -> None:
    answer = bare.signed_in("Ada Teacher").api("/api/tickets", {"trust": CREATING})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "no-training")
    assert bare.count(Ticket) == 0


def test_nothing_counts_as_a_finished_attempt(bare: World) -> None:
    asked = {"trust": CREATING, "course_digest": bare.course()["digest"]}
    answer = bare.browser().api("/api/play", {**asked, "seed": "any", "answers": []})
    assert answer.json()["result"] is None
    assert bare.count(Attempt) == 0


def test_a_request_is_taken_and_says_what_is_missing_and_cannot_be_granted(bare: World) -> None:
    right = bare.requested(bare.signed_in("Ada Teacher"))
    page = bare.signed_in("Ada Teacher").text("/my/")
    assert "You may not post yet." in page
    assert "Nobody has worked out yet what the trust's policy says about who may post." in page
    assert "The trust has no training yet" in page
    manager = bare.signed_in("Mia Manager")
    assert "There is no training at this trust yet" in manager.text("/manage/")
    assert manager.submit(f"/manage/rights/{right}/approve").status_code == 409
    assert "Nobody has the right to post yet." in manager.text("/manage/")


def test_may_i_says_that_it_is_not_answered_yet(bare: World) -> None:
    answer = bare.browser().api("/api/consult", {"trust": CREATING, "decision": "use-photo", "facts": {}})
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not-yet-answered")
