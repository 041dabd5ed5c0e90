"""Who is staff in a OneRoster 1.2 file? The standard's CSV: users, orgs, roles, and who teaches where.

Pupils and their families are left out. What a person may do in this register never comes from a file.
See https://www.imsglobal.org/spec/oneroster/v1p2.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from zipfile import BadZipFile

from register.people import folded, is_address
from register.staff_import.lines import LONGEST, Line, Lines, Problem, day
from register.staff_import.tables import MOST_ROWS, Unreadable, csv_rows, decoded, unpacked

USERS, ORGS, ROLES, ENROLMENTS, MANIFEST = "users.csv", "orgs.csv", "roles.csv", "enrollments.csv", "manifest.csv"
FILES = (MANIFEST, ORGS, USERS, ROLES, ENROLMENTS)
NEEDED: Mapping[str, Sequence[str]] = {
    USERS: ("sourcedId", "givenName", "familyName", "email"),
    ORGS: ("sourcedId", "name", "type"),
    ROLES: ("userSourcedId", "role", "orgSourcedId"),
}
ROLE_OF: Mapping[str, str] = {
    "principal": "headteacher",
    "districtAdministrator": "trust-officer",
    "systemAdministrator": "trust-officer",
    "teacher": "teacher",
    "siteAdministrator": "support-staff",
    "counselor": "support-staff",
    "aide": "support-staff",
    "proctor": "support-staff",
}
NOT_STAFF = frozenset({"student", "parent", "guardian", "relative"})
GONE = "tobedeleted"


@dataclass(frozen=True)
class Roster:
    """The people of a OneRoster file; a bulk file names everybody, a delta file only who has changed."""

    lines: Lines
    bulk: bool


@dataclass(frozen=True)
class _Entry:
    """A line of one of the files, its cells by column."""

    row: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def is_oneroster(names: Sequence[str]) -> bool:
    """Say whether an archive or a folder with these files is one."""
    return USERS in {PurePosixPath(name).name for name in names}


def files_in(content: bytes) -> dict[str, bytes]:
    """Return the files of an archive that matter here, by name; raises Unreadable."""
    archive = unpacked(content)
    try:
        return {
            PurePosixPath(name).name: archive.read(name)
            for name in archive.namelist()
            if PurePosixPath(name).name in FILES and "__MACOSX" not in name
        }
    except (BadZipFile, RuntimeError, NotImplementedError, OSError) as error:
        raise Unreadable("The archive is damaged or has a password. Export it again.") from error


def roster(files: Mapping[str, bytes], today: date) -> Roster:
    """Return the staff in the files, each a line; raises Unreadable where a file or a column is missing."""
    manifest = {one["propertyName"]: one["value"] for one in _entries(files, MANIFEST)}
    version = manifest.get("oneroster.version", "1.2")
    if version != "1.2":
        raise Unreadable(f"This is OneRoster {version[:10]}. Export OneRoster 1.2 as CSV.")
    for name in NEEDED:
        if name not in files:
            raise Unreadable(f"The OneRoster file has no {name}. Export users, orgs and roles together.")
    kinds = {manifest.get(f"file.{name.removesuffix('.csv')}", "bulk") for name in (USERS, ROLES)}
    if len(kinds) > 1:
        raise Unreadable("Users and roles are not of one kind: export both as bulk, or both as delta.")
    orgs = {one["sourcedId"]: one for one in _entries(files, ORGS) if one["status"] != GONE}
    roles = _roles(files, today)
    people, problems, left_out = [], [], 0
    users = _entries(files, USERS)
    if len(users) > MOST_ROWS * 10:
        raise Unreadable(f"The file has {len(users):,} users; the register takes {MOST_ROWS * 10:,} at once.")
    for user in users:
        own = roles.get(user["sourcedId"], [])
        if not any(one["role"] not in NOT_STAFF for one in own) and (own or user["status"] != GONE):
            left_out += 1
            continue
        line = _line(user, own, orgs, today)
        if isinstance(line, Line):
            people.append(line)
        else:
            problems.append(line)
    notes = [f"{left_out} users are pupils, family or without a role; they were left out."] if left_out else []
    if len(people) > MOST_ROWS:
        raise Unreadable(f"The file names {len(people):,} members of staff; the register takes {MOST_ROWS:,} at once.")
    return Roster(Lines(tuple(people), (*problems, *_twice(people)), {}, tuple(notes)), kinds == {"bulk"})


def _entries(files: Mapping[str, bytes], name: str) -> list[_Entry]:
    if name not in files:
        return []
    rows = csv_rows(decoded(files[name])[0])
    if not rows:
        return []
    head = rows[0].cells
    absent = [column for column in NEEDED.get(name, ()) if column not in head]
    if absent:
        raise Unreadable(f"{name} has no column {', no column '.join(absent)}. Export it as the standard says.")
    return [_Entry(row.number, dict(zip(head, row.cells, strict=False))) for row in rows[1:]]


def _roles(files: Mapping[str, bytes], today: date) -> dict[str, list[_Entry]]:
    """Return the roles that count today by user, the primary ones first; who teaches a class works in its school."""
    found: dict[str, list[_Entry]] = {}
    for one in sorted(_entries(files, ROLES), key=lambda one: one["roleType"] != "primary"):
        if one["status"] != GONE and _counts(one, today):
            found.setdefault(one["userSourcedId"], []).append(one)
    for one in _entries(files, ENROLMENTS):
        if one["status"] != GONE and one["role"] in ROLE_OF and _counts(one, today):
            cells = {"role": one["role"], "orgSourcedId": one["schoolSourcedId"]}
            found.setdefault(one["userSourcedId"], []).append(_Entry(one.row, cells))
    return found


def _counts(one: _Entry, today: date) -> bool:
    begins, ends = day(one["beginDate"]), day(one["endDate"])
    return (begins is None or begins <= today) and (ends is None or ends >= today)


def _line(user: _Entry, own: Sequence[_Entry], orgs: Mapping[str, _Entry], today: date) -> Line | Problem:
    given = user["preferredGivenName"] or user["givenName"]
    name = " ".join(filter(None, (given, user["preferredFamilyName"] or user["familyName"])))
    wrong = next(_wrong(user, own, orgs, name), None)
    if wrong:
        return Problem(f"users.csv: {wrong}.", user.row)
    staff = [one for one in own if one["role"] in ROLE_OF]
    schools = dict.fromkeys(
        " ".join(orgs[one["orgSourcedId"]]["name"].split())
        for one in staff
        if orgs[one["orgSourcedId"]]["type"] == "school"
    )
    return Line(
        user.row,
        name,
        given or name.split()[0],
        folded(user["email"]),
        ROLE_OF[staff[0]["role"]] if staff else "",
        tuple(schools),
        user["sourcedId"],
        today if user["status"] == GONE or user["enabledUser"].casefold() == "false" else None,
    )


def _wrong(user: _Entry, own: Sequence[_Entry], orgs: Mapping[str, _Entry], name: str) -> Iterator[str]:
    if not user["sourcedId"]:
        yield "there is no sourcedId"
    if len(user["sourcedId"]) > LONGEST or not user["sourcedId"].isprintable():
        yield "the sourcedId is no number or word"
    if not name:
        yield "there is no name"
    if len(name) > LONGEST or not name.isprintable() or name.startswith(("=", "+", "-", "@")):
        yield f"“{name[:60]}” is no name"
    if not is_address(user["email"]):
        yield f"{name} has no e-mail address"
    for one in own:
        if one["role"] not in ROLE_OF and one["role"] not in NOT_STAFF:
            yield f"the role {one['role'][:40]!r} of {name} is not in the standard"
        if one["role"] in ROLE_OF and one["orgSourcedId"] not in orgs:
            yield f"{name} works in an organisation that orgs.csv does not name"


def _twice(people: Sequence[Line]) -> Iterator[Problem]:
    seen: dict[str, Line] = {}
    for one in people:
        if one.email in seen:
            says = f"users.csv: {one.name} has the e-mail address of {seen[one.email].name}. Everybody needs their own."
            yield Problem(says, one.row)
        seen.setdefault(one.email, one)
