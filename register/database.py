"""Where are the records, and how are they read and changed safely?"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from threading import RLock
from time import monotonic, sleep
from typing import Any, Self

from sqlalchemy import (
    JSON,
    URL,
    Column,
    DateTime,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    column,
    create_engine,
    event,
    inspect,
    make_url,
    select,
    table,
)
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import ArgumentError, DatabaseError, DisconnectionError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

from register.settings import Settings
from register.statements import Prepared, say

SECONDS_TO_WAIT_FOR_THE_LOCK = 10
SECONDS_BETWEEN_LOOKS = 0.0005
SECONDS_TRUSTED = 1
MIGRATIONS = Path(__file__).parent / "migrations"
SQLITE, POSTGRESQL = "sqlite", "postgresql"
# Alembic's own table.
_SHAPE = table("alembic_version", column("version_num", String))
# Any number will do that no other program uses in the register's database.
_MIGRATING = 20260901
_ANSWERED = "answered"
_POSTGRESQL_ARGUMENTS = {"application_name": "clearpost", "connect_timeout": SECONDS_TO_WAIT_FOR_THE_LOCK}


class DatabaseUnusable(RuntimeError):
    """The database cannot be opened; the message is one line for whoever starts the register."""


class Instant(TypeDecorator[datetime]):
    """A moment, kept in UTC; SQLite itself would forget the time zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  (SQLAlchemy's signature)
        """Return the moment in UTC; one without a time zone is a mistake of ours."""
        if value is not None and value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  (SQLAlchemy's signature)
        """Return the moment with its time zone."""
        return value.replace(tzinfo=UTC) if value else None


class Record(DeclarativeBase):
    """What all tables have in common: how times and JSON are kept, and how constraints are named."""

    type_annotation_map = {  # noqa: RUF012  (SQLAlchemy's own spelling)
        datetime: Instant,
        dict[str, Any]: JSON,
        list[Any]: JSON,
    }
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )

    @classmethod
    def of_row(cls, row: Sequence[Any]) -> Self:
        """Return the record that a row of all its columns is; no session keeps it."""
        return cls(**dict(zip(cls.__table__.columns.keys(), row, strict=True)))


def write(db: Session, row: Record) -> None:
    """Write a new record at once and give it its id; the session does not keep it, nor anything later changed in it.

    What a session does for the records it keeps takes three times as long.
    """
    values = {name: value for name, value in vars(row).items() if name != "_sa_instance_state"}
    [made] = _inserting(type(row), tuple(values)).ask(db, **values)
    for key, value in zip(row.__table__.primary_key, made, strict=True):
        setattr(row, key.name, value)


@cache
def _inserting(kind: type[Record], columns: tuple[str, ...]) -> Prepared:
    table = Record.metadata.tables[kind.__tablename__]
    return Prepared(table.insert().returning(*table.primary_key), columns)


# Nothing is ever kept in it: whoever locks it is the one who writes. A table of its own, because the database's own
# housekeeping locks tables that have rows, and would wait for us and we for it.
WRITERS = Table("writers", Record.metadata, Column("id", Integer, primary_key=True))


class Database:
    """The two ways in: reading sees one moment and changes nothing, writing is one transaction at a time."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._reading = sessionmaker(engine.execution_options(**_to_read(engine)), expire_on_commit=False)
        self._writing = sessionmaker(engine.execution_options(**_to_write(engine)), expire_on_commit=False)
        # SQLite has whoever waits look again after ever longer pauses. Here the next one is woken at once.
        self._turn = RLock()

    @classmethod
    def at(cls, settings: Settings) -> Self:
        """Return the database the settings name; its folder is made if it is not there."""
        return cls(open_engine(settings))

    def reading(self) -> AbstractContextManager[Session]:
        """Return a session for reading."""
        return self._reading()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session whose changes are durable once its block has been left without an exception."""
        with self.turn(), self._writing.begin() as db:
            yield db

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Keep everybody else in this process from writing, for work that ends in writing.

        Whoever worked beside a writer would take the interpreter from it while it holds the database's lock, and the
        other processes would wait for both.
        """
        if not self._turn.acquire(timeout=SECONDS_TO_WAIT_FOR_THE_LOCK):
            raise NoConnectionFree("others here have been writing all the time")
        try:
            yield
        finally:
            self._turn.release()

    def settle(self) -> None:
        """Leave nothing in SQLite's log beside the file: what was overwritten may still be legible there."""
        if self.engine.dialect.name == SQLITE:
            with self.engine.connect() as connection:
                connection.commit()
                driver: Any = connection.connection.driver_connection
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def open_engine(settings: Settings) -> Engine:
    """Return the engine for the settings' database: SQLite or PostgreSQL."""
    url = address(settings)
    if url.get_backend_name() == POSTGRESQL:
        engine = create_engine(url, connect_args=_POSTGRESQL_ARGUMENTS, hide_parameters=True)
        event.listen(engine, "connect", _prepare_postgresql)
        event.listen(engine, "checkin", _note_answer)
        event.listen(engine, "checkout", partial(_check_answer, engine.dialect))
        event.listen(engine, "begin", _begin_postgresql)
        return engine
    if url.get_backend_name() != SQLITE:
        raise ArgumentError("The register keeps its records in SQLite or PostgreSQL.")
    settings.data.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        connect_args={"timeout": SECONDS_TO_WAIT_FOR_THE_LOCK, "check_same_thread": False},
        # Errors come into the log, and what was written must not.
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def address(settings: Settings) -> URL:
    """Return the address of the settings' database, with the driver for it; the one word PostgreSQL has several of."""
    url = make_url(settings.database)
    return url.set(drivername="postgresql+psycopg") if url.drivername in ("postgres", "postgresql") else url


def _to_read(engine: Engine) -> dict[str, Any]:
    return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True} if _is_postgresql(engine) else {}


def _to_write(engine: Engine) -> dict[str, Any]:
    return {"writes": True} | ({"isolation_level": "SERIALIZABLE"} if _is_postgresql(engine) else {})


def _is_postgresql(engine: Engine) -> bool:
    return engine.dialect.name == POSTGRESQL


def _prepare_postgresql(connection: Any, entry: ConnectionPoolEntry) -> None:
    # Zero would be for ever.
    connection.execute(f"SET lock_timeout = '{SECONDS_TO_WAIT_FOR_THE_LOCK * 1000 or 1}ms'")
    # Whatever the server's configuration says, what was committed is on the disk.
    connection.execute("SET synchronous_commit = on")
    connection.commit()
    _note_answer(connection, entry)


def _note_answer(connection: Any, entry: ConnectionPoolEntry) -> None:  # noqa: ARG001  (SQLAlchemy's signature)
    entry.info[_ANSWERED] = monotonic()


def _check_answer(dialect: Dialect, connection: Any, entry: ConnectionPoolEntry, holder: object) -> None:  # noqa: ARG001  (SQLAlchemy's signature)
    """Have another connection opened where the server has gone.

    SQLAlchemy can ask it each time, which takes as long as three statements. One that answered a moment ago, and has
    sent nothing since that it was not asked for, has not hung up.
    """
    with DefaultSelector() as hears:
        hears.register(connection.fileno(), EVENT_READ)
        if monotonic() - entry.info[_ANSWERED] < SECONDS_TRUSTED and not hears.select(0):
            return
    try:
        dialect.do_ping(connection)
    except dialect.loaded_dbapi.Error as error:
        raise DisconnectionError from error


def _begin_postgresql(connection: Connection) -> None:
    """Wait for our turn before anything is looked at, as SQLite does; locking a table is no look at the records."""
    options = connection.get_execution_options()
    if options.get("migrates"):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATING})")
    elif options.get("writes"):
        say(connection, f"LOCK TABLE {WRITERS.name} IN EXCLUSIVE MODE")


def _prepare_sqlite(connection: Any, entry: ConnectionPoolEntry) -> None:  # noqa: ARG001  (SQLAlchemy's signature)
    # The driver would begin transactions by itself, and too late: only before the first change.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout={SECONDS_TO_WAIT_FOR_THE_LOCK * 1000}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        # What is erased is overwritten, not only forgotten.
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads, decides and then writes has to hold the lock before it reads.
    options = connection.get_execution_options()
    if options.get("writes"):
        _begin_to_write(connection)
    else:
        say(connection, "BEGIN IMMEDIATE" if options.get("migrates") else "BEGIN")


def _begin_to_write(connection: Connection) -> None:
    """Take the lock as soon as another process lets go of it, or wait as long as for any lock.

    SQLite's own waiting looks again after ever longer pauses. A process that writes all the time leaves only moments in
    between, and another one could miss them all until it gives up.
    """
    driver: Any = connection.connection.driver_connection
    until = monotonic() + SECONDS_TO_WAIT_FOR_THE_LOCK
    driver.execute("PRAGMA busy_timeout=0")
    try:
        while monotonic() < until:
            try:
                driver.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    break
                sleep(SECONDS_BETWEEN_LOOKS)
            else:
                return
        # Once more, so that what is wrong is told as any other error.
        say(connection, "BEGIN IMMEDIATE")
    finally:
        driver.execute(f"PRAGMA busy_timeout={SECONDS_TO_WAIT_FOR_THE_LOCK * 1000}")


def is_busy(error: SQLAlchemyError) -> bool:
    """Say whether the only trouble is that another program holds the lock, or that too many wait for it here."""
    cause = error.orig if isinstance(error, OperationalError) else None
    locked = isinstance(cause, sqlite3.Error) and cause.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
    return locked or _state(error) == "55P03" or isinstance(error, NoConnectionFree)


def is_to_be_repeated(error: SQLAlchemyError) -> bool:
    """Say whether PostgreSQL has undone a transaction because another program got in between: it can be done again."""
    return _state(error) in ("40001", "40P01")


def trouble(error: SQLAlchemyError) -> str | None:
    """Return what is wrong with the database itself, None if nothing is; nothing was recorded then."""
    cause = getattr(error, "orig", None)
    state = _state(error) or ""
    code = cause.sqlite_errorcode & 0xFF if isinstance(cause, sqlite3.Error) else None
    if code == sqlite3.SQLITE_FULL or state.startswith("53"):
        return "there is no room left for it"
    if code == sqlite3.SQLITE_READONLY or state in ("25006", "42501"):
        return "it can only be read"
    if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return "its file cannot be used"
    # PostgreSQL's driver has no code for a server that it does not reach.
    unreached = isinstance(error, OperationalError) and code is None and not state
    return "it does not answer" if unreached or state[:2] in ("08", "57") else None


def _state(error: SQLAlchemyError) -> str | None:
    """Return PostgreSQL's own code for what went wrong."""
    state: str | None = getattr(getattr(error, "orig", None), "sqlstate", None)
    return state


def migrate(settings: Settings) -> None:
    """Bring the database to the newest shape; nothing happens to one that has it. Raises DatabaseUnusable."""
    try:
        engine = open_engine(settings).execution_options(migrates=True)
        engine.connect().close()
    except ArgumentError as error:
        # Not repeated: what cannot be read as an address may still have a password in it.
        raise DatabaseUnusable(
            "DATABASE_URL is no address of a PostgreSQL or SQLite database; leave it out for a file in --data."
        ) from error
    except ModuleNotFoundError as error:
        raise DatabaseUnusable(
            f"The driver for the database that DATABASE_URL names is not installed: there is no {error.name}."
        ) from error
    except (OSError, DatabaseError) as error:
        place = address(settings).render_as_string(hide_password=True)
        why = error.orig if isinstance(error, DatabaseError) else error
        raise DatabaseUnusable(f"The database {place} cannot be opened: {why}.") from error
    # Only whoever migrates loads it: it takes memory in every process that serves.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.connect() as connection:
        _pause_references(connection)
        with connection.begin():
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            _check_references(connection)
    engine.dispose()


def check_shape(settings: Settings) -> None:
    """Raise DatabaseUnusable unless there are records, in today's shape; nothing is made or changed."""
    if settings.on_sqlite and not settings.sqlite_file.is_file():
        raise DatabaseUnusable(f"There are no records: {settings.sqlite_file} is missing.")
    try:
        engine = open_engine(settings)
        with engine.connect() as connection:
            found = shape(connection)
        engine.dispose()
    except (ArgumentError, ModuleNotFoundError, DatabaseError) as error:
        raise DatabaseUnusable(f"The database cannot be opened: {str(error).splitlines()[0]}.") from error
    if found != newest_shape():
        raise DatabaseUnusable("The records have the shape of another version. Run `clearpost migrate` first.")


def shape(connection: Connection) -> str | None:
    """Return the shape the database has: the number of the last migration; None for one that has none of ours."""
    if not inspect(connection).has_table(_SHAPE.name):
        return None
    return connection.scalar(select(_SHAPE.c.version_num))


@cache
def newest_shape() -> str:
    """Return the shape this code works with."""
    return max(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def _pause_references(connection: Connection) -> None:
    """Let a migration put a table others refer to in the place of an older one; SQLite knows no other way."""
    if connection.dialect.name == "sqlite":
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys=OFF")


def _check_references(connection: Connection) -> None:
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise RuntimeError("A migration has left references to nothing, so it was not carried out.")
