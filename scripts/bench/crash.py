"""Does the register keep what it has acknowledged when it is killed at a random moment, again and again?

Several people send finished trainings in while the processes that serve, two as usual, are killed with SIGKILL, both at
once. Whatever was acknowledged has to be there afterwards, once; whatever was not is sent again, as the browser does,
and counts once as well. Prints what was lost, counted twice or broke the log, on SQLite and on PostgreSQL; exits 1 if
anything did.

Killed processes lose what they had not handed to the operating system. A power cut is the databases' own affair: both
flush their log to the disk before they answer.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from queue import Empty, SimpleQueue
from random import Random
from tempfile import TemporaryDirectory
from threading import Event, Lock
from time import monotonic, sleep

from sqlalchemy import select

from quiz.courses import Course, read_course
from register import audit
from register.attempts import Attempt
from register.completions import Completion
from register.database import Database
from register.settings import Settings
from scripts.bench.registers import (
    PATIENCE,
    POSTGRESQL,
    SQLITE,
    Door,
    Service,
    Staff,
    Training,
    add_staff,
    course_of,
    make_register,
    opened,
    postgresql,
    receipts,
    sign_in,
    trainings,
)
from scripts.bench.report import show

KILLS = {SQLITE: 500, POSTGRESQL: 100}
STAFF, SENDERS, WORKERS = 40, 4, 2
# New trainings for each kill: more than can be sent in before it.
NEW = 200
# Mostly it is killed so many seconds after it has acknowledged something, now and then while it is still starting.
LONGEST_LIFE = 0.5
EARLY = 0.2
# Acknowledged trainings that are sent again after a kill, as by a browser that never read the answer.
AGAIN = 5
# Walking the whole log takes longer the more there is; a break in it stays.
WALKED_EVERY = 50


@dataclass
class Found:
    """What the kills have come to."""

    kills: int = 0
    acknowledged: dict[str, str] = field(default_factory=dict)
    unanswered: int = 0
    recorded_unanswered: int = 0
    lost: int = 0
    counted_twice: int = 0
    chain_breaks: int = 0
    refused: int = 0

    @property
    def trouble(self) -> int:
        """All that ought to be 0, together."""
        return self.lost + self.counted_twice + self.chain_breaks + self.refused

    def figures(self, seconds: float) -> Mapping[str, float | int]:
        """Return what is reported."""
        return {
            "kills": self.kills,
            "acknowledged completions": len(self.acknowledged),
            "unanswered when killed": self.unanswered,
            "of these recorded": self.recorded_unanswered,
            "acknowledged completions lost": self.lost,
            "counted twice": self.counted_twice,
            "chain breaks": self.chain_breaks,
            "refused": self.refused,
            "seconds": round(seconds, 1),
        }


@dataclass
class Round:
    """One life of the service: what is to be sent, what was acknowledged, what was under way when it was killed."""

    waiting: SimpleQueue[Training]
    acknowledged: dict[str, str] = field(default_factory=dict)
    under_way: list[Training] = field(default_factory=list)
    refused: int = 0
    lock: Lock = field(default_factory=Lock)
    begun: Event = field(default_factory=Event)
    killed: Event = field(default_factory=Event)

    def send(self, port: int) -> None:
        """Send one training after the other until none is left or the service is gone."""
        door = Door(port)
        try:
            while not self.killed.is_set():
                try:
                    one = self.waiting.get_nowait()
                except Empty:
                    return
                try:
                    answer = door.send(one)
                except (OSError, HTTPException):
                    with self.lock:
                        self.under_way.append(one)
                    return
                with self.lock:
                    if answer.status in (200, 201):
                        self.acknowledged[one.token] = answer.receipt
                    else:
                        self.refused += 1
                self.begun.set()
        finally:
            door.close()


def main() -> None:
    """Kill the register on one database, then on the other."""
    given = _arguments()
    course = course_of()
    figures: dict[str, float | int | str] = {}
    trouble = 0
    for name, kills in ((SQLITE, given.kills), (POSTGRESQL, given.kills_postgresql)):
        if not kills:
            continue
        place: AbstractContextManager[str | None] = postgresql() if name == POSTGRESQL else nullcontext()
        with TemporaryDirectory() as folder, place as address:
            settings = make_register(Path(folder), course, address)
            started = monotonic()
            found = killed(settings, read_course(course), kills, Random(given.seed))
        figures |= {f"{name}: {what}": value for what, value in found.figures(monotonic() - started).items()}
        trouble += found.trouble
    show("register killed under load", figures)
    if trouble:
        sys.exit(1)


def _arguments() -> argparse.Namespace:
    said = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    said.add_argument("--kills", type=int, default=KILLS[SQLITE], help="How often on SQLite; 0 leaves it out.")
    said.add_argument("--kills-postgresql", type=int, default=KILLS[POSTGRESQL], help="The same on PostgreSQL.")
    said.add_argument("--seed", default="crash", help="Draws the moments.")
    said.add_argument("--json", action="store_true", help="Print one JSON object instead of a table.")
    return said.parse_args()


def killed(settings: Settings, course: Course, kills: int, chance: Random) -> Found:
    """Return what so many kills at random moments have come to."""
    found = Found()
    with opened(settings) as database:
        staff = sign_in(database, add_staff(database, course.trust, STAFF, 2))
    left: list[Training] = []
    for _ in range(kills):
        left = _one_life(settings, course, staff, left, chance, found)
    # The last ones are sent while nobody disturbs.
    _served(settings, left, None, found)
    with opened(settings) as database:
        _compare(database, found)
    return found


def _one_life(
    settings: Settings, course: Course, staff: list[Staff], left: list[Training], chance: Random, found: Found
) -> list[Training]:
    """Kill the service once; return what is to be sent again."""
    with opened(settings) as database:
        sending = left + trainings(database, course, staff, NEW)
    early, seconds = chance.random() < EARLY, chance.uniform(0, LONGEST_LIFE)
    round_ = _served(settings, sending, seconds, found, early=early)
    found.kills += 1
    found.unanswered += len(round_.under_way)
    done = [one for one in sending if one.token in round_.acknowledged]
    with opened(settings) as database:
        on_record = receipts(database, done + round_.under_way)
        found.recorded_unanswered += sum(bool(on_record[one.token]) for one in round_.under_way)
        if found.kills % WALKED_EVERY == 0:
            _walk(database, found)
            print(f"{found.kills} kills, {len(found.acknowledged)} acknowledged", file=sys.stderr, flush=True)
    return round_.under_way + chance.sample(done, min(AGAIN, len(done)))


def _served(
    settings: Settings, sending: list[Training], seconds: float | None, found: Found, *, early: bool = False
) -> Round:
    """Serve while people send; kill the service so many seconds after its first answer, or once all has been sent.

    `early` counts the seconds from its start.
    """
    round_ = Round(SimpleQueue())
    for one in sending:
        round_.waiting.put(one)
    service = Service(settings, WORKERS)
    with ThreadPoolExecutor(SENDERS) as senders:
        sent = [senders.submit(round_.send, service.port) for _ in range(SENDERS)]
        try:
            if seconds is None:
                wait(sent)
            else:
                if not early:
                    round_.begun.wait(PATIENCE)
                sleep(seconds)
        finally:
            service.kill()
            round_.killed.set()
    for one_sender in sent:
        one_sender.result()
    found.refused += round_.refused
    for token, receipt in round_.acknowledged.items():
        # What was sent again has to be the same record, and not a second one.
        found.counted_twice += found.acknowledged.setdefault(token, receipt) != receipt
    return round_


def _compare(database: Database, found: Found) -> None:
    """Compare all that was ever acknowledged with what is on record."""
    with database.reading() as db:
        there = {receipt: number for number, receipt in db.execute(select(Attempt.id, Attempt.receipt))}
        completed = Counter(db.scalars(select(Completion.attempt_id)))
    acknowledged = set(found.acknowledged.values())
    found.lost += sum(not completed[there.get(one, 0)] for one in acknowledged)
    # Every training was acknowledged in the end, so there is no attempt that nobody was told about.
    found.counted_twice += len(there.keys() - acknowledged) + sum(times - 1 for times in completed.values())
    _walk(database, found)


def _walk(database: Database, found: Found) -> None:
    with database.reading() as db:
        found.chain_breaks += audit.verify(db).found is not None


if __name__ == "__main__":
    main()
