"""POST /api/play: ask and grade where a browser cannot run the quiz itself; nothing is recorded."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from quiz.attempts import NotAsked
from quiz.attempts import play as played
from register.api.attempts import MOST_ANSWERS, Answer, Short
from register.api.errors import FAILURES
from register.desk import AtDesk
from register.doorway import api_call
from register.refusals import Refused

router = APIRouter(responses=FAILURES)


class Play(BaseModel):
    """Whose training, in which version, drawn by which seed; and the answers so far, in the order asked."""

    trust: Short
    course_digest: Short
    seed: Short
    answers: Annotated[list[Answer], Field(max_length=MOST_ANSWERS)]


class State(BaseModel):
    """The next question or the result, and the feedback on the last answer: what `quiz.engine.play` returns."""

    asked: int
    total: int
    question: dict[str, Any] | None
    feedback: dict[str, Any] | None
    result: dict[str, Any] | None


@router.post("/api/play", dependencies=[Depends(api_call)])
def play(given: Play, desk: AtDesk) -> State:
    """Return the state after some answers; anybody may ask, as anybody may practise."""
    course = desk.shelf.current(given.trust)
    if given.course_digest != course.data["digest"]:
        raise Refused(409, "course-changed", "The training has changed since you opened it. Start again.")
    try:
        return State(**played(course, given.seed, [one.model_dump() for one in given.answers]))
    except NotAsked as error:
        raise Refused(422, "not-asked", f"{error} Start the training again.") from error
