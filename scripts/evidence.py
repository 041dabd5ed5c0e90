"""`clearpost audit`, `subject` and `retention`: what is evidence, whose data they are, and how long they stay."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

import register.audit
from quiz.nearest import choices
from register import erasure, events, people, retention, subject_export
from register.chain import Head
from register.days import day_of, utc_now
from register.desk import wording
from register.people import Person
from register.trusts import Trust
from scripts.terminal import PROJECT, Data, records, refuse, settings_of

audit = typer.Typer(no_args_is_help=True, help="Prove that nothing on record was changed.")
subject = typer.Typer(no_args_is_help=True, help="What a person can ask for: all that is held on them, or its erasure.")
retain = typer.Typer(no_args_is_help=True, help="How long each trust keeps personal data.")

TrustId = Annotated[str, typer.Option("--trust", help="The trust's id, such as cockburn.")]
Email = Annotated[str, typer.Option("--email", help="The person's address on the staff list.")]
Noted = Annotated[
    str | None, typer.Option("--head", help="The head of the log as it was noted before, such as 17:5f3c….")
]


class AskedBy(StrEnum):
    """Who wants data erased."""

    PERSON = erasure.PERSON
    TRUST = erasure.TRUST


@audit.command()
def verify(data: Data = PROJECT / "var", noted: Noted = None) -> None:
    """Walk the whole log, compare the records with it, and name the first break; exit 1 if there is one.

    Note the head it prints somewhere else. Given later with --head, it shows whether the log was cut or written anew.
    """
    with records(settings_of(data)) as database, database.reading() as db:
        found = register.audit.verify(db, read_head(noted))
    if found.found:
        refuse(f"the log is broken: {found.found.says}", status=1)
    print(f"{found.head.number} events: none was changed, and the records are what the events say.")
    print(f"Head: {found.head}")


@audit.command()
def head(data: Data = PROJECT / "var") -> None:
    """Print where the log ends now, to be noted somewhere else."""
    with records(settings_of(data)) as database, database.reading() as db:
        print(events.head(db))


@subject.command()
def export(
    trust: TrustId,
    email: Email,
    to: Annotated[Path, typer.Option("--to", help="The folder for the two files.")],
    data: Data = PROJECT / "var",
) -> None:
    """Write all that is held on a person: one page to read, and the same as JSON."""
    now = utc_now()
    with records(settings_of(data)) as database, database.writing() as db:
        person = _person(db, trust, email)
        exported = subject_export.export(db, now, None, person)
        texts = {".html": subject_export.as_page(db, exported, wording()), ".json": subject_export.as_json(exported)}
        name = subject_export.file_name(person.id, now)
        for ending, text in texts.items():
            _write(to / f"{name}{ending}", text)
    print(f"{to / name}.html and .json hold all that is on record about {exported['of']}. Hand them over safely.")


@subject.command()
def erase(
    trust: TrustId,
    email: Email,
    asked_by: Annotated[AskedBy, typer.Option("--asked-by", help="Who wants it.")],
    asked_on: Annotated[
        datetime, typer.Option("--asked-on", formats=["%Y-%m-%d"], help="The day it was asked for, as 2027-03-31.")
    ],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether it is meant.")] = False,
    data: Data = PROJECT / "var",
) -> None:
    """Erase a leaver's name, addresses and traces of signing in; what they have passed stays under a bare number."""
    with records(settings_of(data)) as database:
        with database.reading() as db:
            name = _person(db, trust, email).name
        if not yes and not typer.confirm(f"Erase the data of {name}? This cannot be undone."):
            refuse("nothing was erased", status=1)
        try:
            with database.writing() as db:
                person = _person(db, trust, email)
                erasure.erase(db, utc_now(), None, person, asked_by=asked_by, asked_on=asked_on.date())
                number = person.id
        except erasure.NotErasable as wrong:
            refuse(str(wrong), status=1)
        database.settle()
    print(f"The data of person {number} are erased. Earlier backups still hold them: delete those in time.")


@retain.command(name="show")
def show_rules(data: Data = PROJECT / "var") -> None:
    """Print how long each trust keeps personal data."""
    with records(settings_of(data)) as database, database.reading() as db:
        for trust_id in db.scalars(select(Trust.id).order_by(Trust.id)):
            print(f"{trust_id}: {_in_words(retention.rule(db, trust_id))}")


@retain.command(name="set")
def set_rule(
    trust: TrustId,
    leavers_months: Annotated[
        int | None, typer.Option(min=0, help="Erase leavers' data so many months after their last day.")
    ] = None,
    sign_ins_days: Annotated[
        int | None, typer.Option(min=0, help="Remove sessions, links and e-mails so many days after they ended.")
    ] = None,
    data: Data = PROJECT / "var",
) -> None:
    """Record what a trust has decided; what is left out is kept as long as the register."""
    with records(settings_of(data)) as database, database.writing() as db:
        _known(db, trust)
        retention.set_rule(db, utc_now(), None, trust, leavers_months=leavers_months, sign_ins_days=sign_ins_days)
        print(f"{trust}: {_in_words(retention.rule(db, trust))}")


@retain.command(name="run")
def run_rules(
    today: Annotated[
        datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="Do what falls due on this day, not today.")
    ] = None,
    data: Data = PROJECT / "var",
) -> None:
    """Dispose of what the trusts' rules keep no longer, and of unfinished staff lists; run it every night."""
    now = utc_now()
    if today is not None and today.date() > day_of(now):
        refuse(f"{today:%Y-%m-%d} has not come yet: nothing is disposed of before its time")
    moment = now if today is None else now - (day_of(now) - today.date())
    with records(settings_of(data)) as database:
        with database.writing() as db:
            done = retention.run(db, moment)
            ruled = any(retention.rule(db, one.trust_id) for one in done)
        database.settle()
    for one in done:
        print(
            f"{one.trust_id}: leavers erased: {one.people}; traces of signing in removed: {one.sign_ins}; "
            f"unfinished staff lists emptied: {one.staff_lists}."
        )
    if not ruled:
        print("No trust has a rule yet, so nothing else was disposed of. Set one with `clearpost retention set`.")


def read_head(written: str | None) -> Head | None:
    """Return the head somebody gave; ends the command if it is none."""
    try:
        return None if written is None else Head.read(written)
    except ValueError as error:
        refuse(str(error))


def _in_words(rule: retention.RetentionRule | None) -> str:
    def kept(what: str, length: int | None, unit: str) -> str:
        return f"{what} as long as the register" if length is None else f"{what} {length} {unit}"

    if rule is None:
        return "no rule, so everything is kept as long as the register."
    leavers = kept("leavers' data are kept", rule.leavers_months, "months after their last day")
    return f"{leavers}, {kept('traces of signing in', rule.sign_ins_days, 'days after they ended')}."


def _known(db: Session, trust_id: str) -> None:
    known = db.scalars(select(Trust.id)).all()
    if trust_id not in known:
        refuse(f"there is no trust {trust_id!r}{choices(trust_id, known)}")


def _person(db: Session, trust_id: str, email: str) -> Person:
    _known(db, trust_id)
    found = next((one for one in people.with_email(db, email) if one.trust_id == trust_id), None)
    return found or refuse(f"nobody at {trust_id} has the address {email}")


def _write(file: Path, text: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        refuse(f"{file} cannot be written: {error.strerror}")
