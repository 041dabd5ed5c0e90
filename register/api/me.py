"""GET /api/me: who is signed in, and is their training current?"""

from datetime import date

from fastapi import APIRouter
from pydantic import BaseModel

from register import completions
from register.api.errors import FAILURES
from register.completions import Completion, Pass
from register.days import day_of
from register.desk import AtDesk
from register.doorway import Anybody

router = APIRouter(responses=FAILURES)


class Who(BaseModel):
    """The person, as far as a page has to know."""

    trust: str
    first_name: str


class Done(BaseModel):
    """A completion that counts."""

    passed_on: date
    expires_on: date
    score: int


class Me(BaseModel):
    """Who is signed in; `person` is null if nobody is, `completion` unless it is current."""

    person: Who | None = None
    completion: Done | None = None


def done(completion: Completion | Pass) -> Done:
    """Return a completion as JSON has it."""
    return Done(passed_on=completion.passed_on, expires_on=completion.expires_on, score=completion.score)


@router.get("/api/me")
def me(visitor: Anybody, desk: AtDesk) -> Me:
    """Return who is signed in; nobody is no error, because the training asks before anybody has to be."""
    if visitor is None:
        return Me()
    person = visitor.person
    with desk.database.reading() as db:
        course = desk.shelf.current(person.trust_id)
        training = completions.trainings(db, course, day_of(desk.now), [person.id])[person.id]
    current = training.completion if training.current else None
    return Me(
        person=Who(trust=person.trust_id, first_name=person.first_name),
        completion=done(current) if current else None,
    )
