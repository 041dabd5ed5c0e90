"""How does a list become an Excel workbook: days that are days, a first row that stays, and filters that are on?"""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from register.refusals import Refused

# As wide as the widest cell, within reason: nobody wants to pull columns apart first.
NARROWEST, WIDEST = 8, 60
SHEET, ABOUT = "List", "About this list"
NO_ROOM = "The list could not be written: the server's disk may be full. Tell whoever runs it, or download CSV instead."


def as_xlsx(
    columns: Sequence[str],
    rows: Sequence[Sequence[str | int | date | None]],
    *,
    hidden: tuple[str, Sequence[str]],
    about: Sequence[tuple[str, str]],
    beside: Path,
) -> bytes:
    """Return a workbook with the rows on its first sheet, and on the second what the list is.

    `hidden` is the name of a last column that is not shown, and its cells. No text is taken for a formula or a link.
    What is written lies in `beside`, the folder of the register's own data, until the last row is: ten thousand rows
    would take 30 MB of memory. Raises Refused where nothing can be written there.
    """
    try:
        with TemporaryDirectory(prefix="list-", dir=beside) as folder:
            return _written(columns, rows, hidden, about, folder)
    except (OSError, XlsxWriterException) as error:
        raise Refused(503, "no-room", NO_ROOM) from error


def _written(
    columns: Sequence[str],
    rows: Sequence[Sequence[str | int | date | None]],
    hidden: tuple[str, Sequence[str]],
    about: Sequence[tuple[str, str]],
    folder: str,
) -> bytes:
    written = BytesIO()
    with xlsxwriter.Workbook(written, {"constant_memory": True, "tmpdir": folder}) as book:
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "d mmm yyyy", "align": "left"})
        sheet = book.add_worksheet(SHEET)
        for place, name in enumerate((*columns, hidden[0])):
            sheet.write_string(0, place, name, bold)
        widths = [len(name) for name in columns]
        for number, (row, proof) in enumerate(zip(rows, hidden[1], strict=True), 1):
            for place, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(number, place, value, day)
                elif isinstance(value, int):
                    sheet.write_number(number, place, value)
                elif value:
                    sheet.write_string(number, place, value)
                    widths[place] = max(widths[place], len(value))
            sheet.write_string(number, len(columns), proof)
        for place, width in enumerate(widths):
            sheet.set_column(place, place, min(max(width, NARROWEST) + 3, WIDEST))
        sheet.set_column(len(columns), len(columns), None, None, {"hidden": True})
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(rows), len(columns))
        second = book.add_worksheet(ABOUT)
        second.set_column(0, 0, 24)
        second.set_column(1, 1, 90)
        for number, (name, value) in enumerate(about):
            second.write_string(number, 0, name, bold)
            second.write_string(number, 1, value)
    return written.getvalue()
