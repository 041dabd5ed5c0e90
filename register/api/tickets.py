"""POST /api/tickets: start the training; POST /api/tickets/check: may it be carried on?"""

import secrets
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from register import limits, tickets
from register.api.errors import FAILURES
from register.courses import CourseUnknown
from register.desk import AtDesk
from register.doorway import AVisitor, api_call, count
from register.refusals import Refused

router = APIRouter(responses=FAILURES)


class Start(BaseModel):
    """Whose training to start, and if the page knows it, the version it shows."""

    trust: Annotated[str, Field(max_length=100)]
    course_digest: Annotated[str | None, Field(max_length=100)] = None


class Issued(BaseModel):
    """A ticket; `seed` draws the questions."""

    ticket: str
    seed: str
    course_digest: str
    expires_at: datetime


@router.post("/api/tickets", status_code=201, dependencies=[Depends(api_call)])
def start(given: Start, visitor: AVisitor, desk: AtDesk) -> Issued:
    """Issue a ticket for the training of the person's own trust."""
    if given.trust != visitor.person.trust_id:
        if given.trust not in desk.shelf.trusts():
            raise CourseUnknown
        raise Refused(403, "trust-foreign", "This is the training of another trust. Open your own from My training.")
    course = desk.shelf.current(given.trust)
    if given.course_digest not in (None, course.data["digest"]):
        raise Refused(409, "course-changed", "The training has changed. Load the page again for the new questions.")
    if not course.is_training:
        raise Refused(409, "no-training", "Your trust has no training yet. Your manager knows when there is one.")
    token = secrets.token_urlsafe(32)
    with desk.database.writing() as db:
        count(db, desk, limits.STARTING, str(visitor.person.id))
        ticket = tickets.issue(db, desk.now, visitor.person, course, token, secrets.token_hex(16))
    return Issued(ticket=token, seed=ticket.seed, course_digest=ticket.course_digest, expires_at=ticket.expires_at)


class Begun(BaseModel):
    """A training that was begun: its ticket, and the version it was begun with."""

    ticket: Annotated[str, Field(max_length=200)]
    course_digest: Annotated[str, Field(max_length=100)]


class Stands(BaseModel):
    """The ticket still stands."""

    expires_at: datetime


@router.post("/api/tickets/check", dependencies=[Depends(api_call)])
def check(given: Begun, visitor: AVisitor, desk: AtDesk) -> Stands:
    """Say whether the person may carry on with a ticket; refused as its answers would be, and nothing is changed."""
    current = desk.shelf.current(visitor.person.trust_id).data["digest"]
    with desk.database.reading() as db:
        ticket, used = tickets.find(db, given.ticket, visitor.person)
        if used:
            raise Refused(409, "ticket-used", "The answers to this training are recorded already.")
        tickets.check_current(ticket, desk.now, given.course_digest, current)
    return Stands(expires_at=ticket.expires_at)
