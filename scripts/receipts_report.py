"""What are these receipts worth, and who is missing? The command line's part: files in, a table and a CSV file out."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from quiz import receipts
from quiz.collation import COLUMNS, EXPIRED, MISSING, NOT_COUNTED, Collation, collate
from quiz.courses import Course
from quiz.staff_lists import StaffList, read
from register.courses import checked

# What the table leaves out: the CSV file has it.
NARROW = tuple(column for column in COLUMNS if column not in ("school", "trust"))


class Unreadable(Exception):
    """Something named on the command line cannot be used; the message says what and why."""


def courses_of(site: Path) -> dict[str, Course]:
    """Return the courses of a built site by trust; raises Unreadable, or CourseUnusable for one that was changed."""
    files = sorted(site.glob("handbook/*/course.json"))
    if not files:
        raise Unreadable(f"{site} holds no courses: name a built site with --site, or leave it out")
    return {file.parent.name: Course(checked(file, file.parent.name)) for file in files}


def staff_list(file: Path) -> StaffList:
    """Return the people in a staff list; raises Unreadable if there are none."""
    found = read(_text(_bytes(file)))
    if not found.members:
        raise Unreadable(f"{file}: {' '.join(found.problems)}")
    return found


def graded(courses: Mapping[str, Course], files: Sequence[Path], staff: StaffList | None, today: str) -> Collation:
    """Return the list made of receipts; raises Unreadable for a file that is not there."""
    texts = [(str(file), _bytes(file).decode("utf-8-sig", errors="replace")) for file in files]
    return collate([(name, receipts.grade(courses, text)) for name, text in texts], staff, today)


def in_words(found: Collation) -> Iterator[str]:
    """Yield the table, a line at a time, and below it what there is of every status."""
    places = [COLUMNS.index(column) for column in NARROW]
    table = [NARROW, *([row.cells()[place] for place in places] for row in found.rows)]
    widths = [max(len(line[column]) for line in table) for column in range(len(NARROW))]
    for line in table:
        yield "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
    yield ""
    yield ", ".join(f"{count} {status.lower()}" for status, count in found.counts.items() if count)


def all_well(found: Collation) -> bool:
    """Say whether every receipt counts, nobody is missing, and the staff list had no fault."""
    return not found.problems and not any(found.counts[status] for status in (NOT_COUNTED, MISSING, EXPIRED))


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Unreadable(f"{file} cannot be read: {error.strerror}") from error


def _text(content: bytes) -> str:
    """Return what a spreadsheet program wrote: Unicode where it says or shows so, else what Excel calls plain CSV."""
    if content.startswith(b"\xff\xfe"):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("windows-1252", errors="replace")
