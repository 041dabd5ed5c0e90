"""How does a command name the register it is about, open its records, and refuse?"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from register.database import Database, DatabaseUnusable, check_shape
from register.services import SettingsWrong
from register.settings import Settings

PROJECT = Path(__file__).resolve().parent.parent
Data = Annotated[Path, typer.Option("--data", help="The folder for the register's database and secrets.")]


def settings_of(data: Path, site: Path = PROJECT / "site", base_url: str = "http://127.0.0.1:8000") -> Settings:
    """Return the settings of the register in a folder; ends the command if they cannot be understood."""
    try:
        return Settings.from_environment(data, site, base_url, os.environ)
    except SettingsWrong as wrong:
        refuse(str(wrong), status=1)


@contextmanager
def records(settings: Settings) -> Iterator[Database]:
    """Give a register's records, which have to be there already; ends the command if they are not."""
    try:
        check_shape(settings)
    except DatabaseUnusable as unusable:
        refuse(str(unusable), status=1)
    database = Database.at(settings)
    try:
        yield database
    finally:
        database.engine.dispose()


def refuse(message: str, status: int = 2) -> NoReturn:
    """End the command with a message in one line."""
    print(f"clearpost: {message}", file=sys.stderr)
    raise typer.Exit(status)
