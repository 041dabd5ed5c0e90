"""`clearpost people`: take over a staff list, and give the roles that nobody could give before there is one."""

import json
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.facts import ROLES
from quiz.nearest import choices, suggestion
from register import appointments, schools, staff_lists
from register import people as staff
from register.days import day_of, in_words, utc_now
from register.people import Person
from register.scope import Post
from register.staff_import import oneroster
from register.staff_import.columns import FIELDS
from register.staff_import.dry_run import Handed, dry_run
from register.staff_import.plan import Plan
from register.staff_import.tables import Unreadable
from register.staff_import.taking_over import take_over
from register.staff_import.titles import folded
from register.staff_lists import Understanding
from register.trusts import Trust
from scripts.terminal import PROJECT, Data, records, refuse, settings_of

# Of each kind printed; the rest is counted.
SHOWN = 20

people = typer.Typer(no_args_is_help=True, help="Who is on the staff list, and what they may do here.")

TrustId = Annotated[str, typer.Option("--trust", help="The trust's id, such as cockburn.")]


@people.command("import")
def take(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV, .xlsx, or OneRoster 1.2 (.zip or a folder).")],
    trust: TrustId,
    apply: Annotated[
        bool, typer.Option("--apply", help="Take it over; without this, only say what it would do.")
    ] = False,
    whole: Annotated[
        bool, typer.Option("--whole", help="Whoever is missing, of the schools and kinds it names, has left.")
    ] = False,
    everyone_is: Annotated[str | None, typer.Option("--everyone-is", help="The role of all on it.")] = None,
    column: Annotated[
        list[str] | None, typer.Option("--column", help="Which column is what, such as email=Contact; remembered.")
    ] = None,
    title: Annotated[
        list[str] | None, typer.Option("--title", help="What a job title means, such as Guru=teacher; remembered.")
    ] = None,
    data: Data = PROJECT / "var",
) -> None:
    """Say who a staff list makes new, changed, moved, back or gone, and what is wrong with it, by row.

    With --apply it is taken over whole; exit 1 if it cannot be. Columns and titles are remembered with --apply.
    """
    said = _understanding(column or [], title or [])
    if everyone_is is not None and everyone_is not in ROLES:
        refuse(f"there is no role {everyone_is!r}{suggestion(everyone_is, ROLES)}")
    handed = _handed(file)
    now = utc_now()
    with records(settings_of(data)) as database, database.writing() as db:
        _check_trust(db, trust)
        known = staff_lists.understanding(db, trust)
        both = Understanding({**known.columns, **said.columns}, {**known.titles, **said.titles})
        try:
            plan = dry_run(db, now, trust, handed, both, whole=whole, everyone_is=everyone_is).plan
        except Unreadable as unreadable:
            refuse(f"{file}: {unreadable}")
        for line in in_sentences(plan):
            print(line)
        if apply and plan.ready:
            _take_over(db, now, trust, plan, handed, both)
    if apply and plan.ready:
        print("All of it was taken over.")
    if not plan.ready:
        refuse("nothing was taken over: put right what is named above, then repeat it", status=1)


@people.command()
def appoint(
    email: Annotated[str, typer.Argument(help="The person's address on the staff list.")],
    role: Annotated[str, typer.Argument(help="trust-admin, manager, approver or auditor.")],
    trust: TrustId,
    school: Annotated[str | None, typer.Option("--school", help="For this school only.")] = None,
    approval: Annotated[
        str | None, typer.Option("--approval", help="Which agreement an approver can give, such as headteacher.")
    ] = None,
    data: Data = PROJECT / "var",
) -> None:
    """Give a person a role. The first trust administrator of a trust can be made nowhere else."""
    now = utc_now()
    with records(settings_of(data)) as database, database.writing() as db:
        _check_trust(db, trust)
        person = _person(db, trust, email)
        if person.has_left(day_of(now)):
            refuse(f"{person.name} has left; take them back first")
        try:
            post = Post(role, None if school is None else _school(db, trust, school), approval)
            appointments.appoint(db, now, None, person, post)
        except ValueError as wrong:
            refuse(str(wrong))
        name = person.name
    print(f"{name} is {role}{f' ({approval})' if approval else ''} of {school or 'the whole trust'}.")


def in_sentences(plan: Plan) -> Iterator[str]:
    """Yield what a plan would change, a line at a time, what is wrong first."""
    yield from _some([f"row {one.row}: {one.says}" if one.row else one.says for one in plan.problems])
    yield from _some([
        f"title “{title}” ({count}): say with --title what it means" for title, count in plan.unknown_titles.items()
    ])  # fmt: skip
    yield from _some([f"note: {one}" for one in plan.notes])
    yield from _some([f"new school: {name}" for name in plan.new_schools])
    yield from _some([f"new: {one.name}, {one.role}, {_at(one.schools or ())} (row {one.row})" for one in plan.new])
    changed = [
        (one.person.name, ", ".join(f"{field} {old} → {new}" for field, old, new in one.changes))
        for one in plan.changed
    ]
    yield from _some([f"changed: {name}: {what}" for name, what in changed])
    moved = [(one.line.name, _at(one.person.schools), _at(one.line.schools or ())) for one in plan.moved]
    yield from _some([f"moved: {name}: {before} → {after}" for name, before, after in moved])
    yield from _some([f"back: {one.line.name}" for one in plan.back])
    yield from _some([f"gone: {one.person.name}, from {in_words(one.on)}" for one in plan.gone])
    counts = ", ".join(f"{count} {kind}" for kind, count in plan.counts.items())
    problems = len(plan.problems) + len(plan.unknown_titles)
    yield f"{counts}, {plan.same} as before; {problems} problem{'s' * (problems != 1)}"


def _take_over(db: Session, now: datetime, trust: str, plan: Plan, handed: Handed, said: Understanding) -> None:
    staff_lists.remember(db, trust, said)
    if plan.changes_anything:
        take_over(db, now, None, trust, plan, _digest(handed))


def _understanding(columns: list[str], titles: list[str]) -> Understanding:
    fields, roles = dict(map(_pair, columns)), dict(map(_pair, titles))
    for field in fields:
        if field not in FIELDS:
            refuse(f"there is no field {field!r}{suggestion(field, FIELDS)}")
    for role in roles.values():
        if role not in ROLES:
            refuse(f"there is no role {role!r}{suggestion(role, ROLES)}")
    return Understanding(fields, {folded(title): role for title, role in roles.items()})


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name or not value:
        refuse(f"{text!r} has to look like name=value")
    return name, value


def _digest(handed: Handed) -> str:
    if isinstance(handed, bytes):
        return sha256(handed).hexdigest()
    each = {name: sha256(content).hexdigest() for name, content in sorted(handed.items())}
    return sha256(json.dumps(each).encode()).hexdigest()


def _handed(file: Path) -> Handed:
    try:
        if not file.is_dir():
            return file.read_bytes()
        found = {name: (file / name).read_bytes() for name in oneroster.FILES if (file / name).is_file()}
    except OSError as error:
        refuse(f"{file} cannot be read: {error.strerror}")
    if not oneroster.is_oneroster(list(found)):
        refuse(f"{file} has no users.csv: name a OneRoster folder, or a file")
    return found


def _check_trust(db: Session, trust: str) -> None:
    known = db.scalars(select(Trust.id)).all()
    if trust not in known:
        refuse(f"there is no trust {trust!r}{choices(trust, known)}")


def _person(db: Session, trust: str, email: str) -> Person:
    found = [one for one in staff.with_email(db, email) if one.trust_id == trust]
    if not found:
        refuse(f"nobody of {trust} has the address {email}; take over a staff list first")
    return found[0]


def _school(db: Session, trust: str, name: str) -> int:
    known = {schools.folded(one.name): one for one in schools.of_trust(db, trust).values()}
    if schools.folded(name) not in known:
        refuse(f"there is no school {name!r}{suggestion(name, (one.name for one in known.values()))}")
    return known[schools.folded(name)].id


def _at(several: tuple[str, ...]) -> str:
    return ", ".join(several) or "the trust itself"


def _some(lines: list[str]) -> Iterator[str]:
    yield from lines[:SHOWN]
    if len(lines) > SHOWN:
        yield f"… and {len(lines) - SHOWN} more like these"
