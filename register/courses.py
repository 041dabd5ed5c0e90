"""Which training is required now, and which was it when somebody passed?"""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from re import compile as pattern
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, Session, mapped_column

from quiz.courses import Course, canonical, digest, read_course
from register import events
from register.database import Record
from register.refusals import Refused

NEEDED = ("trust", "name", "training_version", "pass_mark", "validity_months", "questions", "read", "roles",
          "positions", "provisions", "scenarios", "topics", "advice", "digest")  # fmt: skip

# What is asked for may come from outside: it names a folder of the handbook, and none above it.
FOLDER = pattern(r"[A-Za-z0-9_-]{1,100}")


class CourseUnusable(Refused):
    """A course that cannot be used; `found` names the file and what is wrong with it, for whoever runs the register."""

    def __init__(self, found: str) -> None:
        super().__init__(503, "course-unusable", "The training cannot be opened just now. Tell your manager.")
        self.found = found

    def __str__(self) -> str:
        """Return what is wrong, for the log and the command line."""
        return self.found


class CourseUnknown(Refused):
    """There is no training of that trust in this handbook."""

    def __init__(self) -> None:
        super().__init__(404, "course-unknown", "There is no training of that trust here. Open yours from My training.")


class KeptCourse(Record):
    """A version of a course that has been used; it is never changed and never removed."""

    __tablename__ = "courses"

    digest: Mapped[str] = mapped_column(primary_key=True)
    trust_id: Mapped[str] = mapped_column(ForeignKey("trusts.id"))
    training_version: Mapped[int]
    # Long, and seldom wanted from the database (see `kept`).
    text: Mapped[str] = mapped_column(deferred=True)
    kept_at: Mapped[datetime]


class Shelf:
    """The courses of the built site; a rebuilt site is noticed at the next look."""

    def __init__(self, site: Path) -> None:
        self._handbook = site / "handbook"
        self._seen: dict[Path, tuple[tuple[int, int, int], str]] = {}

    def trusts(self) -> list[str]:
        """Return the ids of the trusts that have a course."""
        return sorted(path.parent.name for path in self._handbook.glob("*/course.json"))

    def names(self) -> dict[str, str]:
        """Return the names of those trusts by id; raises CourseUnusable if one of the courses is."""
        return {trust_id: str(self.current(trust_id).data["name"]) for trust_id in self.trusts()}

    def current(self, trust_id: str) -> Course:
        """Return a trust's course as the site has it now; raises CourseUnknown or CourseUnusable."""
        return read_course(self.text(trust_id))

    def text(self, trust_id: str) -> str:
        """Return the checked text of a trust's course."""
        if not FOLDER.fullmatch(trust_id):
            raise CourseUnknown
        path = self._handbook / trust_id / "course.json"
        try:
            stat = path.stat()
            stamp = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
            if self._seen.get(path, (None, ""))[0] != stamp:
                self._seen[path] = (stamp, canonical(checked(path, trust_id)))
        except (FileNotFoundError, NotADirectoryError):
            if not self._handbook.is_dir():
                # Perhaps for the moment in which a new site takes the old one's place: nobody is to give up for it.
                raise CourseUnusable(f"{self._handbook}: this folder is not there; build the site again") from None
            raise CourseUnknown from None
        return self._seen[path][1]


def checked(path: Path, trust_id: str) -> Mapping[str, Any]:
    """Return the course in a file; raises CourseUnusable unless it is whole and unchanged since it was built."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise CourseUnusable(f"{path}: this is not JSON ({error}); build the site again") from None
    if not isinstance(data, dict):
        raise CourseUnusable(f"{path}: this is no course; build the site again")
    missing = [name for name in NEEDED if name not in data]
    if missing:
        raise CourseUnusable(f"{path}: there is no {', no '.join(missing)}; build the site again")
    if data["trust"] != trust_id:
        raise CourseUnusable(f"{path}: this is the course of {data['trust']!r}, not of {trust_id!r}")
    if digest(data) != data["digest"]:
        raise CourseUnusable(f"{path}: the digest does not fit: the file was changed after it was built; build again")
    return data


def keep(db: Session, now: datetime, course: Course) -> None:
    """Keep a course that is being used for the first time."""
    data = course.data
    if db.get(KeptCourse, data["digest"]) is None:
        db.add(
            KeptCourse(
                digest=data["digest"],
                trust_id=course.trust,
                training_version=data["training_version"],
                text=canonical(data),
                kept_at=now,
            )
        )
        db.flush()
        events.record(db, now, None, "course.kept", {"course": data["digest"], "trust": course.trust})


# By their digests, which no other text has: a text is long, and is wanted with every training that is sent in.
_read: dict[str, str] = {}


def kept(db: Session, course_digest: str) -> str:
    """Return the text of a course that was used once."""
    if course_digest not in _read:
        _read[course_digest] = db.get_one(KeptCourse, course_digest).text
    return _read[course_digest]
