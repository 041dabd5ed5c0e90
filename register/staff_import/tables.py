"""Which rows does a file hold? CSV as any program writes it, and Excel workbooks; every cell becomes plain text."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

MOST_ROWS = 20_000
MOST_UNPACKED = 100_000_000
SEPARATORS = (",", ";", "\t")
WORKBOOK = "xl/workbook.xml"
_FORMULA = re.compile(rb'<c r="([A-Z]+)([0-9]+)"[^>]*>\s*<f[\s/>]')


class Unreadable(Exception):
    """A file that is no staff list; the message says what it is and what to do."""


@dataclass(frozen=True)
class Row:
    """A row as the spreadsheet program numbers it, from 1; which of its cells are formulas, counted from 0."""

    number: int
    cells: tuple[str, ...]
    formulas: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Table:
    """The names of the columns, the rows below, and what is worth knowing about how they were read."""

    head: Row
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


def is_zip(content: bytes) -> bool:
    """Say whether a file is an archive, as workbooks and OneRoster files are."""
    return content.startswith(b"PK\x03\x04")


def unpacked(content: bytes) -> ZipFile:
    """Return an archive; raises Unreadable for a broken one, and one that would fill the memory."""
    try:
        archive = ZipFile(BytesIO(content))
    except (BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise Unreadable("The file is damaged. Export it again, or save it again from the spreadsheet.") from error
    if sum(one.file_size for one in archive.infolist()) > MOST_UNPACKED:
        raise Unreadable("The file is far larger inside than a staff list. Export the list by itself.")
    return archive


def read_table(content: bytes) -> Table:
    """Return the rows of a CSV file or of the first sheet of a workbook; raises Unreadable."""
    if not content.strip():
        raise Unreadable("The file is empty. Choose the staff list.")
    if content.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf")):
        raise Unreadable("The file is no list. Save the staff list as an Excel workbook (.xlsx) or as CSV.")
    table = _workbook(content) if is_zip(content) else _text(content)
    if len(table.rows) > MOST_ROWS:
        raise Unreadable(
            f"The list has {len(table.rows):,} rows; the register takes {MOST_ROWS:,} at once. Split it by school."
        )
    return table


def decoded(content: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text of a file, and a note where its encoding had to be guessed; raises Unreadable."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text, notes = content.decode("utf-16", errors="replace"), ()
    else:
        try:
            text, notes = content.decode("utf-8-sig"), ()
        except UnicodeDecodeError:
            try:
                text = content.decode("windows-1252")
            except UnicodeDecodeError as error:
                raise Unreadable("The file is no text in a known encoding. Save it again as CSV UTF-8.") from error
            return text, ("The file is not UTF-8; it was read as Windows text. Look at names with accents below.",)
    if "\x00" in text:
        raise Unreadable("The file is no text. Save the staff list as an Excel workbook (.xlsx) or as CSV.")
    return text, notes


def csv_rows(text: str) -> list[Row]:
    """Return the rows of CSV text that hold anything, with commas, semicolons or tabs between; raises Unreadable."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    rows = []
    number = 0
    try:
        for cells in reader:
            number += 1
            if any(cell.strip() for cell in cells):
                rows.append(Row(number, tuple(" ".join(cell.split()) for cell in cells)))
    except csv.Error as error:
        says = (
            f"Row {number + 1} cannot be read as CSV ({error}). Look for a quotation mark too many, and save it again."
        )
        raise Unreadable(says) from error
    return rows


def _text(content: bytes) -> Table:
    text, notes = decoded(content)
    return _below_head(csv_rows(text), notes)


def _workbook(content: bytes) -> Table:
    archive = unpacked(content)
    if WORKBOOK not in archive.namelist():
        raise Unreadable("This archive holds neither a workbook nor OneRoster files. Choose the staff list itself.")
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
        visible = [
            one.name
            for one in workbook.sheets_metadata
            if one.typ == SheetTypeEnum.WorkSheet and one.visible == SheetVisibleEnum.Visible
        ]
        for name in visible:
            several = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=MOST_ROWS + 50_000)
            if any(any(cell != "" for cell in cells) for cells in several):
                break
        else:
            raise Unreadable("The workbook is empty. Choose the one with the staff list.")
    except (CalamineError, OSError, ValueError) as error:
        raise Unreadable(f"The workbook cannot be read ({error}). Save it again as .xlsx.") from error
    formulas = _formulas(archive, name)
    rows = [
        Row(number, tuple(map(_plain, cells)), formulas.get(number, frozenset()))
        for number, cells in enumerate(several, 1)
        if any(_plain(cell) for cell in cells) or number in formulas
    ]
    notes = [f"The workbook has {len(visible)} sheets; only “{name}” was read."] if len(visible) > 1 else []
    return _below_head(rows, tuple(notes))


def _below_head(rows: Sequence[Row], notes: tuple[str, ...]) -> Table:
    if not rows:
        raise Unreadable("The file is empty. Choose the staff list.")
    if any("@" in cell for cell in rows[0].cells):
        raise Unreadable("The first row has to name the columns, such as Name, E-mail, School, Role. Add it on top.")
    if len(rows) == 1:
        raise Unreadable("The list names nobody below its first row.")
    return Table(rows[0], tuple(rows[1:]), notes)


def _plain(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())


def _formulas(archive: ZipFile, sheet: str) -> dict[int, frozenset[int]]:
    """Return which cells of a sheet are formulas, by row: what was read of them is only their last result."""
    found: dict[int, set[int]] = {}
    for letters, number in _cells_with_formulas(archive, sheet):
        found.setdefault(number, set()).add(_place(letters))
    return {number: frozenset(several) for number, several in found.items()}


def _cells_with_formulas(archive: ZipFile, sheet: str) -> Iterator[tuple[str, int]]:
    for found in _FORMULA.finditer(sheet_xml(archive, sheet) or b""):
        yield found[1].decode(), int(found[2])


def sheet_xml(archive: ZipFile, sheet: str) -> bytes | None:
    """Return the file of a workbook that holds a sheet; None if the workbook does not say which it is."""
    try:
        book = ElementTree.fromstring(archive.read(WORKBOOK))
        links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        # Two editions of the standard differ in their namespaces alone.
        ids = {
            one.get("name"): next((value for name, value in one.attrib.items() if name.endswith("}id")), "")
            for one in book.iterfind("{*}sheets/{*}sheet")
        }
        targets = {one.get("Id"): one.get("Target", "") for one in links}
        target = targets[ids[sheet]]
        return archive.read(target.removeprefix("/") if target.startswith("/") else f"xl/{target}")
    except (KeyError, ElementTree.ParseError):
        return None


def _place(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1
