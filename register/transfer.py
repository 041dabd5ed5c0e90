"""How are all records copied from one database to another, and what shows that none was lost or changed?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, Table, func, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DataError
from sqlalchemy.orm import Session

from quiz.courses import canonical
from register import audit, events
from register.chain import Head
from register.database import POSTGRESQL
from register.tables import tables

AT_ONCE = 1000


class NotCopied(RuntimeError):
    """Records could not be copied, and nothing was; the message is one line for whoever started it."""


@dataclass(frozen=True)
class Copied:
    """What was copied: the rows of all tables together, and the head that both logs have."""

    rows: int
    head: Head


def copy(source: Session, target: Session, noted: Head | None = None) -> Copied:
    """Copy every record into an empty database of the same shape, and compare the two.

    Raises NotCopied unless the target is empty, the source's log is whole, every table holds the same rows afterwards
    and both logs have the same head. The target's transaction has to be rolled back then.
    """
    checked(source, noted)
    for one in tables().values():
        if count(target, one):
            raise NotCopied(f"there are records already where they should go (in {one.name}); give an empty database")
    rows = 0
    for one in tables().values():
        try:
            rows += _copy(one, source, target)
        except DataError as error:
            raise NotCopied(f"a record of {one.name} cannot be kept there: {error.orig}".splitlines()[0]) from error
    for one in tables().values():
        if digest(source, one) != digest(target, one):
            raise NotCopied(f"{one.name} differ after copying")
    head = checked(target)
    if head != events.head(source):
        raise NotCopied("the two logs differ after copying")
    return Copied(rows, head)


def checked(db: Session, noted: Head | None = None) -> Head:
    """Return where a log ends; raises NotCopied for one that is broken."""
    found = audit.verify(db, noted)
    if found.found:
        raise NotCopied(f"the records are not what was recorded: {found.found.says}")
    return found.head


def count(db: Session, of: Table) -> int:
    """Return how many rows a table has."""
    return db.scalar(select(func.count()).select_from(of)) or 0


def digest(db: Session, of: Table) -> str:
    """Return the SHA-256 of all rows of a table in the order of their keys, the same in every database."""
    hashed = sha256()
    for page in _pages(db, of):
        for row in page:
            hashed.update(canonical([_plain(value) for value in row]).encode() + b"\n")
    return hashed.hexdigest()


def _copy(one: Table, source: Session, target: Session) -> int:
    rows = 0
    for page in _pages(source, one):
        target.execute(one.insert(), [dict(row._mapping) for row in page])
        rows += len(page)
    connection = target.connection()
    if connection.dialect.name == POSTGRESQL:
        _go_on_counting(connection, one)
    return rows


def _go_on_counting(connection: Connection, of: Table) -> None:
    """Let a table's next number be one that no row has."""
    for column in of.primary_key:
        sequence = connection.scalar(
            text("SELECT pg_get_serial_sequence(:table, :column)"), {"table": of.name, "column": column.name}
        )
        highest = connection.scalar(select(func.max(column))) if sequence else None
        if highest:
            connection.execute(text("SELECT setval(:sequence, :highest)"), {"sequence": sequence, "highest": highest})


def _pages(db: Session, of: Table) -> Iterator[Sequence[Row[Any]]]:
    """Return the rows some at a time in the order of their keys; texts are ordered by their bytes."""
    (key,) = of.primary_key
    ordered = key.collate("C" if db.get_bind().dialect.name == POSTGRESQL else "BINARY") if _is_text(of) else key
    page: Sequence[Row[Any]] = ()
    while True:
        query = select(*of.c).order_by(ordered).limit(AT_ONCE)
        page = db.execute(query.where(ordered > page[-1]._mapping[key.name]) if page else query).all()
        if not page:
            return
        yield page


def _is_text(of: Table) -> bool:
    (key,) = of.primary_key
    return key.type.python_type is str


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.hex() if isinstance(value, bytes) else value
