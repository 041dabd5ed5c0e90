"""Which rows does a file hold?"""

from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter

from register.staff_import.tables import MOST_ROWS, MOST_UNPACKED, Unreadable, read_table

HEAD = "Name,E-mail,School"


def workbook(*rows: tuple[Any, ...], sheets: tuple[str, ...] = ("Staff",), password_like: bool = False) -> bytes:
    """Return a workbook with the rows on its last sheet; a text that begins with = is a formula without a result."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for name in sheets:
            sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(number, place, cell, day)
                elif isinstance(cell, tuple):
                    sheet.write_formula(number, place, cell[0], None, cell[1])
                else:
                    sheet.write(number, place, cell)
    return file.getvalue()


def cells(content: bytes) -> list[tuple[int, tuple[str, ...]]]:
    table = read_table(content)
    return [(row.number, row.cells) for row in table.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252", "utf-16"])
def test_a_name_with_accents_is_read_in_every_encoding_a_spreadsheet_writes(encoding: str) -> None:
    text = f"{HEAD}\nZoë Müller,zoe@hill.org,Hill\n"
    assert cells(text.encode(encoding)) == [(2, ("Zoë Müller", "zoe@hill.org", "Hill"))]


def test_what_is_not_utf_8_is_read_as_windows_text_and_says_so() -> None:
    table = read_table(f"{HEAD}\nZoë,z@h.org,Hill\n".encode("windows-1252"))
    assert "Windows" in table.notes[0]
    assert read_table(f"{HEAD}\nZoë,z@h.org,Hill\n".encode()).notes == ()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_commas_semicolons_and_tabs_part_the_cells(separator: str) -> None:
    text = separator.join(("Name", "E-mail", "School")) + "\n" + separator.join(('"Hill, Ada"', "a@h.org", "Hill"))
    assert cells(text.encode()) == [(2, ("Hill, Ada", "a@h.org", "Hill"))]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_blank_rows_are_left_out_and_the_others_keep_their_numbers(end: str) -> None:
    text = end.join((HEAD, "", "Ada,a@h.org,Hill", " , ,", "Ben,b@h.org,Hill"))
    assert [number for number, _ in cells(text.encode())] == [3, 5]


def test_a_workbook_is_read_with_its_dates_and_numbers_as_plain_text() -> None:
    content = workbook(("Name", "Last day", "Number"), ("Ada", date(2027, 8, 31), 7), (), ("Ben", "", 8.5))
    assert cells(content) == [(2, ("Ada", "2027-08-31", "7")), (4, ("Ben", "", "8.5"))]


def test_formulas_are_read_by_their_last_result_and_marked() -> None:
    content = workbook(("Name", "E-mail"), (("=A1&B1", "Ada Hill"), "a@h.org"), (("=#REF!", "#REF!"), "b@h.org"))
    table = read_table(content)
    assert [(row.cells[0], row.formulas) for row in table.rows] == [
        ("Ada Hill", frozenset({0})),
        ("", frozenset({0})),
    ]


def test_of_a_workbook_the_first_sheet_that_holds_something_is_read() -> None:
    content = workbook(("Name", "E-mail"), ("Ada", "a@h.org"), sheets=("Empty", "Staff"))
    assert cells(content) == [(2, ("Ada", "a@h.org"))]
    assert "only “Staff” was read" in read_table(content).notes[0]


def bomb() -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (MOST_UNPACKED + 1))
    return file.getvalue()


def archive(name: str) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as made:
        made.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "The file is empty"),
        (b" \n \n", "The file is empty"),
        (b"\xef\xbb\xbf\n", "The file is empty"),
        (b"Name,E-mail\n", "names nobody below its first row"),
        (b"Ada,a@h.org\nBen,b@h.org\n", "The first row has to name the columns"),
        (b"%PDF-1.7 x", "The file is no list"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "The file is no list"),
        (b"Name,E-mail\nA\x00da,a@h.org\n", "The file is no text"),
        (b"Name,E-mail\n\x81\x8d,a@h.org\n", "known encoding"),
        (b'Name,E-mail\n"Ada"x,a@h.org\n', "Row 2 cannot be read as CSV"),
        (b'Name,E-mail\n"Ada,a@h.org\n', "cannot be read as CSV"),
        (b"PK\x03\x04 broken", "The file is damaged"),
        (archive("photo.jpg"), "neither a workbook nor OneRoster"),
        (archive("xl/workbook.xml"), "The workbook cannot be read"),
        (workbook(), "The workbook is empty"),
        (bomb(), "far larger inside"),
    ],
)
def test_what_is_no_staff_list_is_refused_with_what_it_is_and_what_to_do(content: bytes, says: str) -> None:
    with pytest.raises(Unreadable) as error:
        read_table(content)
    assert says in str(error.value)


def test_fifty_thousand_rows_are_too_many_at_once() -> None:
    rows = "".join(f"P {n},p{n}@h.org,Hill\n" for n in range(50_000))
    with pytest.raises(Unreadable, match=rf"The list has 50,000 rows; the register takes {MOST_ROWS:,} at once"):
        read_table(f"{HEAD}\n{rows}".encode())
