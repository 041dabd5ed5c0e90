"""What somebody can do who owns the database: take the triggers away, and change what they guarded."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from register.append_only import PROTECTED


def unlock(db: Session) -> None:
    """Take away every trigger that guards the evidence."""
    if db.get_bind().dialect.name == "sqlite":
        triggers = db.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
        for name in triggers:
            db.execute(text(f"DROP TRIGGER {name}"))
        return
    for table in PROTECTED:
        db.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))


def lock(db: Session, triggers: list[str]) -> None:
    """Put the triggers back as they were, so that nothing but the change itself shows."""
    for statement in triggers:
        db.execute(text(statement))


def guards(db: Session) -> list[str]:
    """Return the statements that put the triggers back."""
    if db.get_bind().dialect.name == "sqlite":
        return list(db.execute(text("SELECT sql FROM sqlite_master WHERE type = 'trigger'")).scalars())
    return [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in PROTECTED]
