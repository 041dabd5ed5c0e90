"""`clearpost backup`, `restore` and `move`: the records a second time, back again, or in another database."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from sqlalchemy.exc import DatabaseError

from register import backups
from register.database import DatabaseUnusable
from register.days import utc_now
from register.transfer import NotCopied
from scripts.evidence import Noted, read_head
from scripts.terminal import PROJECT, Data, refuse, settings_of

TROUBLES = (NotCopied, DatabaseUnusable, DatabaseError)


def backup(
    file: Annotated[Path, typer.Argument(help="The file to write; a day in its name keeps backups apart.")],
    data: Data = PROJECT / "var",
    noted: Noted = None,
) -> None:
    """Write a verified backup of the records to one file, while the register runs.

    The register's secrets and settings are files of their own in the data folder: keep those too.
    """
    try:
        head = backups.backup(settings_of(data), file, read_head(noted))
    except TROUBLES as trouble:
        _say(trouble)
    print(f"{file} holds all records, and was verified. It holds personal data: keep it as safe as the register.")
    print(f"Head: {head}")


def restore(
    file: Annotated[Path, typer.Argument(help="A backup.")],
    data: Data = PROJECT / "var",
    noted: Noted = None,
) -> None:
    """Bring a backup back; the register has to be stopped. The records it replaces are set aside, not deleted."""
    settings = settings_of(data)
    try:
        restored = backups.restore(settings, file, utc_now(), read_head(noted))
    except TROUBLES as trouble:
        _say(trouble)
    if restored.before:
        print(f"The records before are in {restored.before} now. Delete it once all is well: it holds personal data.")
        print(f"{restored.erased_again} people were erased again, who had been erased since the backup.")
    else:
        print("Erase again whose data were erased since the backup: `clearpost subject erase`.")
    print(f"{restored.copied.rows} records are restored and were verified.")
    print(f"Head: {restored.copied.head}")


def move(data: Data = PROJECT / "var") -> None:
    """Copy the records from the file in the data folder to the PostgreSQL database that DATABASE_URL names.

    The register has to be stopped, and the database empty. It proves that both logs have the same head, and sets the
    file aside.
    """
    target = settings_of(data)
    if target.on_sqlite:
        refuse("DATABASE_URL does not say where to; set it to the address of an empty PostgreSQL database")
    try:
        copied, aside = backups.move_away(replace(target, database_url=None), target, utc_now())
    except TROUBLES as trouble:
        _say(trouble)
    print(f"{copied.rows} records are in PostgreSQL now; both logs have the same head.")
    print(f"Head: {copied.head}")
    print(f"Start the register with the same DATABASE_URL. The file is {aside} now: delete it once all is well.")


def _say(trouble: Exception) -> NoReturn:
    cause = trouble.orig if isinstance(trouble, DatabaseError) else trouble
    refuse(f"{str(cause).splitlines()[0]}", status=1)
