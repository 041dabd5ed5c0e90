"""What does every process that serves carry in memory, though few requests need it?"""

import subprocess
import sys

from alembic.script import ScriptDirectory

from register.database import MIGRATIONS, newest_shape

SELDOM_NEEDED = ("alembic", "authlib", "icalendar", "joserfc", "requests")


def test_what_serves_loads_nothing_that_only_some_requests_or_commands_need() -> None:
    asked = f"import sys, register.app; print([one for one in {SELDOM_NEEDED} if one in sys.modules])"
    found = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True)
    assert found.stdout.strip() == "[]"


def test_the_newest_shape_of_the_database_is_the_one_the_last_migration_makes() -> None:
    assert newest_shape() == ScriptDirectory(str(MIGRATIONS)).get_current_head()
