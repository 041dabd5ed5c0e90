"""What does a person get who asks for all the register holds on them? One page to read, and one file for programs."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from jinja2 import Environment
from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from register import events
from register.days import day_of, in_words, moment_in_words
from register.people import Person
from register.subject_data import HELD, held, logged
from register.tables import tables

# What a number in a column stands for, where that is no secret of somebody else's.
_CALLED = {
    "schools": ("name",),
    "trusts": ("name",),
    "accounts": ("platform", "handle"),
}
_LABELS = {"email": "E-mail", "external_id": "Number in the system staff lists come from"}


class Part(NamedTuple):
    """What one table holds on a person: each of its rows as labels and what stands under them."""

    heading: str
    rows: list[list[tuple[str, str]]]


def export(db: Session, now: datetime, actor_id: int | None, person: Person) -> dict[str, Any]:
    """Return everything held on a person, ready for `as_json` and `as_page`; that it was put together is an event."""
    events.record(db, now, actor_id, "person.exported", {"person": person.id})
    db.flush()
    return gathered(db, now, person)


def gathered(db: Session, now: datetime, person: Person) -> dict[str, Any]:
    """Return everything held on a person, for themselves to look at: that leaves nothing on record."""
    return {
        "of": person.name,
        "trust": _called(db, tables()["trusts"], person.trust_id),
        "made_at": now,
        "held": held(db, person),
        "events": logged(db, person),
    }


def as_json(exported: Mapping[str, Any]) -> str:
    """Return an export as JSON text; days and moments in ISO 8601, in UTC."""
    return json.dumps(exported, indent=2, ensure_ascii=False, default=_plain) + "\n"


def as_page(db: Session, exported: Mapping[str, Any], wording: Environment) -> str:
    """Return an export as one HTML page that needs no other file."""
    return wording.get_template("subject/export.html").render({**exported, "parts": parts(db, exported)})


def parts(db: Session, exported: Mapping[str, Any]) -> list[Part]:
    """Return an export in words, in the order in which people read it."""
    return [
        Part(holding.heading, [_readable(db, tables()[name], row) for row in exported["held"][name]])
        for name, holding in HELD.items()
    ]


def _readable(db: Session, of: Table, row: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [
        (_LABELS.get(name, name.removesuffix("_id").replace("_", " ").capitalize()), _said(db, of, name, value))
        for name, value in row.items()
        if value is not None and not _only_a_number(of, name)
    ]


def _only_a_number(of: Table, column: str) -> bool:
    """Say whether a column refers to something that has no name: programs need it, and readers do not."""
    refers = [one.column.table.name for one in of.c[column].foreign_keys]
    return column == "id" or any(name not in _CALLED for name in refers)


def _said(db: Session, of: Table, column: str, value: object) -> str:
    for reference in of.c[column].foreign_keys:
        if reference.column.table.name in _CALLED:
            return _called(db, reference.column.table, value)
    if isinstance(value, datetime):
        return moment_in_words(value)
    if isinstance(value, date):
        return in_words(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | dict):
        return f"{len(value)} entries, all of them in the JSON file"
    return str(value)


def _called(db: Session, of: Table, key: object) -> str:
    (primary,) = of.primary_key
    row = db.execute(select(*(of.c[name] for name in _CALLED[of.name])).where(primary == key)).one()
    return " ".join(row)


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in an export")


def file_name(person_id: int, now: datetime) -> str:
    """Return what an export's files are called, without their endings; a name in it would be seen in a folder."""
    return f"person-{person_id}-{day_of(now).isoformat()}"
