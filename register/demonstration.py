"""Whom can a visitor try the register as? People who are plainly made up, in every trust."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from register import accounts, links, people, trusts
from register.courses import Shelf
from register.database import Database
from register.people import MANAGER, STAFF, Person
from register.settings import Settings
from register.trusts import Trust

# Name, role, access, school; those of the trust itself have no school.
CAST = (
    ("Demo Teacher One", "teacher", STAFF, "Demo School 1"),
    ("Demo Teacher Two", "teacher", STAFF, "Demo School 2"),
    ("Demo Office Three", "support-staff", STAFF, "Demo School 1"),
    ("Demo Headteacher Four", "headteacher", STAFF, "Demo School 1"),
    ("Demo Governor Five", "governor", STAFF, "Demo School 2"),
    ("Demo Manager", "trust-officer", MANAGER, None),
)
# Platform, handle, kind, purpose, school.
ACCOUNTS = (
    ("x", "@demoschool1", "school-official", "News of Demo School 1 for families.", "Demo School 1"),
    ("facebook", "Demo Trust", "trust-official", "News of the whole trust.", None),
)


@dataclass(frozen=True)
class DemoPerson:
    """Somebody to sign in as; `path` is a fresh link within the site, `access` is staff or manager."""

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
        _with_link(session, now, trust, person, new_token())
        for trust in session.scalars(select(Trust).order_by(Trust.id)).all()
        for person in _cast(session, now, trust)
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


def _cast(db: Session, now: datetime, trust: Trust) -> list[Person]:
    schools = {name: trusts.school(db, trust.id, name).id for name in ("Demo School 1", "Demo School 2")}
    cast = [
        _person(db, now, trust, schools.get(school or ""), name, role, access) for name, role, access, school in CAST
    ]
    for platform, handle, kind, purpose, school in ACCOUNTS:
        accounts.add_account(
            db,
            now,
            None,
            trust_id=trust.id,
            school_id=schools.get(school or ""),
            platform=platform,
            handle=handle,
            kind=kind,
            purpose=purpose,
        )
    return cast


def _person(
    db: Session, now: datetime, trust: Trust, school_id: int | None, name: str, role: str, access: str
) -> Person:
    email = f"{name.casefold().replace(' ', '.')}@{trust.id}.example.org"
    known = [one for one in people.with_email(db, email) if one.trust_id == trust.id]
    if known:
        return known[0]
    return people.add_person(
        db,
        now,
        trust_id=trust.id,
        school_id=school_id,
        name=name,
        first_name=name,
        email=email,
        role=role,
        access=access,
    )


def _with_link(db: Session, now: datetime, trust: Trust, person: Person, token: str) -> DemoPerson:
    links.make_link(db, now, None, person.id, token)
    return DemoPerson(trust.id, trust.name, person.name, person.access, links.path_of(token))
