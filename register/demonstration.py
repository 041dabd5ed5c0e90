"""Whom can a visitor try the register as? People who are plainly made up, in every trust."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from register import accounts, appointments, links, people, schools, trusts
from register.courses import Shelf
from register.database import Database
from register.people import STAFF, Person
from register.scope import APPROVER, AUDITOR, MANAGER, TRUST_ADMIN, Post
from register.settings import Settings
from register.trusts import Trust

SCHOOLS = ("Demo School 1", "Demo School 2")


@dataclass(frozen=True)
class Part:
    """Somebody of the cast; who works in no school is of the trust itself, and `of_school` says where a role counts."""

    name: str
    role: str
    schools: tuple[str, ...] = ()
    access: str = STAFF
    of_school: str | None = None
    approval: str | None = None


CAST = (
    Part("Demo Teacher One", "teacher", ("Demo School 1",)),
    Part("Demo Teacher Two", "teacher", ("Demo School 2",)),
    Part("Demo Office Three", "support-staff", ("Demo School 1",)),
    Part("Demo Headteacher Four", "headteacher", ("Demo School 1",), APPROVER, "Demo School 1", "headteacher"),
    Part("Demo Governor Five", "governor", ("Demo School 2",)),
    Part("Demo Teacher Six", "teacher", SCHOOLS),
    Part("Demo Volunteer Seven", "volunteer", ("Demo School 2",)),
    Part("Demo Manager", "trust-officer", access=MANAGER),
    Part("Demo School Manager", "school-leader", ("Demo School 2",), MANAGER, "Demo School 2"),
    Part("Demo Trust Administrator", "trust-officer", access=TRUST_ADMIN),
    Part("Demo Auditor", "trustee", access=AUDITOR),
)
# Platform, handle, kind, purpose, school.
ACCOUNTS = (
    ("x", "@demoschool1", "school-official", "News of Demo School 1 for families.", "Demo School 1"),
    ("facebook", "Demo Trust", "trust-official", "News of the whole trust.", None),
)


@dataclass(frozen=True)
class DemoPerson:
    """Somebody to sign in as; `path` is a fresh link within the site, `access` staff or their role here."""

    trust: str
    trust_name: str
    name: str
    access: str
    path: str


def make_people(
    session: Session, now: datetime, new_token: Callable[[], str] = lambda: secrets.token_urlsafe(32)
) -> list[DemoPerson]:
    """Return the demonstration people of every enrolled trust with fresh links; whoever exists is not made again."""
    return [
        _with_link(session, now, trust, person, part, new_token())
        for trust in session.scalars(select(Trust).order_by(Trust.id)).all()
        for part, person in _cast(session, now, trust)
    ]


def prepare(settings: Settings, now: datetime) -> list[DemoPerson]:
    """Enrol the trusts of the built site and return their demonstration people; the database has to be migrated."""
    database = Database.at(settings)
    try:
        with database.writing() as db:
            trusts.enrol(db, Shelf(settings.site).names())
            return make_people(db, now)
    finally:
        database.engine.dispose()


def _cast(db: Session, now: datetime, trust: Trust) -> list[tuple[Part, Person]]:
    ids = {name: schools.school(db, now, None, trust.id, name).id for name in SCHOOLS}
    cast = [(part, _person(db, now, trust, ids, part)) for part in CAST]
    for platform, handle, kind, purpose, school in ACCOUNTS:
        accounts.add_account(
            db,
            now,
            None,
            trust_id=trust.id,
            school_id=ids.get(school or ""),
            platform=platform,
            handle=handle,
            kind=kind,
            purpose=purpose,
        )
    return cast


def _person(db: Session, now: datetime, trust: Trust, ids: Mapping[str, int], part: Part) -> Person:
    email = f"{part.name.casefold().replace(' ', '.')}@{trust.id}.example.org"
    known = [one for one in people.with_email(db, email) if one.trust_id == trust.id]
    person = (
        known[0]
        if known
        else people.add_person(
            db,
            now,
            trust_id=trust.id,
            school_ids=[ids[one] for one in part.schools],
            name=part.name,
            first_name=part.name,
            email=email,
            role=part.role,
        )
    )
    if part.access != STAFF:
        post = Post(part.access, ids.get(part.of_school or ""), part.approval)
        appointments.appoint(db, now, None, person, post)
    return person


def _with_link(db: Session, now: datetime, trust: Trust, person: Person, part: Part, token: str) -> DemoPerson:
    links.make_link(db, now, None, person.id, token)
    return DemoPerson(trust.id, trust.name, person.name, part.access, links.path_of(token))
