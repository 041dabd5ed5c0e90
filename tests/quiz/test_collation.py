"""The completion list: who has finished, who is missing, which of several receipts counts."""

import csv
import json
from io import StringIO
from typing import Any

from quiz import engine
from quiz.collation import COLUMNS, Collation, collate
from quiz.staff_lists import read

TODAY = "2026-11-21"
STAFF = "Name,E-mail,School\nAda Lee,ada@x.example,Hill\nBen Ode,ben@x.example,Dale\nBen Ode,ode@x.example,Hill\n"


def graded(name: str, *, on: str = "2026-11-20", until: str = "2027-11-20", score: int = 90, reason: str = "") -> Any:
    return {
        "counted": not reason,
        "reason": reason,
        "name": name,
        "trust": "Lydiate Learning Trust",
        "score": score,
        "finished_on": on,
        "expires_on": until,
        "receipt": "abc",
    }


def rows(found: Collation) -> list[tuple[str, str, str, str]]:
    return [(row.staff, row.status, row.remark, row.file) for row in found.rows]


def test_without_a_staff_list_everybody_who_sent_a_receipt_is_listed() -> None:
    found = collate([("b.json", graded("Ben")), ("a.json", graded("Ada"))], None, TODAY)
    assert rows(found) == [("Ada", "Passed", "", "a.json"), ("Ben", "Passed", "", "b.json")]


def test_who_sent_nothing_is_missing_and_stands_above_those_who_passed() -> None:
    found = collate([("a.json", graded("ada  LEE"))], read(STAFF.replace("Ben Ode,ode", "Cy,ode")), TODAY)
    assert rows(found) == [
        ("Ben Ode", "Missing", "No receipt.", ""),
        ("Cy", "Missing", "No receipt.", ""),
        ("Ada Lee", "Passed", "", "a.json"),
    ]
    assert found.rows[2].school == "Hill"
    assert found.counts == {"Not counted": 0, "Missing": 2, "Expired": 0, "Passed": 1, "Duplicate": 0}


def test_a_receipt_that_does_not_count_has_its_reason_and_the_person_is_still_missing() -> None:
    found = collate([("a.json", graded("Ada Lee", reason="It was changed."))], read(STAFF), TODAY)
    assert rows(found)[:2] == [
        ("Ada Lee", "Not counted", "It was changed.", "a.json"),
        ("Ada Lee", "Missing", "Sent, but not counted: a.json.", ""),
    ]


def test_of_several_receipts_the_one_that_lasts_longest_counts_then_the_better_one() -> None:
    several = [
        ("last-year.json", graded("Ada", on="2025-11-30", until="2026-11-30", score=100)),
        ("new.json", graded("ADA", score=80)),
        ("better.json", graded("Ada ", score=95)),
    ]
    for order in (several, several[::-1]):
        found = collate(order, None, TODAY)
        assert [(row.status, row.file) for row in found.rows] == [
            ("Passed", "better.json"),
            ("Duplicate", "last-year.json"),
            ("Duplicate", "new.json"),
        ]
        assert {row.remark for row in found.rows[1:]} == {"Another receipt counts: better.json."}


def test_name_and_address_of_one_person_are_one_person() -> None:
    found = collate([("1", graded("Ada Lee")), ("2", graded("ada@x.example"))], read(STAFF), TODAY)
    assert [row.status for row in found.rows] == ["Missing", "Missing", "Passed", "Duplicate"]


def test_a_name_that_two_people_share_is_neithers() -> None:
    found = collate([("b.json", graded("Ben Ode"))], read(STAFF), TODAY)
    assert [row.status for row in found.rows] == ["Missing", "Missing", "Missing", "Passed"]
    assert found.rows[-1].remark.startswith("2 people on the staff list have this name.")
    found = collate([("b.json", graded("ode@x.example"))], read(STAFF), TODAY)
    assert [row.school for row in found.rows if row.status == "Passed"] == ["Hill"]


def test_somebody_who_is_not_on_the_list_is_told_with_the_nearest_who_is_missing() -> None:
    found = collate([("1", graded("Ada Lea")), ("2", graded("Xu Qi"))], read(STAFF), TODAY)
    remarks = {row.staff: row.remark for row in found.rows if row.status == "Passed"}
    assert remarks == {"Ada Lea": "Not on the staff list. Is it Ada Lee?", "Xu Qi": "Not on the staff list."}


def test_an_expired_training_is_not_one_passed() -> None:
    last_day, day_after = graded("Ada", until=TODAY), graded("Ben", until="2026-11-20")
    found = collate([("1", last_day), ("2", day_after)], None, TODAY)
    assert [(row.staff, row.status) for row in found.rows] == [("Ben", "Expired"), ("Ada", "Passed")]


def test_a_date_that_is_still_to_come_does_not_count() -> None:
    (row,) = collate([("1", graded("Ada", on="2026-11-22", until="2027-11-22"))], None, TODAY).rows
    assert row.status == "Not counted"
    assert "still to come: 2026-11-22" in row.remark


def test_the_download_has_every_line_and_runs_no_formula() -> None:
    found = collate([("=x.json", graded('=HYPERLINK("x")')), ("2", graded("Zoë"))], read(STAFF), TODAY)
    text = found.csv()
    assert text.startswith("\ufeff")
    lines = list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline="")))
    assert list(lines[0]) == list(COLUMNS)
    assert len(lines) == len(found.rows) == 5
    assert {line["staff"] for line in lines} == {'\'=HYPERLINK("x")', "Zoë", "Ada Lee", "Ben Ode"}
    assert lines[-1] == {
        "staff": "Zoë",
        "school": "",
        "trust": "Lydiate Learning Trust",
        "status": "Passed",
        "score": "90",
        "date": "2026-11-20",
        "expiry": "2027-11-20",
        "remark": "Not on the staff list.",
        "file": "2",
    }


def test_the_browsers_door_gives_the_same_list() -> None:
    several = [("a.json", graded("Ada Lee"))]
    said = json.loads(engine.collate(json.dumps(several), STAFF, TODAY))
    found = collate(several, read(STAFF), TODAY)
    assert said["columns"] == list(COLUMNS)
    assert [tuple(row) for row in said["rows"]] == [row.cells() for row in found.rows]
    assert dict(said["counts"]) == found.counts
    assert said["csv"] == found.csv()
    assert json.loads(engine.collate("[]", "\n", TODAY))["problems"] == ["The staff list is empty."]
