"""Who has finished the training, and who is missing? Graded receipts, beside a staff list if there is one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quiz.nearest import nearest
from quiz.spreadsheets import as_csv
from quiz.staff_lists import Member, StaffList, alike

COLUMNS = ("staff", "school", "trust", "status", "score", "date", "expiry", "remark", "file")
NOT_COUNTED, MISSING, EXPIRED, PASSED, DUPLICATE = "Not counted", "Missing", "Expired", "Passed", "Duplicate"
# What needs doing stands first.
STATUSES = (NOT_COUNTED, MISSING, EXPIRED, PASSED, DUPLICATE)


@dataclass(frozen=True)
class Row:
    """One line of the list: a receipt, or somebody of whom there is none; days in ISO 8601, `score` in percent."""

    staff: str
    status: str
    school: str = ""
    trust: str = ""
    score: str = ""
    date: str = ""
    expiry: str = ""
    remark: str = ""
    file: str = ""

    def cells(self) -> tuple[str, ...]:
        """Return the line as table and download have it."""
        return tuple(getattr(self, column) for column in COLUMNS)


@dataclass(frozen=True)
class Collation:
    """The whole list, and what is wrong with the staff list."""

    rows: tuple[Row, ...]
    problems: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many lines there are of every status."""
        return {status: sum(row.status == status for row in self.rows) for status in STATUSES}

    def csv(self) -> str:
        """Return the list as a CSV file."""
        return as_csv(COLUMNS, (row.cells() for row in self.rows))

    def as_json(self) -> dict[str, Any]:
        """Return the list as the browser shows it: `rows` of cells in the order of `columns`, `counts` by status."""
        return {
            "columns": list(COLUMNS),
            "rows": [list(row.cells()) for row in self.rows],
            "counts": [list(one) for one in self.counts.items()],
            "problems": list(self.problems),
            "csv": self.csv(),
        }


@dataclass(frozen=True)
class _Told:
    """A graded receipt, whose it is, and what there is to say about that."""

    file: str
    graded: Mapping[str, Any]
    member: Member | None
    remark: str

    @property
    def person(self) -> tuple[str, str, str]:
        """What tells people apart: their line in the staff list, or else what they typed; and the trust."""
        if self.member:
            return "line", str(self.member.line), self.graded["trust"]
        return "typed", alike(self.graded["name"]), self.graded["trust"]

    def row(self, status: str, remark: str = "") -> Row:
        """Return the receipt's line of the list."""
        graded = self.graded
        return Row(
            staff=self.member.shown if self.member else graded["name"],
            school=self.member.school if self.member else "",
            trust=graded["trust"],
            status=status,
            score="" if graded["score"] is None else str(graded["score"]),
            date=graded["finished_on"],
            expiry=graded["expires_on"],
            remark=" ".join(filter(None, (remark, self.remark))),
            file=self.file,
        )


def collate(graded: Sequence[tuple[str, Mapping[str, Any]]], staff: StaffList | None, today: str) -> Collation:
    """Return the list made of receipts, each the name of its file and what `quiz.receipts.grade` says of it.

    Of several receipts of one person the one that lasts longest counts, then the one with the better score. `today` is
    the day in UTC, in ISO 8601.
    """
    unnamed = _unnamed(graded, staff)
    told = [_told(file, one, staff, unnamed) for file, one in graded]
    rows = []
    counting: dict[tuple[str, str, str], list[_Told]] = {}
    for one in told:
        reason = _reason(one, today)
        if reason:
            rows.append(one.row(NOT_COUNTED, reason))
        else:
            counting.setdefault(one.person, []).append(one)
    for several in counting.values():
        best, *others = sorted(several, key=_worth, reverse=True)
        rows.append(best.row(EXPIRED if best.graded["expires_on"] < today else PASSED))
        rows.extend(one.row(DUPLICATE, f"Another receipt counts: {best.file}.") for one in others)
    if staff:
        sent = {several[0].member for several in counting.values()}
        rows.extend(_missing(member, told) for member in staff.members if member not in sent)
    ordered = sorted(rows, key=lambda row: (STATUSES.index(row.status), alike(row.staff), row.file))
    return Collation(tuple(ordered), staff.problems if staff else ())


def _worth(one: _Told) -> tuple[str, int]:
    return one.graded["expires_on"], one.graded["score"]


def _unnamed(graded: Sequence[tuple[str, Mapping[str, Any]]], staff: StaffList | None) -> list[str]:
    """Return the names and e-mail addresses of those on the staff list whom no receipt names."""
    named = {alike(one["name"]) for _, one in graded}
    members = staff.members if staff else ()
    unnamed = [one for one in members if named.isdisjoint((alike(one.name), alike(one.email)))]
    return [known for one in unnamed for known in (one.name, one.email) if known]


def _told(file: str, graded: Mapping[str, Any], staff: StaffList | None, unnamed: Sequence[str]) -> _Told:
    """Find out whose receipt it is; a name that two people share is neither's."""
    if not staff or not graded["name"]:
        return _Told(file, graded, None, "")
    called = staff.called(graded["name"])
    if len(called) == 1:
        return _Told(file, graded, called[0], "")
    if called:
        remark = f"{len(called)} people on the staff list have this name. Ask for a receipt with the e-mail address."
        return _Told(file, graded, None, remark)
    near = nearest(graded["name"], unnamed)
    return _Told(file, graded, None, f"Not on the staff list{f'. Is it {near}?' if near else '.'}")


def _reason(one: _Told, today: str) -> str:
    """Return why a receipt does not count; empty if it does."""
    if not one.graded["counted"]:
        return str(one.graded["reason"])
    if one.graded["finished_on"] > today:
        return f"The date is still to come: {one.graded['finished_on']}. Ask for the training again, on a right clock."
    return ""


def _missing(member: Member, told: Sequence[_Told]) -> Row:
    refused = [one.file for one in told if one.member == member]
    remark = f"Sent, but not counted: {', '.join(refused)}." if refused else "No receipt."
    return Row(staff=member.shown, school=member.school, status=MISSING, remark=remark)
