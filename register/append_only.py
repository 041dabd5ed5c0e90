"""How do the databases themselves refuse to change what is evidence?

Triggers stop every program, not only this one. Whoever owns the database can take them away: then the chain of events
shows what was changed, and `register.audit` says which trigger is missing.
"""

from collections.abc import Iterator

from sqlalchemy import text
from sqlalchemy.orm import Session

EVENTS = "events"
# By table, the columns in which no two rows are alike.
PROTECTED = {
    EVENTS: ("id", "previous", "hash"),
    "attempts": ("id", "ticket_id", "receipt"),
    "completions": ("id", "attempt_id", "code"),
    "cancellations": ("id", "completion_id"),
}
_SQLITE, _POSTGRESQL = "sqlite", "postgresql"


def protect(dialect: str, table: str) -> Iterator[str]:
    """Return the statements that let a table only grow; the log of events, besides, only at its end."""
    if dialect == _SQLITE:
        for verb in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{_refusal(table)}'); END"
            )
        # `INSERT OR REPLACE` deletes without telling.
        same = " OR ".join(f"{column} = NEW.{column}" for column in PROTECTED[table])
        yield (
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{_refusal(table)}') WHERE EXISTS (SELECT 1 FROM {table} WHERE {same}); END"
        )
        if table == EVENTS:
            yield (
                "CREATE TRIGGER events_in_order BEFORE INSERT ON events BEGIN "
                "SELECT RAISE(ABORT, 'an event follows the last one') "
                "WHERE NEW.id <> coalesce((SELECT max(id) FROM events), 0) + 1 "
                "OR NEW.previous <> coalesce((SELECT hash FROM events ORDER BY id DESC LIMIT 1), NEW.previous); END"
            )
        return
    # 23514 is what a violated rule of a table is called, as it is in SQLite.
    yield (
        f"CREATE FUNCTION {table}_only_grow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{_refusal(table)}' USING ERRCODE = '23514'; END $$"
    )
    yield (
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_only_grow()"
    )
    yield (
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_only_grow()"
    )
    yield (
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_only_grow()"
    )
    if table == EVENTS:
        yield (
            "CREATE FUNCTION events_follow() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE last events%ROWTYPE; BEGIN "
            "SELECT * INTO last FROM events ORDER BY id DESC LIMIT 1; "
            "IF NEW.id <> coalesce(last.id, 0) + 1 OR NEW.previous <> coalesce(last.hash, NEW.previous) THEN "
            "RAISE EXCEPTION 'an event follows the last one' USING ERRCODE = '23514'; END IF; RETURN NEW; END $$"
        )
        yield "CREATE TRIGGER events_in_order BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION events_follow()"


def missing(db: Session) -> list[str]:
    """Return the triggers that ought to be there and are not, or are switched off."""
    dialect = db.get_bind().dialect.name
    wanted = [f"{table}_{what}" for table in PROTECTED for what in _TRIGGERS[dialect]] + ["events_in_order"]
    found = set(db.scalars(text(_LOOK[dialect])))
    return [name for name in wanted if name not in found]


_TRIGGERS = {
    _SQLITE: ("no_update", "no_delete", "no_replace"),
    _POSTGRESQL: ("no_update", "no_delete", "no_truncate"),
}
_LOOK = {
    _SQLITE: "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    _POSTGRESQL: "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A') "
    f"AND tgrelid IN ({', '.join(f'to_regclass({one!r})' for one in PROTECTED)})",
}


def _refusal(table: str) -> str:
    return f"{table} are only ever added to"
