"""Where are the records, and how are they read and changed safely?"""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event as Signal
from time import monotonic, sleep
from typing import Any

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from httpx import Response
from sqlalchemy import event, make_url, select, text
from sqlalchemy.exc import IntegrityError, InternalError, StatementError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.pool import QueuePool

from register import database
from register.attempts import Attempt
from register.database import DatabaseUnusable, Record, migrate
from register.events import Event
from register.links import Link
from register.posting_rights import PostingRight
from register.schools import School
from register.settings import Settings
from register.tables import tables
from register.tickets import Ticket
from tests.register.world import CREATING, NOON, World, words

NO_ADDRESS = "DATABASE_URL is no address of a PostgreSQL or SQLite database; leave it out for a file in --data."
NO_DRIVER = "The driver for the database that DATABASE_URL names is not installed"
# What waits for somebody else's lock in this database.
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


def test_the_migrations_make_exactly_the_tables_the_code_describes(world: World) -> None:
    assert "retention_rules" in tables()
    with world.database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Record.metadata) == []


def test_migrating_again_changes_nothing(world: World) -> None:
    before = world.count(Link), world.person("Ada Teacher").email
    migrate(world.settings)
    assert (world.count(Link), world.person("Ada Teacher").email) == before


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("busy_timeout", 10000),
        ("secure_delete", 1),
    ],
)
def test_sqlite_is_durable_and_checks_references(sqlite_world: World, pragma: str, value: object) -> None:
    with sqlite_world.database.reading() as db:
        assert db.execute(text(f"PRAGMA {pragma}")).scalar() == value


def test_postgresql_is_durable_whatever_its_server_is_told(postgresql_world: World) -> None:
    with postgresql_world.database.reading() as db:
        assert db.execute(text("SHOW synchronous_commit")).scalar() == "on"
        assert db.execute(text("SHOW lock_timeout")).scalar() == "10s"


def test_on_postgresql_reading_changes_nothing_and_writers_take_turns(postgresql_world: World) -> None:
    database = postgresql_world.database
    with database.reading() as db, pytest.raises(InternalError, match="read-only"):
        db.execute(text("DELETE FROM account_holders"))
    with database.writing() as db, database.engine.connect() as other:
        db.execute(text("SELECT 1"))
        held = "SELECT mode FROM pg_locks WHERE relation = 'writers'::regclass AND granted"
        assert other.execute(text(held)).scalars().all() == ["ExclusiveLock"]
        assert other.execute(text("SELECT 1 FROM people LIMIT 1")).scalar() == 1, "reading goes on"


def test_a_reference_to_nothing_is_refused(world: World) -> None:
    with pytest.raises(IntegrityError), world.database.writing() as db:
        db.add(School(trust_id="nowhere", name="X"))


def test_what_fails_half_way_leaves_nothing(world: World) -> None:
    before = world.count(School)
    with pytest.raises(IntegrityError), world.database.writing() as db:
        db.add_all([School(trust_id="lydiate", name="X"), School(trust_id="nowhere", name="X")])
    assert world.count(School) == before


def test_a_record_written_at_once_has_its_id_and_nothing_changed_in_it_later_is_written(world: World) -> None:
    with world.database.writing() as db:
        made = School(trust_id="lydiate", name="Elm")
        database.write(db, made)
        made.name = "Oak"
        assert db.get_one(School, made.id).name == "Elm"
    with world.database.reading() as db:
        assert db.get_one(School, made.id).name == "Elm"


def test_while_somebody_has_the_turn_nobody_else_here_writes_and_they_may_themselves(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def add(name: str) -> None:
        with world.database.writing() as db:
            database.write(db, School(trust_id="lydiate", name=name))

    monkeypatch.setattr(database, "SECONDS_TO_WAIT_FOR_THE_LOCK", 0.1)
    with ThreadPoolExecutor(1) as pool, world.database.turn():
        with pytest.raises(NoConnectionFree):
            pool.submit(add, "Ash").result()
        add("Elm")
    add("Fir")
    with world.database.reading() as db:
        added = set(db.scalars(select(School.name))) & {"Ash", "Elm", "Fir"}
    assert added == {"Elm", "Fir"}


def test_moments_come_back_with_their_time_zone_and_none_goes_in_without(world: World) -> None:
    world.link(world.person("Ada Teacher"))
    with world.database.reading() as db:
        assert db.get_one(Link, 1).made_at == NOON
    with pytest.raises(StatementError, match="has no time zone"), world.database.writing() as db:
        db.add(Link(person_id=1, token_hash="x", made_at=datetime(2026, 1, 1), expires_at=datetime.now(UTC)))


def test_the_database_is_the_one_the_environment_names_or_a_file_in_the_data_folder(tmp_path: Path) -> None:
    def settings(environ: dict[str, str]) -> Settings:
        return Settings.from_environment(tmp_path, tmp_path, "http://x", environ)

    assert settings({}).database == f"sqlite:///{tmp_path / 'register.sqlite3'}"
    assert settings({"DATABASE_URL": "postgresql://x/y"}).database == "postgresql://x/y"


@contextmanager
def locked_by_another_program(world: World) -> Iterator[None]:
    if world.settings.on_sqlite:
        with closing(sqlite3.connect(world.settings.sqlite_file, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            yield
    else:
        with psycopg.connect(world.settings.database) as other:
            other.execute("LOCK TABLE writers IN EXCLUSIVE MODE")
            yield


def impatient(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the register wait for no lock."""
    monkeypatch.setattr(database, "SECONDS_TO_WAIT_FOR_THE_LOCK", 0)
    world.database.engine.dispose()


def test_a_database_that_another_program_locks_is_busy_and_not_broken(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ada, link = world.signed_in("Ada Teacher"), world.link(world.person("Ben Teacher"))
    sent = world.filled(ada)
    impatient(world, monkeypatch)
    with locked_by_another_program(world):
        assert ada.get("/my/").status_code == 200, "reading goes on"
        response = ada.api("/api/attempts", sent)
        assert (response.status_code, response.json()["error"]["code"]) == (503, "busy")
        assert response.headers["retry-after"] == "60"
        page = world.browser().post(link)
        assert page.status_code == 503
        assert "The register is busy just now, and nothing was recorded." in words(page)
        assert "Traceback" not in caplog.text
    assert world.count(Attempt) == 0
    assert ada.api("/api/attempts", sent).status_code == 201
    assert world.browser().post(link).status_code == 303


def test_a_process_that_writes_all_the_time_keeps_nobody_else_from_their_turn(sqlite_world: World) -> None:
    over = Signal()

    def write_all_the_time() -> None:
        with closing(sqlite3.connect(sqlite_world.settings.sqlite_file, isolation_level=None, timeout=10)) as other:
            while not over.is_set():
                other.execute("BEGIN IMMEDIATE")
                sleep(0.02)
                other.execute("COMMIT")
                sleep(0.002)

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write_all_the_time)
        started = monotonic()
        for _ in range(10):
            with sqlite_world.database.writing() as db:
                db.execute(text("SELECT 1"))
        took = monotonic() - started
        over.set()
        writing.result()
    assert took < 4


def test_when_every_connection_is_taken_the_register_is_busy_too(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    pool = world.database.engine.pool
    assert isinstance(pool, QueuePool)
    monkeypatch.setattr(pool, "_timeout", 0)
    taken = [world.database.engine.connect() for _ in range(15)]
    response = world.browser(Cookie="clearpost=x").get("/api/me")
    assert (response.status_code, response.json()["error"]["code"]) == (503, "busy")
    for one in taken:
        one.close()
    assert world.browser(Cookie="clearpost=x").get("/api/me").status_code == 200


def test_when_the_records_can_only_be_read_nothing_is_acknowledged_and_nothing_lost(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    sent = world.filled(ada)
    with read_only(world):
        assert ada.get("/my/").status_code == 200, "reading goes on"
        response = ada.api("/api/attempts", sent)
        assert (response.status_code, response.json()["error"]["code"]) == (503, "records-unusable")
        assert "nothing was recorded" in response.json()["error"]["says"]
    assert world.count(Attempt) == 0
    assert ada.api("/api/attempts", sent).status_code == 201


@contextmanager
def read_only(world: World) -> Iterator[None]:
    engine = world.database.engine
    if world.settings.on_sqlite:

        def may_read(connection: Any, entry: object) -> None:
            connection.execute("PRAGMA query_only=ON")

        event.listen(engine, "connect", may_read)
        engine.dispose()
        yield
        event.remove(engine, "connect", may_read)
    else:
        role = f"reader_of_{engine.url.database}"

        def may_read(connection: Any, entry: object) -> None:
            connection.execute(f"SET ROLE {role}")
            connection.commit()

        with engine.begin() as connection:
            connection.exec_driver_sql(f"CREATE ROLE {role}")
            connection.exec_driver_sql(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}")
        event.listen(engine, "connect", may_read)
        engine.dispose()
        yield
        event.remove(engine, "connect", may_read)
        engine.dispose()
        with engine.begin() as connection:
            connection.exec_driver_sql(f"DROP OWNED BY {role}; DROP ROLE {role}")
    engine.dispose()


def test_when_the_disk_is_full_what_was_acknowledged_is_there_and_the_rest_is_not(sqlite_world: World) -> None:
    def small(connection: sqlite3.Connection, entry: object) -> None:
        connection.execute("PRAGMA max_page_count=1")

    ada = sqlite_world.signed_in("Ada Teacher")
    event.listen(sqlite_world.database.engine, "connect", small)
    sqlite_world.database.engine.dispose()
    answers: list[Response] = []
    while not answers or answers[-1].status_code == 201:
        answers.append(ada.api("/api/tickets", {"trust": CREATING}))
    assert answers[-1].status_code == 503
    assert "nothing was recorded" in answers[-1].json()["error"]["says"]
    assert sqlite_world.count(Ticket) == len(answers) - 1


def test_a_database_that_has_gone_is_told_and_works_again_when_it_is_back(postgresql_world: World) -> None:
    world = postgresql_world
    ada = world.signed_in("Ada Teacher")
    sent = world.filled(ada)
    name = make_url(world.settings.database).database
    with psycopg.connect(make_url(world.settings.database).set(database="postgres").render_as_string(False)) as other:
        other.autocommit = True
        other.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        response = ada.api("/api/attempts", sent)
        assert (response.status_code, response.json()["error"]["code"]) == (503, "records-unusable")
        assert ada.get("/my/").status_code == 503
        other.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    assert ada.api("/api/attempts", sent).status_code == 201


@pytest.mark.parametrize("trusted", [database.SECONDS_TRUSTED, 0])
def test_whoever_asks_does_not_notice_that_the_server_has_hung_up_before(
    postgresql_world: World, monkeypatch: pytest.MonkeyPatch, trusted: float
) -> None:
    monkeypatch.setattr(database, "SECONDS_TRUSTED", trusted)
    world = postgresql_world
    ada = world.signed_in("Ada Teacher")
    sent = world.filled(ada)
    with psycopg.connect(world.settings.database) as other:
        ours = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ended = other.execute(f"SELECT pg_terminate_backend(pid, 5000) {ours}").fetchall()
    assert ended, "there were connections to be ended"
    assert ada.api("/api/attempts", sent).status_code == 201


def test_what_another_program_gets_in_between_of_is_done_again_from_the_beginning(postgresql_world: World) -> None:
    world = postgresql_world
    mia, right = world.signed_in("Mia Manager"), world.requested(world.signed_in("Ada Teacher"))
    with psycopg.connect(world.settings.database) as other, ThreadPoolExecutor(1) as pool:
        # Another program, which does not wait for its turn.
        other.execute("UPDATE posting_rights SET reason = 'x' WHERE id = %s", [right])
        refusing = pool.submit(mia.submit, f"/manage/rights/{right}/refuse", reason="Not now.")
        while other.execute(WAITING).fetchone() == (0,):
            assert not refusing.done()
        other.commit()
        assert refusing.result().status_code == 303
    with world.database.reading() as db:
        assert db.get_one(PostingRight, right).reason == "Not now."
        names = db.scalars(select(Event.name)).all()
    assert names.count("right.refused") == 1


@pytest.mark.parametrize("what", ["no database", "no folder"])
def test_a_database_that_cannot_be_opened_is_named_in_one_line(tmp_path: Path, what: str) -> None:
    file = tmp_path / "var" / "register.sqlite3" if what == "no database" else tmp_path / "var"
    file.parent.mkdir(exist_ok=True)
    file.write_text("This is no database. " * 100, encoding="utf-8")
    with pytest.raises(DatabaseUnusable) as error:
        migrate(Settings(tmp_path / "var", tmp_path))
    says = str(error.value)
    assert says.startswith(f"The database sqlite:///{tmp_path / 'var' / 'register.sqlite3'} cannot be opened: ")
    assert "\n" not in says


@pytest.mark.parametrize(
    ("url", "says"),
    [
        (
            "no address secret",
            NO_ADDRESS,
        ),
        (
            "nothing://x:secret@y/z",
            NO_ADDRESS,
        ),
        ("mysql://x:secret@y/z", NO_ADDRESS),
        ("sqlite+pysqlcipher://x:secret@y/z", NO_DRIVER),
        (
            "postgresql://x:secret@127.0.0.1:1/z",
            "The database postgresql+psycopg://x:***@127.0.0.1:1/z ",
        ),
    ],
)
def test_an_address_that_names_no_usable_database_is_told_without_its_password(
    tmp_path: Path, url: str, says: str
) -> None:
    with pytest.raises(DatabaseUnusable) as error:
        migrate(Settings(tmp_path, tmp_path, database_url=url))
    assert str(error.value).startswith(says)
    assert "secret" not in str(error.value)
