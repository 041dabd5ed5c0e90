"""What would this file change? From the bytes handed in to a plan, with nothing written down."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from register import appointments, people, schools
from register.days import day_of
from register.people import Person
from register.scope import Action, Over, Post, Powers, may
from register.staff_import import columns, oneroster
from register.staff_import.lines import Lines, Problem, understood
from register.staff_import.plan import Plan, Present, plan
from register.staff_import.tables import Table, is_zip, read_table, unpacked
from register.staff_lists import Understanding

type Handed = bytes | Mapping[str, bytes]


@dataclass(frozen=True)
class Importer:
    """Who takes the list over: nobody is sent away by it who may do more than they, nor they themselves."""

    person_id: int
    powers: Powers


@dataclass(frozen=True)
class DryRun:
    """What a list would change; a list of columns also says what each column was taken for."""

    plan: Plan
    table: Table | None = None
    columns: Mapping[str, int] | None = None


def dry_run(
    db: Session,
    now: datetime,
    trust_id: str,
    handed: Handed,
    said: Understanding,
    *,
    whole: bool,
    everyone_is: str | None = None,
    importer: Importer | None = None,
) -> DryRun:
    """Return what would change; raises Unreadable for what is no staff list. A folder is handed in as its files."""
    today = day_of(now)
    files = handed if isinstance(handed, Mapping) else _files(handed)
    table, places = None, None
    if files is not None:
        roster = oneroster.roster(files, today)
        lines, whole = roster.lines, whole and roster.bulk
    else:
        assert isinstance(handed, bytes)
        table = read_table(handed)
        places = columns.recognised(table.head.cells, said.columns)
        lines = _lines(table, places, said, everyone_is)
    known = schools.of_trust(db, trust_id)
    names = [one.name for one in known.values()]
    present = _present(db, trust_id, {one.id: one.name for one in known.values()}, importer)
    return DryRun(plan(lines, present, names, today, whole=whole), table, places)


def _files(content: bytes) -> Mapping[str, bytes] | None:
    if not is_zip(content) or not oneroster.is_oneroster(unpacked(content).namelist()):
        return None
    return oneroster.files_in(content)


def _lines(table: Table, places: Mapping[str, int], said: Understanding, everyone_is: str | None) -> Lines:
    missing = columns.missing(places)
    if missing:
        return Lines((), (Problem(f"No column says {' or '.join(missing)}. Say below which it is."),))
    return understood(table, places, said.titles, everyone_is)


def _present(db: Session, trust_id: str, names: Mapping[int, str], importer: Importer | None) -> list[Present]:
    everybody = [one for one in people.of_trust(db, trust_id) if one.erased_at is None]
    works = schools.workplaces_of_trust(db, trust_id)
    roles = appointments.of_trust(db, trust_id)
    return [
        Present(
            one.id,
            one.name,
            one.first_name,
            one.email,
            one.role,
            one.external_id,
            tuple(sorted(names[school] for school in works.get(one.id, ()))),
            one.left_on,
            *_protection(
                one, works.get(one.id, frozenset()), tuple(role.post for role in roles.get(one.id, ())), importer
            ),
        )
        for one in everybody
    ]


def _protection(
    one: Person, works: frozenset[int], posts: tuple[Post, ...], importer: Importer | None
) -> tuple[str | None, bool]:
    """Return why the list cannot make somebody leave, and whether it cannot change them either."""
    if importer is None:
        return None, False
    if one.id == importer.person_id:
        return "this is you.", False
    if may(importer.powers, Action.STAFF, Over(one.trust_id, works, posts)):
        return None, False
    return "a trust administrator has to record it.", True
