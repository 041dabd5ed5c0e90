"""Which rows does a downloaded list hold, as a spreadsheet program has saved it?"""

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook

from register.proofs import Line
from register.staff_import.tables import Unreadable, csv_rows, decoded, is_zip


def read(content: bytes) -> tuple[Sequence[str], Sequence[Line]]:
    """Return the names of the columns and the rows below of a CSV file or a workbook; raises Unreadable."""
    lines = _workbook(content) if is_zip(content) else _csv(content)
    if not lines:
        raise Unreadable("The file is empty.")
    return lines[0].cells, lines[1:]


def _csv(content: bytes) -> Sequence[Line]:
    text, _ = decoded(content)
    return [Line(one.number, one.cells) for one in csv_rows(text)]


def _workbook(content: bytes) -> Sequence[Line]:
    try:
        sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
        several = sheet.to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError, IndexError) as error:
        raise Unreadable(f"The workbook cannot be read ({error}).") from error
    lines = [Line(number, tuple(map(_text, cells))) for number, cells in enumerate(several, 1)]
    return [one for one in lines if any(one.cells)]


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
