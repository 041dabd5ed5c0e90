"""How fast is the register with ten years in it, and how much memory does it need?

A trust of 10,000 staff in 90 schools with 300,000 completions (see `history.py`), on SQLite and on PostgreSQL, served
by `clearpost serve` with two processes. Measured are finished trainings that are sent in, graded and recorded; beside
them, in the same run, the limit: a bare loop that commits the same rows to the same database with the same durability,
and the same grading with no database. `limit per second` does both, one after the other, and nothing else; where the
rest of the time goes follows from the processor's time that each takes, the sender's among it, who shares the machine.
Then the completion list of everybody, on the screen and as files.
"""

import argparse
import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from datetime import date, datetime
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from threading import Event as Signal
from threading import Thread
from typing import Any

from sqlalchemy import func, select

from quiz.courses import Course, read_course
from register import appointments, audit, events, people
from register.attempts import Attempt, graded
from register.database import Database, Record
from register.days import utc_now
from register.scope import MANAGER, Post
from register.settings import Settings
from scripts.bench import history
from scripts.bench.history import Passed, Written
from scripts.bench.registers import (
    PATIENCE,
    POSTGRESQL,
    ROOT,
    SQLITE,
    Door,
    Training,
    add_staff,
    course_of,
    make_register,
    opened,
    papers,
    postgresql,
    sign_in,
    trainings,
)
from scripts.bench.report import show

SCHOOLS, WORKERS, SENDERS = 90, 2, 8
WARMING = 100
OPENED = 5
LISTS = {
    "list on screen": "/manage/completions/",
    "list as CSV": "/manage/completions.csv",
    "list as XLSX": "/manage/completions.xlsx",
}
Figures = dict[str, float | int | str]


def main() -> None:
    """Measure one database, then the other."""
    given = _arguments()
    text = course_of()
    figures: Figures = {
        "staff": given.staff,
        "schools": SCHOOLS,
        "completions": given.staff * given.each,
        "answers": given.staff * given.each * questions(text),
        "processes": WORKERS,
    }
    for name in given.databases:
        place: AbstractContextManager[str | None] = postgresql() if name == POSTGRESQL else nullcontext()
        with TemporaryDirectory() as folder, place as address:
            settings = make_register(Path(folder), text, address)
            found = measured(settings, text, given.staff, given.each, given.submissions)
        figures |= {f"{name}: {what}": value for what, value in found.items()}
    show("register with ten years in it", figures)


def _arguments() -> argparse.Namespace:
    said = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    said.add_argument("--staff", type=int, default=10_000)
    said.add_argument("--each", type=int, default=30, help="How many completions everybody has.")
    said.add_argument("--submissions", type=int, default=3_000, help="How many are sent in.")
    said.add_argument("--databases", nargs="+", choices=(SQLITE, POSTGRESQL), default=(SQLITE, POSTGRESQL))
    said.add_argument("--json", action="store_true", help="Print one JSON object instead of a table.")
    return said.parse_args()


def questions(text: str) -> int:
    """Return how many questions a paper of the course has."""
    return min(len(answers) for _, answers in papers(read_course(text)))


def measured(settings: Settings, text: str, staff: int, each: int, submissions: int) -> Figures:
    """Fill a register and return what it does."""
    course = read_course(text)
    done = history.passes(course, text)
    with opened(settings) as database:
        started = time.perf_counter()
        ids = add_staff(database, course.trust, staff, SCHOOLS)
        history.write(database, utc_now(), course, done, ids, each)
        figures: Figures = {"seconds to fill": time.perf_counter() - started}
        commits = submissions / _seconds_to_commit(database, course, done, [ids[n % staff] for n in range(submissions)])
        grades = submissions / _seconds(lambda: _grade_bare(text, done, submissions))
        figures |= {
            "bare commits per second": commits,
            "bare gradings per second, one core": grades,
            "limit per second": 1 / (1 / commits + 1 / grades),
        }
        manager = _manager(database, course.trust)
        # From the other end: the first ones have read everything by now, which is not recorded a second time.
        sending = trainings(database, course, sign_in(database, ids[::-1]), submissions + WARMING)
    with serving(settings) as (port, processes):
        figures |= _sent(port, sending, float(figures["limit per second"]), processes)
        for name, path in LISTS.items():
            figures |= _opened(port, manager, name, path)
    figures["peak memory of all processes, MB"] = processes.peak
    with opened(settings) as database, database.reading() as db:
        started = time.perf_counter()
        whole = audit.verify(db)
        figures |= {
            "events": whole.head.number,
            "chain breaks": int(whole.found is not None),
            "seconds to verify the log": time.perf_counter() - started,
        }
    return figures


def _manager(database: Database, trust: str) -> str:
    """Return the session of a manager of the whole trust."""
    with database.writing() as db:
        one = people.add_person(
            db, utc_now(), trust_id=trust, name="Bench Manager", email="manager@example.org", role="trust-officer"
        )
        appointments.appoint(db, utc_now(), None, one, Post(MANAGER))
        number = one.id
    return sign_in(database, [number])[0].session


def _seconds(doing: Callable[[], None]) -> float:
    started = time.perf_counter()
    doing()
    return time.perf_counter() - started


def _grade_bare(text: str, done: Sequence[Passed], number: int) -> None:
    for place in range(number):
        one = done[place % len(done)]
        graded(text, one.seed, one.answers)


def _seconds_to_commit(database: Database, course: Course, done: Sequence[Passed], ids: Sequence[int]) -> float:
    """Commit what each submission comes to, and nothing else, straight through the driver; return how long it took.

    The rows are those of the register, made beforehand: they take their places in the log, which stays whole.
    """
    now = utc_now()
    with database.reading() as db:
        last_attempt = db.scalar(select(func.max(Attempt.id))) or 0
        written = Written(course, events.head(db), last_attempt)
    numbers = [written.issue(person, now, done[place % len(done)]) for place, person in enumerate(ids)]
    with database.writing() as db:
        written.write(db)
    steps = []
    readers: set[int] = set()
    for place, (number, person) in enumerate(zip(numbers, ids, strict=True)):
        written.finish(number, person, now, done[place % len(done)])
        if person not in readers:
            written.confirm(person, now)
            readers.add(person)
        steps.append([_plain(database, table, row) for table, rows in written.rows() for row in rows])
        for _, rows in written.rows():
            rows.clear()
    connection = database.engine.raw_connection()
    driver: Any = connection.driver_connection
    started = time.perf_counter()
    for step in steps:
        driver.execute("BEGIN")
        for statement, values in step:
            driver.execute(statement, values)
        driver.execute("COMMIT")
    took = time.perf_counter() - started
    connection.close()
    return took


def _plain(database: Database, table: type[Record], row: Mapping[str, Any]) -> tuple[str, list[object]]:
    """Return the statement that inserts a row, and its values as text and numbers, which both drivers take."""
    mark = "%s" if database.engine.dialect.name == "postgresql" else "?"
    marks = ", ".join([mark] * len(row))
    return f"INSERT INTO {table.__tablename__} ({', '.join(row)}) VALUES ({marks})", [
        _text(one) for one in row.values()
    ]


def _text(value: object) -> object:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(" ", "microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value) if isinstance(value, dict | list) else value


@contextmanager
def serving(settings: Settings) -> Iterator[tuple[int, "Processes"]]:
    """Run `clearpost serve` as it is run in earnest; give its port, and what its processes take meanwhile."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "scripts.clearpost", "serve", "--data", str(settings.data), "--site",
               str(settings.site), "--port", str(port), "--workers", str(WORKERS)]  # fmt: skip
    environ = {**os.environ, **({"DATABASE_URL": settings.database_url} if settings.database_url else {})}
    process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL)
    processes = Processes(process.pid)
    try:
        _wait_for(port, process)
        with processes.watched():
            yield port, processes
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 2 * PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError, http.client.HTTPException):
            if Door(port).get("/readyz").status == 200:
                return
        time.sleep(0.1)
    sys.exit("The register did not start.")


class Processes:
    """What a process and those it has started take together; `peak` is memory in MB. 0 where that is unknown."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self.peak = 0.0

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Look at the memory ten times a second while the block runs."""
        over = Signal()

        def watch() -> None:
            while not over.wait(0.1):
                self.peak = max(self.peak, self._megabytes())

        watching = Thread(target=watch)
        watching.start()
        try:
            yield
        finally:
            over.set()
            watching.join()

    def worked(self) -> float:
        """Return how many seconds of a processor they have used so far."""
        return sum(map(_seconds_worked, _family(self._pid)))

    def _megabytes(self) -> float:
        """Return what each has for itself, and once what they share: no part of it is put down to others' account."""
        several = [_own_and_shared(pid) for pid in _family(self._pid)]
        return sum(own for own, _ in several) + max(shared for _, shared in several)


def _family(pid: int) -> Iterator[int]:
    yield pid
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _family(int(child))


def _own_and_shared(pid: int) -> tuple[float, float]:
    found = {"Private": 0.0, "Shared": 0.0}
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            kind = line.partition("_")[0]
            if kind in found and not line.startswith("Shared_Hugetlb") and not line.startswith("Private_Hugetlb"):
                found[kind] += int(line.split()[1]) / 1024
    return found["Private"], found["Shared"]


def _seconds_worked(pid: int) -> float:
    with suppress(OSError):
        # After the name, which may hold anything: the state, and further on the time in the program and in the system.
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def _sent(port: int, sending: Sequence[Training], limit: float, processes: Processes) -> Figures:
    """Send trainings in over several connections; return how many a second, and how long each took."""
    _all_sent(port, sending[:WARMING])
    started, served, sent = time.perf_counter(), processes.worked(), time.process_time()
    took = _all_sent(port, sending[WARMING:])
    rate = len(took) / (time.perf_counter() - started)
    return {
        "limit, ms each": 1000 / limit,
        "serving, processor's ms each": 1000 * (processes.worked() - served) / len(took),
        "sending, processor's ms each": 1000 * (time.process_time() - sent) / len(took),
        "submissions per second": rate,
        "of the limit, %": 100 * rate / limit,
        "submission, median ms": median(took),
        "submission, 95th percentile ms": quantiles(took, n=20)[-1],
    }


def _all_sent(port: int, sending: Sequence[Training]) -> list[float]:
    with ThreadPoolExecutor(SENDERS) as senders:
        parts = [senders.submit(_some_sent, port, sending[first::SENDERS]) for first in range(SENDERS)]
        return [one for part in parts for one in part.result()]


def _some_sent(port: int, sending: Sequence[Training]) -> list[float]:
    """Send trainings in one after the other, each over a connection of its own: they come from different browsers."""
    took = []
    for one in sending:
        started = time.perf_counter()
        door = Door(port)
        answer = door.send(one)
        door.close()
        took.append((time.perf_counter() - started) * 1000)
        if answer.status != 201:
            sys.exit(f"A training was answered with {answer.status}: {answer.body[:300]!r}")
    return took


def _opened(port: int, session: str, name: str, path: str) -> Figures:
    """Open a list several times, after a first time that does not count."""
    door = Door(port)
    if door.get(path, session).status != 200:
        return {f"{name}, ms": "not there"}
    took = []
    for _ in range(OPENED):
        started = time.perf_counter()
        answer = door.get(path, session)
        took.append((time.perf_counter() - started) * 1000)
    door.close()
    return {
        f"{name}, median ms": median(took),
        f"{name}, slowest ms": max(took),
        f"{name}, kB": len(answer.body) / 1000,
    }


if __name__ == "__main__":
    main()
