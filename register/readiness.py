"""Can this register take requests now?"""

from sqlalchemy.exc import SQLAlchemyError

from register.database import Database, newest_shape, shape


def trouble(database: Database) -> str | None:
    """Return what keeps it from working, None if nothing does."""
    try:
        with database.engine.connect() as connection:
            found = shape(connection)
    except SQLAlchemyError:
        return "the database does not answer"
    return None if found == newest_shape() else "the database has another shape: run `clearpost migrate`"
