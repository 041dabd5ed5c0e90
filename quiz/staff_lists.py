"""Who ought to have taken the training? A staff list as a spreadsheet program saves it, read with patience.

Its first line names the columns. One of them is the name (or first name and surname) or the e-mail address; a school is
taken along. Commas, semicolons or tabs stand between the cells.
"""

import csv
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

NAMES = ("name", "full name", "staff", "staff name", "staff member", "employee", "display name")
FIRST_NAMES = ("first name", "forename", "given name", "givenname", "first")
SURNAMES = ("surname", "last name", "family name", "familyname", "last")
EMAILS = ("e-mail", "email", "e-mail address", "email address", "mail", "work email")
SCHOOLS = ("school", "site", "academy")
SEPARATORS = (",", ";", "\t")


@dataclass(frozen=True)
class Member:
    """A line of the staff list; `line` counts from 1, the names of the columns included."""

    name: str
    email: str
    school: str
    line: int

    @property
    def shown(self) -> str:
        """What to call the person: the name, or where the list has none the e-mail address."""
        return self.name or self.email


@dataclass(frozen=True)
class StaffList:
    """The people of a staff list, and what is wrong with it, a sentence for each problem."""

    members: tuple[Member, ...]
    problems: tuple[str, ...] = ()

    def called(self, given: str) -> list[Member]:
        """Return the people with this name or e-mail address, however it is written."""
        wanted = alike(given)
        return [one for one in self.members if wanted in (alike(one.name), alike(one.email))]


def alike(name: str) -> str:
    """Return a name as it is compared: capitals, spaces and how accents are stored do not matter."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def read(text: str) -> StaffList:
    """Return the people in the text of a CSV file; what cannot be read is a problem, and the rest still counts."""
    text = text.removeprefix("\ufeff")
    if text.startswith("PK\x03\x04"):
        return StaffList((), ("This is an Excel workbook. Save it as CSV in Excel, and give that file.",))
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    separator = max(SEPARATORS, key=next((line for line in lines if line.strip()), "").count)
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=separator)
    try:
        table = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        return StaffList((), (f"The staff list cannot be read as CSV ({error}). Save it as CSV again.",))
    if not table:
        return StaffList((), ("The staff list is empty.",))
    (_, head), *below = table
    columns = [alike(cell) for cell in head]
    places = {kind: _place(columns, known) for kind, known in _KNOWN.items()}
    if all(places[kind] is None for kind in ("name", "first", "last", "email")):
        has = ", ".join(cell.strip() for cell in head if cell.strip())
        says = f"Name a column of the staff list “Name” or “E-mail” in its first line. It names: {has[:200]}."
        return StaffList((), (says,))
    return _people([_line(line, row, places) for line, row in below], len(columns))


_KNOWN = {"name": NAMES, "first": FIRST_NAMES, "last": SURNAMES, "email": EMAILS, "school": SCHOOLS}


def _place(columns: Sequence[str], known: Sequence[str]) -> int | None:
    return next((place for place, column in enumerate(columns) if column in known), None)


@dataclass(frozen=True)
class _Line:
    """A line that is not empty: how many cells it fills, and those of the known columns."""

    number: int
    filled: int
    cells: Mapping[str, str]


def _line(number: int, row: Sequence[str], places: Mapping[str, int | None]) -> _Line:
    cells = {
        kind: " ".join(row[place].split()) if place is not None and place < len(row) else ""
        for kind, place in places.items()
    }
    return _Line(number, max(place + 1 for place, cell in enumerate(row) if cell.strip()), cells)


def _people(lines: Sequence[_Line], columns: int) -> StaffList:
    members: dict[tuple[str, str], Member] = {}
    problems = []
    for one in lines:
        line, email = one.number, one.cells["email"]
        name = one.cells["name"] or " ".join(filter(None, (one.cells["first"], one.cells["last"])))
        if one.filled > columns:
            problems.append(f"Line {line} has more cells than the first line names. It is left out.")
        elif not name and not email:
            problems.append(f"Line {line} has neither a name nor an e-mail address. It is left out.")
        elif (alike(name), alike(email)) in members:
            earlier = members[alike(name), alike(email)]
            problems.append(f"Line {line} is {earlier.shown} again, as in line {earlier.line}. It counts once.")
        else:
            members[alike(name), alike(email)] = Member(name, email, one.cells["school"], line)
    if not members and not problems:
        problems.append("The staff list names nobody below its first line.")
    return StaffList(tuple(members.values()), tuple(problems))
