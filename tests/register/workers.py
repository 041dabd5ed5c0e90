"""Several workers of one register, each a process of its own with its own connections."""

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from quiz.courses import canonical
from register import links, submissions
from register.database import Database
from register.numbers import Numbers
from register.people import Person
from register.settings import Settings
from register.submissions import Sent
from tests.register.world import NOON


@dataclass(frozen=True)
class Sending:
    """What somebody sends, and to which register."""

    settings: Settings
    person_id: int
    sent: Sent


@contextmanager
def workers(number: int) -> Iterator[ProcessPoolExecutor]:
    """Give so many processes, none of which shares anything with this one."""
    with ProcessPoolExecutor(number, multiprocessing.get_context("spawn")) as pool:
        yield pool


def in_each[One](pool: ProcessPoolExecutor, number: int, doing: Callable[[One], str], given: One) -> list[str]:
    """Have every worker do the same at once, and return what each said."""
    return [one.result() for one in [pool.submit(doing, given) for _ in range(number)]]


def submit(sending: Sending) -> str:
    """Send a finished attempt in; return the receipt, and whether it was new."""
    database = Database.at(sending.settings)
    try:
        with database.reading() as db:
            person = db.get_one(Person, sending.person_id)
        kept = submissions.submit(
            database, lambda: NOON, person, sending.sent, sending.sent.course_digest, Numbers.new()
        )
        return canonical([kept.attempt.receipt, kept.new])
    finally:
        database.engine.dispose()


def make_links(settings: Settings) -> str:
    """Make thirty links, each in a transaction of its own."""
    database = Database.at(settings)
    try:
        for _ in range(30):
            token = Numbers.new().code
            with database.writing() as db:
                links.make_link(db, NOON, None, 1, token)
        return "made"
    finally:
        database.engine.dispose()
