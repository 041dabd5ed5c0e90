"""Which rows does a downloaded list hold, as a spreadsheet program has saved it, and what else is in the file?"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from io import BytesIO
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from register.proofs import Line
from register.staff_import.tables import Unreadable, csv_rows, decoded, is_zip, sheet_xml, unpacked
from register.workbooks import ABOUT


def read(content: bytes) -> tuple[Sequence[str], Sequence[Line]]:
    """Return the names of the columns and the rows below of a CSV file or a workbook; raises Unreadable."""
    lines = _workbook(content) if is_zip(content) else _csv(content)
    if not lines:
        raise Unreadable("The file is empty.")
    return lines[0].cells, lines[1:]


def beside(content: bytes) -> list[str]:
    """Return what else a workbook shows than the rows that were read; nothing proves it. CSV shows nothing else.

    A formula is read by its last result, but whoever opens the workbook sees the next one.
    """
    if not is_zip(content):
        return []
    first, *others = _opened(content).sheets_metadata
    hidden = [f"The sheet {first.name} was hidden."] if first.visible != SheetVisibleEnum.Visible else []
    added = [f"The sheet {one.name} was added: nothing proves what it says." for one in others if one.name != ABOUT]
    formulas = [
        f"Cell {one} was made a formula: nothing proves what it shows." for one in _formulas(content, first.name)
    ]
    return [*hidden, *added, *formulas]


def _csv(content: bytes) -> Sequence[Line]:
    text, _ = decoded(content)
    return [Line(one.number, one.cells) for one in csv_rows(text)]


def _workbook(content: bytes) -> Sequence[Line]:
    try:
        several = _opened(content).get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError, IndexError) as error:
        raise Unreadable(f"The workbook cannot be read ({error}).") from error
    lines = [Line(number, tuple(map(_text, cells))) for number, cells in enumerate(several, 1)]
    return [one for one in lines if any(one.cells)]


def _opened(content: bytes) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(BytesIO(content))
    except (CalamineError, OSError, ValueError) as error:
        raise Unreadable(f"The workbook cannot be read ({error}).") from error


def _formulas(content: bytes, sheet: str) -> Iterator[str]:
    """Yield the names of the cells of a sheet that are formulas."""
    text = sheet_xml(unpacked(content), sheet)
    if text is None:
        raise Unreadable("The workbook cannot be read (its first sheet is not where it says).")
    cell = ""
    try:
        for event, one in ElementTree.iterparse(BytesIO(text), ("start", "end")):
            kind = one.tag.rpartition("}")[2]
            if (event, kind) == ("start", "c"):
                cell = one.get("r", "without a name")
            elif (event, kind) == ("start", "f"):
                yield cell
            elif (event, kind) == ("end", "row"):
                one.clear()
    except ElementTree.ParseError as error:
        raise Unreadable(f"The workbook cannot be read ({error}).") from error


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
