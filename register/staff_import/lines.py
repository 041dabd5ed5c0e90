"""Who is on the list, and what is wrong with it, row by row? What is wrong in one row never hides the next."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from register.people import folded, is_address
from register.staff_import import titles
from register.staff_import.columns import EMAIL, FIRST, LAST, LEAVING, NAME, NUMBER, ROLE, SCHOOL, SECOND, twice
from register.staff_import.tables import Row, Table

LONGEST = 200
_FORMULA = ("=", "+", "-", "@")
_ERRORS = ("#REF!", "#NAME?", "#VALUE!", "#N/A", "#DIV/0!", "#NULL!", "#NUM!")
_WORDS = {SCHOOL: "school", SECOND: "second school", ROLE: "role", NUMBER: "staff number"}
_DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y", "%d-%b-%y", "%d-%b-%Y")


@dataclass(frozen=True)
class Problem:
    """What is wrong in a row, or without one in the whole list, and what to do."""

    says: str
    row: int | None = None


@dataclass(frozen=True)
class Line:
    """A person as the list has them; `schools` is None where the list says nothing of schools."""

    row: int
    name: str
    first_name: str
    email: str
    role: str
    schools: tuple[str, ...] | None = None
    number: str | None = None
    left_on: date | None = None


@dataclass(frozen=True)
class Lines:
    """The people, the titles nobody has explained with how many bear them, what is wrong and what is worth knowing."""

    people: tuple[Line, ...]
    problems: tuple[Problem, ...] = ()
    unknown_titles: Mapping[str, int] | None = None
    notes: tuple[str, ...] = ()


def understood(
    table: Table, columns: Mapping[str, int], said_titles: Mapping[str, str], everyone_is: str | None
) -> Lines:
    """Return the people of a table; `columns` are places by field, `everyone_is` a role that counts for all of them."""
    found: list[Line] = []
    problems: list[Problem] = []
    unknown: dict[str, int] = {}
    formulas = 0
    if ROLE not in columns and not everyone_is:
        problems.append(Problem("No column says what people's roles are. Choose one below, or say what everyone is."))
    for row in table.rows:
        given = {field: _cell(row, place) for field, place in columns.items()}
        wrong = list(_wrong(row, given, columns))
        formulas += len(row.formulas & set(columns.values()))
        title = given.get(ROLE, "")
        role = everyone_is or titles.role_of(title, said_titles)
        if role is None and title and not wrong:
            unknown[titles.folded(title)] = unknown.get(titles.folded(title), 0) + 1
        elif role is None and ROLE in columns and not title:
            wrong.append("there is no role. Write what the person is, such as teacher or governor")
        problems.extend(Problem(f"{says}.", row.number) for says in wrong)
        if not wrong and (role or title):
            found.append(_line(row, given, columns, role or ""))
    notes = [
        f"Two columns are called “{name}”; the first was read. If it is the other, give them different names."
        for name in twice(table.head.cells, columns)
    ]
    notes += [f"{formulas} cells are formulas; their last result was read."] if formulas else []
    merged, again, repeated = _merged(found)
    return Lines(tuple(merged), (*problems, *again), unknown, (*table.notes, *notes, *repeated))


def mangled(text: str) -> str | None:
    """Return what a text was before it was read in a wrong encoding (JosÃ©: José), None if it looks well."""
    try:
        mended = text.encode("windows-1252").decode("utf-8")
    except UnicodeError:
        return None
    return mended if mended != text else None


def day(text: str) -> date | None:
    """Return the day a cell means, the British way round; None if it is none."""
    for form in _DATES:
        try:
            return datetime.strptime(text.split("T")[0], form).date()
        except ValueError:
            continue
    return None


def _cell(row: Row, place: int) -> str:
    return row.cells[place] if place < len(row.cells) else ""


def _wrong(row: Row, given: Mapping[str, str], columns: Mapping[str, int]) -> Iterator[str]:
    name, email = _name(given), given.get(EMAIL, "").removeprefix("mailto:")
    if not name:
        yield "there is no name. Write it in, or take the row out"
    yield from _wrong_words("name", name)
    if not email:
        yield f"{name or 'somebody'} has no e-mail address. Write it in, or take the row out"
    elif email.startswith(_FORMULA):
        yield f"the e-mail address begins with {email[0]}, like a formula. Write the address itself"
    elif not is_address(email):
        yield f"“{email[:60]}” is no e-mail address. It has to look like name@school.org"
    for field, what in _WORDS.items():
        yield from _wrong_words(what, given.get(field, ""))
    if given.get(LEAVING) and day(given[LEAVING]) is None:
        yield f"the last day “{given[LEAVING][:30]}” is no date. Write it like 31/08/2027"
    empty = [
        field
        for field in (NAME, FIRST, LAST, EMAIL, SCHOOL, ROLE)
        if field in columns and columns[field] in row.formulas and not given[field]
    ]
    if empty:
        yield "a formula has no result, or an error. Copy the column and paste it as values"


def _wrong_words(what: str, text: str) -> Iterator[str]:
    if text.startswith(_FORMULA):
        yield f"the {what} begins with {text[0]}, like a formula. Write the {what} itself"
    elif text.startswith(_ERRORS):
        yield f"the {what} is an error of the spreadsheet ({text[:10]}). Write the {what} itself"
    elif "\ufffd" in text or (mended := mangled(text)):
        right = "" if "\ufffd" in text else f" (perhaps {mended})"
        yield f"the {what} “{text[:60]}” was saved in a wrong encoding{right}. Save the list again as CSV UTF-8"
    elif len(text) > LONGEST:
        yield f"the {what} has {len(text)} characters; {LONGEST} are the most. Look for a column that slipped"
    elif not text.isprintable():
        yield f"the {what} holds characters nobody sees. Type it again"


def _name(given: Mapping[str, str]) -> str:
    return given.get(NAME) or " ".join(filter(None, (given.get(FIRST), given.get(LAST))))


def _line(row: Row, given: Mapping[str, str], columns: Mapping[str, int], role: str) -> Line:
    name = _name(given)
    last, comma, rest = name.partition(", ")
    if comma and FIRST not in columns and "," not in rest:
        name = f"{rest} {last}"
    several = [
        one.strip() for field in (SCHOOL, SECOND) for one in re.split(r"[;|]", given.get(field, "")) if one.strip()
    ]
    return Line(
        row.number,
        name,
        given.get(FIRST) or name.split()[0],
        folded(given[EMAIL].removeprefix("mailto:")),
        role,
        tuple(dict.fromkeys(several)) if SCHOOL in columns else None,
        given.get(NUMBER) or None,
        day(given[LEAVING]) if given.get(LEAVING) else None,
    )


def _merged(several: Iterable[Line]) -> tuple[list[Line], list[Problem], list[str]]:
    """Return each person once: whoever has a row for each of two schools works in both.

    Two people with one address, or one staff number, are a problem of the later row.
    """
    people: dict[str, Line] = {}
    numbers: dict[str, Line] = {}
    problems, repeated = [], 0
    for one in several:
        first = people.get(one.email)
        bearer = numbers.get(one.number or "")
        if first is not None and first.name.casefold() != one.name.casefold():
            says = f"{one.name} has the e-mail address of {first.name} in row {first.row}. Everybody needs their own."
            problems.append(Problem(says, one.row))
        elif bearer is not None and bearer.email != one.email:
            says = f"{one.name} has the staff number of {bearer.name} in row {bearer.row}. Correct one of them."
            problems.append(Problem(says, one.row))
        elif first is not None:
            repeated += 1
            schools = None if first.schools is None else tuple(dict.fromkeys((*first.schools, *(one.schools or ()))))
            people[one.email] = replace(first, schools=schools)
        else:
            people[one.email] = one
            if one.number:
                numbers[one.number] = one
    notes = [f"{repeated} rows name somebody again; their schools were put together."] if repeated else []
    return list(people.values()), problems, notes
