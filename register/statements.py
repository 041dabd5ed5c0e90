"""How is what every training asks of the database asked without taking longer than the answer?

What SQLAlchemy does around a statement each time takes several times as long as the database does over it. Here it puts
the text together once; from then on the driver itself is given it, within the session's transaction.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Insert, Select
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

Rows = list[tuple[Any, ...]]
_Way = Callable[[Any], Any]


class Prepared:
    """A statement that answers with rows, its values given by name; `columns` are those an INSERT is given."""

    def __init__(self, statement: Select[*tuple[Any, ...]] | Insert, columns: Sequence[str] = ()) -> None:
        self._statement = statement
        self._columns = columns
        self._texts: dict[str, _Text] = {}

    def ask(self, db: Session, **values: object) -> Rows:
        """Return the rows that answer it; raises what the session would raise, and first writes what that holds."""
        db.flush()
        connection = db.connection()
        dialect = connection.dialect
        if dialect.name not in self._texts:
            self._texts[dialect.name] = self._text(dialect)
        text = self._texts[dialect.name]
        return text.read(say(connection, text.says, text.given(values)))

    def _text(self, dialect: Dialect) -> "_Text":
        compiled = self._statement.compile(dialect=dialect, column_keys=self._columns or None)
        return _Text(
            says=str(compiled),
            places=compiled.positiontup if compiled.positional else None,
            fixed={name: one.effective_value for one, name in compiled.bind_names.items() if not one.required},
            given_as={name: _way_in(one.type, dialect) for one, name in compiled.bind_names.items()},
            read_as=[_way_out(one.type, dialect) for one in self._statement.exported_columns],
        )


@dataclass(frozen=True)
class _Text:
    """A statement as one kind of database takes it; a driver that goes by `places` is given values without names."""

    says: str
    places: Sequence[str] | None
    fixed: Mapping[str, object]
    given_as: Mapping[str, _Way | None]
    read_as: Sequence[_Way | None]

    def given(self, values: Mapping[str, object]) -> Any:
        named = {**self.fixed, **values}
        for name, way in self.given_as.items():
            if way:
                named[name] = way(named[name])
        return named if self.places is None else [named[name] for name in self.places]

    def read(self, rows: Rows) -> Rows:
        if not any(self.read_as):
            return rows
        return [tuple(way(one) if way else one for way, one in zip(self.read_as, row, strict=True)) for row in rows]


def say(connection: Connection, text: str, values: Any = ()) -> Rows:
    """Give the driver a text; return the rows it answers with, if any. What goes wrong is told as in a session."""
    cursor = connection.connection.cursor()
    try:
        cursor.execute(text, values)
        return list(cursor.fetchall()) if cursor.description else []
    except connection.dialect.loaded_dbapi.Error as error:
        raise _as_told(connection, text, error) from error
    finally:
        cursor.close()


def _as_told(connection: Connection, text: str, error: Any) -> Exception:
    """Return what SQLAlchemy makes of a driver's error; a connection that is lost is not used again."""
    dialect, kind = connection.dialect, connection.dialect.loaded_dbapi.Error
    lost = dialect.is_disconnect(error, connection.connection, None)
    if lost:
        connection.invalidate(error)
    told: Exception = DBAPIError.instance(
        text, None, error, kind, hide_parameters=True, connection_invalidated=lost, dialect=dialect
    )
    return told


def _way_in(kind: TypeEngine[Any], dialect: Dialect) -> _Way | None:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _way_out(kind: TypeEngine[Any], dialect: Dialect) -> _Way | None:
    return kind.dialect_impl(dialect).result_processor(dialect, None)
