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


def test_whoever_looks_after_the_processes_that_serve_loads_neither_the_register_nor_its_database() -> None:
    asked = (
        "import sys, scripts.serving; print([one for one in sys.modules if one.startswith(('register', 'sqlalchemy'))])"
    )
    found = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True)
    assert found.stdout.strip() == "['register', 'register.logs']"


def test_the_newest_shape_of_the_database_is_the_one_the_last_migration_makes() -> None:
    assert newest_shape() == ScriptDirectory(str(MIGRATIONS)).get_current_head()
