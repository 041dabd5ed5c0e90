"""Where are the records, and how are they read and changed safely?"""

import sqlite3
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from alembic import command
from alembic.config import Config
from sqlalchemy import JSON, DateTime, Engine, MetaData, create_engine, event, make_url
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

from register.settings import Settings

SECONDS_TO_WAIT_FOR_THE_LOCK = 10
MIGRATIONS = Path(__file__).parent / "migrations"


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


class Database:
    """The two ways in: reading sees one moment and changes nothing, writing is one transaction at a time."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._reading = sessionmaker(engine, expire_on_commit=False)
        self._writing = sessionmaker(engine.execution_options(writes=True), expire_on_commit=False)

    @classmethod
    def at(cls, settings: Settings) -> Self:
        """Return the database the settings name; its folder is made if it is not there."""
        return cls(open_engine(settings))

    def reading(self) -> AbstractContextManager[Session]:
        """Return a session for reading."""
        return self._reading()

    def writing(self) -> AbstractContextManager[Session]:
        """Return a session whose changes are durable once its block has been left without an exception."""
        return self._writing.begin()


def open_engine(settings: Settings) -> Engine:
    """Return the engine for the settings' database."""
    url = make_url(settings.database)
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    settings.data.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": SECONDS_TO_WAIT_FOR_THE_LOCK, "check_same_thread": False})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, entry: ConnectionPoolEntry) -> None:  # noqa: ARG001  (SQLAlchemy's signature)
    # The driver would begin transactions by itself, and too late: only before the first change.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout={SECONDS_TO_WAIT_FOR_THE_LOCK * 1000}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads, decides and then writes has to hold the lock before it reads.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


def is_busy(error: SQLAlchemyError) -> bool:
    """Say whether the only trouble is that another program holds SQLite's lock, or that too many wait for it here."""
    cause = error.orig if isinstance(error, OperationalError) else None
    locked = isinstance(cause, sqlite3.Error) and cause.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
    return locked or isinstance(error, NoConnectionFree)


def migrate(settings: Settings) -> None:
    """Bring the database to the newest shape; nothing happens to one that has it. Raises DatabaseUnusable."""
    try:
        engine = open_engine(settings).execution_options(writes=True)
        engine.connect().close()
    except ArgumentError as error:
        # Not repeated: what cannot be read as an address may still have a password in it.
        raise DatabaseUnusable("DATABASE_URL is no database's address; leave it out for a file in --data.") from error
    except ModuleNotFoundError as error:
        raise DatabaseUnusable(
            f"The driver for the database that DATABASE_URL names is not installed: there is no {error.name}."
        ) from error
    except (OSError, DatabaseError) as error:
        place = make_url(settings.database).render_as_string(hide_password=True)
        why = error.orig if isinstance(error, DatabaseError) else error
        raise DatabaseUnusable(f"The database {place} cannot be opened: {why}.") from error
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    engine.dispose()
