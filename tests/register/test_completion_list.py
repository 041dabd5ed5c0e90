"""Who has passed, until when, and where may they post? The list a manager sees, filters and downloads."""

import csv
from io import StringIO

import httpx
import pytest

from quiz.spreadsheets import harmless
from register import people
from register.people import add_person
from tests.register.test_posting_rights import granted
from tests.register.world import CREATING, NOON, World


def parsed(response: httpx.Response) -> list[dict[str, str]]:
    text = response.content.decode("utf-8")
    assert text.startswith("\ufeff"), "Excel takes it for UTF-8 only with this mark"
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline="")))


def test_the_download_has_exactly_these_columns_and_iso_days(world: World) -> None:
    _, mia, _ = granted(world)
    response = mia.get("/manage/completions.csv")
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.headers["content-disposition"] == f'attachment; filename="completions-{CREATING}-2026-11-21.csv"'
    rows = parsed(response)
    assert list(rows[0]) == ["staff", "school", "trust", "status", "score", "date", "expiry", "posting rights"]
    assert rows[0] == {
        "staff": "Ada Teacher",
        "school": "Hill School",
        "trust": "Creating Tomorrow Academies Trust",
        "status": "Passed",
        "score": "100",
        "date": "2026-11-21",
        "expiry": "2027-11-21",
        "posting rights": "X @hill",
    }
    assert (rows[1]["staff"], rows[1]["status"], rows[1]["posting rights"]) == ("Ben Teacher", "Not started", "")


def test_a_right_that_is_not_in_force_is_not_listed(world: World) -> None:
    _, mia, _ = granted(world)
    mia.submit("/manage/holds", reason="A crisis.")
    assert parsed(mia.get("/manage/completions.csv"))[0]["posting rights"] == ""


@pytest.mark.parametrize(
    "name",
    ["=1+1", "+44", "-2", "@SUM(A1)", "\t=1", "\r=1", "\uff1d1+1", " =1", "\xa0=1", "\u202e=1", "\x00@S", "\ufeff=1"],
)
def test_no_name_becomes_a_formula(world: World, name: str) -> None:
    with world.database.writing() as db:
        add_person(
            db,
            NOON,
            trust_id=CREATING,
            name=name,
            first_name="X",
            email="x@example.org",
            role="teacher",
        )
    rows = parsed(world.signed_in("Mia Manager").get("/manage/completions.csv"))
    assert f"'{name}" in [row["staff"] for row in rows]


def test_quotes_commas_and_line_breaks_in_a_name_survive(world: World) -> None:
    name = 'O"Neil, "Zoë"; 林\nJr'
    with world.database.writing() as db:
        add_person(db, NOON, trust_id=CREATING, name=name, email="x@example.org", role="teacher")
    rows = parsed(world.signed_in("Mia Manager").get("/manage/completions.csv"))
    assert name in [row["staff"] for row in rows]


def test_plain_words_stay_as_they_are() -> None:
    assert harmless("Ada-Lee = fine") == "Ada-Lee = fine"


def test_the_filter_shows_and_downloads_the_same_people(world: World) -> None:
    world.passes(world.signed_in("Ada Teacher"))
    ben = world.signed_in("Ben Teacher")
    ben.api("/api/attempts", world.filled(ben, right=False))
    mia = world.signed_in("Mia Manager")
    for status, names in {
        "everyone": ["Ada Teacher", "Ben Teacher", "Mia Manager"],
        "due": ["Ben Teacher", "Mia Manager"],
        "passed": ["Ada Teacher"],
        "not-passed": ["Ben Teacher"],
        "not-started": ["Mia Manager"],
        "expiring": [],
        "made-up": ["Ada Teacher", "Ben Teacher", "Mia Manager"],
    }.items():
        shown = mia.get(f"/manage/?status={status}").text.split('id="list"')[1]
        assert [name for name in ("Ada Teacher", "Ben Teacher", "Mia Manager") if f">{name}</a></th>" in shown] == names
        assert [row["staff"] for row in parsed(mia.get(f"/manage/completions.csv?status={status}"))] == names


def test_what_needs_doing_is_counted_on_top(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    world.passes(ada)
    world.requested(ada)
    page = world.signed_in("Mia Manager").text("/manage/")
    assert "1 request to decide" in page
    assert "2 not passed" in page
    assert "0 expire within 30 days" in page
    world.clock.turn(days=335)
    page = world.signed_in("Mia Manager").text("/manage/")
    assert "1 expires within 30 days" in page


def test_leavers_are_not_on_the_list(world: World) -> None:
    with world.database.writing() as db:
        ada = db.get_one(people.Person, world.person("Ada Teacher").id)
        people.leave(db, NOON, None, ada, NOON.date())
    rows = parsed(world.signed_in("Mia Manager").get("/manage/completions.csv"))
    assert [row["staff"] for row in rows] == ["Ben Teacher", "Mia Manager"]


def test_signs_that_nobody_sees_are_no_reason_to_change_a_name() -> None:
    assert harmless("\u200fזהבה") == "\u200fזהבה"
    assert harmless(" ") == " "
