"""How does a list become a CSV file that Excel opens rightly and that runs no formula?"""

import csv
from collections.abc import Iterable, Sequence

# What a spreadsheet takes for the beginning of a formula; the wide forms are what Japanese input methods type.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001
BOM = "\ufeff"


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return the rows under the names of their columns, every cell harmless; a mark says that it is UTF-8."""
    return encoded(columns, ([harmless(cell) for cell in row] for row in rows)).decode()


def encoded(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows whose cells are harmless already as a CSV file, encoded line by line: it may be long."""
    written = _Written()
    writer = csv.writer(written)
    writer.writerow(columns)
    writer.writerows(rows)
    return bytes(written.content)


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe goes before what begins like one.

    What nobody sees does not count as a beginning: some programs drop it.
    """
    if cell[:1].isalnum():
        return cell
    seen = next((n for n, letter in enumerate(cell) if letter.isprintable() and not letter.isspace()), len(cell))
    return f"'{cell}" if cell.startswith(FORMULA) or cell.startswith(FORMULA, seen) else cell


class _Written:
    """What the writer has written so far, as it stands in the file."""

    def __init__(self) -> None:
        self.content = bytearray(BOM.encode())

    def write(self, line: str) -> None:
        """Take one line."""
        self.content += line.encode()
