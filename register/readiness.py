"""Can this register take requests now?"""

from functools import cache

from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import SQLAlchemyError

from register.database import MIGRATIONS, Database


def trouble(database: Database) -> str | None:
    """Return what keeps it from working, None if nothing does."""
    try:
        with database.engine.connect() as connection:
            shape = MigrationContext.configure(connection).get_current_revision()
    except SQLAlchemyError:
        return "the database does not answer"
    return None if shape == newest_shape() else "the database has another shape: run `clearpost migrate`"


@cache
def newest_shape() -> str | None:
    """Return the shape of the database that this code works with."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return ScriptDirectory.from_config(config).get_current_head()
