"""Who has passed, until when, and where may they post? The list a manager sees, filters and downloads."""

import csv
import re
from datetime import date
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import httpx
import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import event

from quiz.spreadsheets import harmless
from register import people, schools
from register.completion_list import COLUMNS
from register.people import add_person
from tests.register.test_posting_rights import granted
from tests.register.world import CREATING, NOON, Browser, World, add_somebody, words


def parsed(response: httpx.Response) -> list[dict[str, str]]:
    """Return the rows without their proof, which test_proofs.py looks at."""
    text = response.content.decode("utf-8")
    assert text.startswith("\ufeff"), "Excel takes it for UTF-8 only with this mark"
    rows = list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline="")))
    return [{name: cell for name, cell in row.items() if not name.startswith("proof ")} for row in rows]


def sheet(response: httpx.Response) -> list[list[Any]]:
    """Return the first sheet of a workbook."""
    return CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python()


def shown(browser: Browser, query: str = "") -> list[str]:
    """Return whose lines the page shows, in their order."""
    return re.findall(r'<th scope="row"><a href="/manage/people/\d+/">([^<]+)</a>', page_of(browser, query))


def page_of(browser: Browser, query: str = "") -> str:
    response = browser.get(f"/manage/completions/{query}")
    assert response.status_code == 200
    return response.text


def test_the_download_has_exactly_these_columns_and_iso_days(world: World) -> None:
    _, mia, _ = granted(world)
    response = mia.get("/manage/completions.csv")
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.headers["content-disposition"] == f'attachment; filename="completions-{CREATING}-2026-11-21.csv"'
    rows = parsed(response)
    assert list(rows[0]) == ["staff", "school", "trust", "status", "score", "date", "expiry", "posting rights"]
    by_name = {row["staff"]: row for row in rows}
    assert by_name["Ada Teacher"] == {
        "staff": "Ada Teacher",
        "school": "Hill School",
        "trust": "Creating Tomorrow Academies Trust",
        "status": "Passed",
        "score": "100",
        "date": "2026-11-21",
        "expiry": "2027-11-21",
        "posting rights": "X @hill",
    }
    ben = by_name["Ben Teacher"]
    assert (ben["status"], ben["score"], ben["posting rights"]) == ("Not started", "", "")


def test_a_right_that_is_not_in_force_is_not_listed(world: World) -> None:
    _, mia, _ = granted(world)
    mia.submit("/manage/holds", reason="A crisis.")
    rows = parsed(mia.get("/manage/completions.csv"))
    assert {row["posting rights"] for row in rows} == {""}


@pytest.mark.parametrize(
    "name",
    ["=1+1", "+44", "-2", "@SUM(A1)", "\t=1", "\r=1", "\uff1d1+1", " =1", "\xa0=1", "\u202e=1", "\ufeff=1"],
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


def test_what_no_database_takes_is_no_formula_either() -> None:
    assert harmless("\x00@S") == "'\x00@S"


def test_plain_words_stay_as_they_are() -> None:
    assert harmless("Ada-Lee = fine") == "Ada-Lee = fine"


def test_the_filter_shows_and_downloads_the_same_people(world: World) -> None:
    world.passes(world.signed_in("Ada Teacher"))
    ben = world.signed_in("Ben Teacher")
    ben.api("/api/attempts", world.filled(ben, right=False))
    mia = world.signed_in("Mia Manager")
    for status, names in {
        "everyone": ["Ben Teacher", "Mia Manager", "Ada Teacher"],
        "due": ["Ben Teacher", "Mia Manager"],
        "missing": ["Ben Teacher", "Mia Manager"],
        "passed": ["Ada Teacher"],
        "not-passed": ["Ben Teacher"],
        "not-started": ["Mia Manager"],
        "overdue": [],
        "expiring": [],
        "made-up": ["Ben Teacher", "Mia Manager", "Ada Teacher"],
    }.items():
        query = f"?status={status}"
        assert shown(mia, query) == names
        assert [row["staff"] for row in parsed(mia.get(f"/manage/completions.csv{query}"))] == names
        assert [row[0] for row in sheet(mia.get(f"/manage/completions.xlsx{query}"))[1:]] == names
        assert shown(mia, f"print/{query}") == names


def test_missing_overdue_and_expiring_come_first_and_then_everyone(world: World) -> None:
    with world.database.writing() as db:
        add_somebody(db, CREATING, "Zed Expiring")
        add_somebody(db, CREATING, "Abe Passed")
    for name, days in (("Ada Teacher", 0), ("Zed Expiring", 20), ("Abe Passed", 200)):
        world.clock.turn(days=days)
        world.passes(world.signed_in(name))
    world.clock.turn(days=150)
    mia = world.signed_in("Mia Manager")
    assert shown(mia) == ["Ben Teacher", "Mia Manager", "Ada Teacher", "Zed Expiring", "Abe Passed"]
    assert shown(mia, "?sort=name") == ["Abe Passed", "Ada Teacher", "Ben Teacher", "Mia Manager", "Zed Expiring"]
    assert shown(mia, "?sort=expiry&status=everyone")[2:] == ["Ada Teacher", "Zed Expiring", "Abe Passed"]
    said = words(mia.get("/manage/completions/"))
    assert "2 missing 1 overdue 1 expiring within 30 days" in said


def test_the_list_is_filtered_by_school_role_and_account(world: World) -> None:
    _, mia, _ = granted(world)
    with world.database.writing() as db:
        dale = schools.school(db, NOON, None, CREATING, "Dale School").id
        hill = schools.school(db, NOON, None, CREATING, "Hill School").id
        dan = add_somebody(db, CREATING, "Dan Teacher", [dale])
        add_somebody(db, CREATING, "Tova Twoschools", [dale, hill])
        people.change(db, NOON, None, dan, name=dan.name, first_name="Dan", email=dan.email, role="headteacher")
    account = world.account().id
    assert shown(mia, f"?school={dale}") == ["Dan Teacher", "Tova Twoschools"]
    assert shown(mia, f"?school={hill}") == ["Ben Teacher", "Tova Twoschools", "Ada Teacher"]
    assert shown(mia, "?school=0") == ["Mia Manager"]
    assert shown(mia, "?role=headteacher") == ["Dan Teacher"]
    assert shown(mia, f"?school={hill}&role=headteacher") == []
    assert "Ada Teacher" in shown(mia, f"?account={account}")
    assert "Tova Twoschools" not in shown(mia, f"?account={account}")
    said = words(mia.get(f"/manage/completions/?school={dale}&status=missing"))
    assert "Creating Tomorrow Academies Trust · Dale School · missing: never passed" in said
    assert len(shown(mia, "?school=99999&account=99999&role=wizard&page=x")) == 5


def test_a_page_shows_fifty_lines_and_a_download_all(world: World) -> None:
    with world.database.writing() as db:
        for number in range(60):
            add_somebody(db, CREATING, f"N{number:02} Teacher")
    mia = world.signed_in("Mia Manager")
    assert len(shown(mia)) == 50
    second = re.search(r'href="(/manage/completions/\?page=2)">Later lines', page_of(mia))
    assert second
    assert len(shown(mia, second[1].removeprefix("/manage/completions/"))) == 13
    assert len(shown(mia, "?page=99")) == 13
    assert len(parsed(mia.get("/manage/completions.csv"))) == 63
    assert len(shown(mia, "print/")) == 63
    assert "51 to 63 are shown" in words(mia.get("/manage/completions/?page=2"))


def test_as_many_questions_are_asked_of_the_database_for_many_people_as_for_one(world: World) -> None:
    mia = world.signed_in("Mia Manager")
    asked: list[str] = []
    event.listen(world.database.engine, "before_cursor_execute", lambda _c, _r, sql, *_: asked.append(sql))

    def selects() -> int:
        asked.clear()
        mia.get("/manage/completions/")
        return sum(sql.startswith("SELECT") for sql in asked)

    before = selects()
    with world.database.writing() as db:
        for number in range(40):
            add_somebody(db, CREATING, f"N{number:02} Teacher")
    assert selects() == before


def test_what_needs_doing_is_counted_on_top(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    world.passes(ada)
    world.requested(ada)
    page = world.signed_in("Mia Manager").text("/manage/")
    assert "1 request to decide" in page
    assert "2 missing" in page
    assert "0 expire within 30 days" in page
    world.clock.turn(days=335)
    page = world.signed_in("Mia Manager").text("/manage/")
    assert "1 expires within 30 days" in page


def test_an_address_from_when_the_list_stood_on_the_managers_page_leads_to_it(world: World) -> None:
    response = world.signed_in("Mia Manager").get("/manage/?status=due")
    assert (response.status_code, response.headers["location"]) == (303, "/manage/completions/?status=due")


def test_a_workbook_has_days_that_are_days_a_head_that_stays_and_filters(world: World) -> None:
    _, mia, _ = granted(world)
    response = mia.get("/manage/completions.xlsx")
    assert response.headers["content-disposition"] == f'attachment; filename="completions-{CREATING}-2026-11-21.xlsx"'
    rows = sheet(response)
    assert rows[0][:8] == list(COLUMNS)
    ada = next(row for row in rows if row[0] == "Ada Teacher")
    assert ada[3:7] == ["Passed", 100, date(2026, 11, 21), date(2027, 11, 21)]
    with ZipFile(BytesIO(response.content)) as book:
        first = book.read("xl/worksheets/sheet1.xml").decode()
    assert 'ySplit="1"' in first
    assert 'state="frozen"' in first
    assert f'<autoFilter ref="A1:I{len(rows)}"/>' in first
    assert re.search(r'<col min="9" max="9"[^>]* hidden="1"', first)
    assert "<f>" not in first


def test_no_name_becomes_a_formula_in_a_workbook(world: World) -> None:
    with world.database.writing() as db:
        for number, name in enumerate(("=1+1", "@SUM(A1)", "{=1}", "http://example.org/x")):
            add_person(db, NOON, trust_id=CREATING, name=name, first_name="X", email=f"{number}@e.org", role="teacher")
    response = world.signed_in("Mia Manager").get("/manage/completions.xlsx")
    names = [row[0] for row in sheet(response)]
    assert {"'=1+1", "'@SUM(A1)", "{=1}", "http://example.org/x"} <= set(names)
    with ZipFile(BytesIO(response.content)) as book:
        first = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in first
    assert "<hyperlink" not in first


def test_leavers_are_not_on_the_list(world: World) -> None:
    with world.database.writing() as db:
        ada = db.get_one(people.Person, world.person("Ada Teacher").id)
        people.leave(db, NOON, None, ada, NOON.date())
    rows = parsed(world.signed_in("Mia Manager").get("/manage/completions.csv"))
    assert [row["staff"] for row in rows] == ["Ben Teacher", "Mia Manager"]


def test_signs_that_nobody_sees_are_no_reason_to_change_a_name() -> None:
    assert harmless("\u200fזהבה") == "\u200fזהבה"
    assert harmless(" ") == " "
