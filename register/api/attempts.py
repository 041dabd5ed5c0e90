"""POST /api/attempts: send the answers of a finished training."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, Field

from register import certificates, submissions
from register.api.errors import FAILURES
from register.api.me import Done, done
from register.desk import AtDesk
from register.doorway import AVisitor, api_call, unhurried
from register.numbers import Numbers
from register.submissions import Sent

router = APIRouter(responses=FAILURES)

MOST_ANSWERS, MOST_SECTIONS = 400, 400
Short = Annotated[str, Field(max_length=200)]


class Answer(BaseModel):
    """One answer: the question's id and the key of the option chosen."""

    question: Short
    chosen: Short


class Answers(BaseModel):
    """All answers of an attempt, in the order asked, and the ids of the sections confirmed to have been read.

    An attempt that passes is recorded only with every section of its course; one that does not needs none.
    """

    ticket: Short
    course_digest: Short
    answers: Annotated[list[Answer], Field(max_length=MOST_ANSWERS)]
    confirmed: Annotated[list[Short], Field(max_length=MOST_SECTIONS)] = []


class Graded(BaseModel):
    """What is on record now.

    The receipt number, the result the register found, the completion it brought, and where its certificate is printed.
    """

    attempt: str
    result: dict[str, Any]
    completion: Done | None
    certificate: str | None


@router.post(
    "/api/attempts", status_code=201, response_model=Graded, dependencies=[Depends(api_call), Depends(unhurried)]
)
def send(given: Answers, visitor: AVisitor, desk: AtDesk) -> Response:
    """Grade the answers and record the attempt; the same sent again returns the first result with 200."""
    answers = [{"question": one.question, "chosen": one.chosen} for one in given.answers]
    sent = Sent(given.ticket, given.course_digest, answers, frozenset(given.confirmed))
    current = desk.shelf.current(visitor.person.trust_id).data["digest"]
    kept = submissions.submit(desk.database, desk.clock, visitor.person, sent, current, Numbers.new())
    answer = Graded(
        attempt=kept.attempt.receipt,
        result=kept.attempt.result,
        completion=done(kept.completion) if kept.completion else None,
        certificate=certificates.place_of(kept.attempt.receipt) if kept.completion else None,
    )
    # Put into words here: the framework would have yet another thread do it.
    return Response(answer.model_dump_json(), 201 if kept.new else 200, media_type="application/json")
