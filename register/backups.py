"""How are the records kept a second time while the register runs, and brought back? A backup is one SQLite file.

It is that whichever database the register uses, and can be restored into either.
"""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from register import database, erasure, transfer
from register.chain import Head
from register.database import MIGRATIONS, Database
from register.days import day_of
from register.events import Event
from register.people import Person
from register.settings import Settings
from register.tables import tables
from register.transfer import Copied, NotCopied

# The first sixteen bytes of every SQLite file.
SQLITE_FILE = b"SQLite format 3\x00"


@dataclass(frozen=True)
class Restored:
    """What was brought back, where the records before it are now, and how many people were erased again."""

    copied: Copied
    before: Path | None = None
    erased_again: int = 0


def backup(settings: Settings, to: Path, noted: Head | None = None) -> Head:
    """Write a backup that has been verified and return where its log ends; the register may go on meanwhile.

    Raises NotCopied if the file is there already or cannot be written, or if the records are not what was recorded.
    """
    if to.exists():
        raise NotCopied(f"{to} is there already; a backup replaces nothing")
    with _beside(to) as folder:
        made = Settings(folder, settings.site)
        if settings.on_sqlite:
            _snapshot(settings.sqlite_file, made.sqlite_file)
        else:
            database.migrate(made)
            with _open(settings) as source, _open(made) as target, source.reading() as read, target.writing() as write:
                transfer.copy(read, write)
        _as_one_file(made.sqlite_file)
        made.sqlite_file.chmod(0o600)
        head = _checked_copy(made, folder / "again", noted)
        made.sqlite_file.rename(to)
    return head


def restore(settings: Settings, file: Path, now: datetime, noted: Head | None = None) -> Restored:
    """Bring a backup back, in today's shape; whose data were erased since it was made are erased again.

    Raises NotCopied, and then nothing has changed: for a file that is no whole backup, a register that is running, or
    a PostgreSQL database that already has records.
    """
    if not _is_sqlite(file):
        raise NotCopied(f"{file} is no backup; give a file that `clearpost backup` has written")
    settings.data.mkdir(parents=True, exist_ok=True)
    with _beside(settings.data / file.name) as folder:
        brought = Settings(folder, settings.site)
        shutil.copyfile(file, brought.sqlite_file)
        brought.sqlite_file.chmod(0o600)
        _check_file(brought.sqlite_file)
        database.migrate(brought)
        head = _checked(brought, noted)
        with _open(brought) as source, source.reading() as read:
            rows = sum(transfer.count(read, one) for one in tables().values())
        if settings.on_sqlite:
            _as_one_file(brought.sqlite_file)
            before = _set_aside(settings.sqlite_file, now)
            brought.sqlite_file.rename(settings.sqlite_file)
            if _checked(settings) != head:
                raise NotCopied("the restored records are not those of the backup; restore again")
            again = _erase_again(settings, before, head, now) if before else 0
            return Restored(Copied(rows, head), before, again)
        return Restored(move(brought, settings, noted))


def move(source: Settings, target: Settings, noted: Head | None = None) -> Copied:
    """Copy all records from one database into another that is empty, and prove it; raises NotCopied."""
    database.migrate(source)
    database.migrate(target)
    with _open(source) as here, _open(target) as there, here.reading() as read, there.writing() as write:
        return transfer.copy(read, write, noted)


def move_away(settings: Settings, target: Settings, now: datetime) -> tuple[Copied, Path]:
    """Copy the records of the file in the data folder into another database, and set the file aside.

    Nobody writes into the file by mistake any more. Raises NotCopied for a register that is running.
    """
    if not settings.sqlite_file.is_file():
        raise NotCopied(f"there is no {settings.sqlite_file}; name the folder of its data with --data")
    with closing(_alone(settings.sqlite_file)):
        pass
    copied = move(settings, target)
    aside = _set_aside(settings.sqlite_file, now)
    assert aside is not None
    return copied, aside


@contextmanager
def _open(settings: Settings) -> Iterator[Database]:
    opened = Database.at(settings)
    try:
        yield opened
    finally:
        opened.engine.dispose()


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """Give a folder on the same disk as a file, which is gone afterwards."""
    try:
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=".clearpost-") as folder:
            yield Path(folder)
    except OSError as error:
        raise NotCopied(f"{file} cannot be written: {error.strerror or error}") from error
    except sqlite3.Error as error:
        raise NotCopied(f"{file} cannot be written: {error}") from error


def _is_sqlite(file: Path) -> bool:
    if not file.is_file():
        return False
    with file.open("rb") as opened:
        return opened.read(len(SQLITE_FILE)) == SQLITE_FILE


def _snapshot(source: Path, to: Path) -> None:
    if not source.is_file():
        raise NotCopied(f"there are no records: {source} is missing")
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as here, closing(sqlite3.connect(to)) as there:
        here.backup(there)


def _checked(settings: Settings, noted: Head | None = None) -> Head:
    with _open(settings) as opened, opened.reading() as db:
        return transfer.checked(db, noted)


def _checked_copy(made: Settings, folder: Path, noted: Head | None) -> Head:
    """Return where the log of a backup ends, once it has today's shape; the backup itself keeps the one it has."""
    again = replace(made, data=folder)
    folder.mkdir()
    shutil.copyfile(made.sqlite_file, again.sqlite_file)
    _check_file(again.sqlite_file)
    database.migrate(again)
    return _checked(again, noted)


def _check_file(file: Path) -> None:
    """Raise NotCopied for a file that is damaged, that is no register, or that a newer version has written."""
    try:
        with closing(sqlite3.connect(file)) as opened:
            found = [row[0] for row in opened.execute("PRAGMA integrity_check")]
            revisions = [row[0] for row in opened.execute("SELECT version_num FROM alembic_version")]
    except sqlite3.DatabaseError as error:
        raise NotCopied(f"the backup cannot be read: {error}") from error
    if found != ["ok"]:
        raise NotCopied(f"the backup is damaged: {found[0]}")
    known = {one.revision for one in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}
    if not set(revisions) <= known:
        raise NotCopied("a newer version of Clear to Post has written the backup; install that version, then restore")


def _as_one_file(file: Path) -> None:
    """Write everything into the file itself, so that no second one belongs to it."""
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("PRAGMA journal_mode=DELETE")


def _alone(file: Path) -> sqlite3.Connection:
    """Return a connection that shuts out every other; raises NotCopied if there is one."""
    opened = sqlite3.connect(file, timeout=0, isolation_level=None)
    try:
        opened.execute("PRAGMA locking_mode=EXCLUSIVE")
        opened.execute("BEGIN EXCLUSIVE")
        opened.execute("COMMIT")
    except sqlite3.OperationalError as error:
        opened.close()
        raise NotCopied("the register is running; stop it first") from error
    return opened


def _erase_again(settings: Settings, before: Path, head: Head, now: datetime) -> int:
    """Erase again who was erased after a backup was made, if it is one of the records that are set aside now."""
    with _open(replace(settings, database_url=f"sqlite:///{before}")) as opened, opened.reading() as db:
        try:
            since = db.get(Event, head.number)
            gone = {one.id: one.left_on for one in db.scalars(select(Person).where(Person.erased_at.is_not(None)))}
        except DatabaseError:
            # They are of an earlier shape, or damaged: perhaps that is why a backup is brought back.
            return 0
    if since is None or since.hash != head.hash:
        return 0
    with _open(settings) as opened, opened.writing() as db:
        people = db.scalars(select(Person).where(Person.id.in_(gone), Person.erased_at.is_(None))).all()
        for person in people:
            person.left_on = gone[person.id]
            erasure.erase(db, now, None, person, asked_by=erasure.BACKUP, asked_on=day_of(now))
    return len(people)


def _set_aside(file: Path, now: datetime) -> Path | None:
    """Rename the records that are there, if there are any, and return their new name."""
    if not file.exists():
        return None
    with closing(_alone(file)) as opened:
        opened.execute("PRAGMA journal_mode=DELETE")
    aside = file.with_name(f"{file.stem}-until-{now:%Y-%m-%dT%H%M%SZ}{file.suffix}")
    return file.rename(aside)
