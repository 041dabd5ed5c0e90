"""POST /api/play, /api/another: ask and grade where a browser cannot run the quiz itself; nothing is recorded."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from quiz.attempts import NotAsked
from quiz.attempts import another as practised
from quiz.attempts import play as played
from quiz.courses import Course
from register.api.attempts import MOST_ANSWERS, Answer, Short
from register.api.errors import FAILURES
from register.desk import AtDesk
from register.doorway import api_call, unhurried
from register.refusals import Refused

router = APIRouter(responses=FAILURES, dependencies=[Depends(unhurried)])


class Play(BaseModel):
    """Whose training, in which version, drawn by which seed; and the answers so far, in the order asked."""

    trust: Short
    course_digest: Short
    seed: Short
    answers: Annotated[list[Answer], Field(max_length=MOST_ANSWERS)]


class Practice(Play):
    """The answers so far, of which the last is wrong, and those to similar questions since."""

    tried: Annotated[list[Answer], Field(max_length=MOST_ANSWERS)]


class State(BaseModel):
    """The next question or the result, and what follows from the last answer: what `quiz.engine.play` returns."""

    asked: int
    total: int
    question: dict[str, Any] | None
    feedback: dict[str, Any] | None
    similar: dict[str, Any] | None
    result: dict[str, Any] | None


class Practised(BaseModel):
    """The feedback on the last try, and the next to try: what `quiz.engine.another` returns."""

    feedback: dict[str, Any] | None
    similar: dict[str, Any] | None


@router.post("/api/play", dependencies=[Depends(api_call)])
def play(given: Play, desk: AtDesk) -> State:
    """Return the state after some answers; anybody may ask, as anybody may practise."""
    course, answers = _course(given, desk), _plain(given.answers)
    return State(**_answered(lambda: played(course, given.seed, answers)))


@router.post("/api/another", dependencies=[Depends(api_call)])
def another(given: Practice, desk: AtDesk) -> Practised:
    """Return how practice after a wrong answer goes on; it counts for nobody."""
    course, answers, tried = _course(given, desk), _plain(given.answers), _plain(given.tried)
    return Practised(**_answered(lambda: practised(course, given.seed, answers, tried)))


def _course(given: Play, desk: AtDesk) -> Course:
    """Return the course the page teaches; raise Refused if it is no longer in force."""
    course = desk.shelf.current(given.trust)
    if given.course_digest != course.data["digest"]:
        raise Refused(409, "course-changed", "The training has changed since you opened it. Start again.")
    return course


def _plain(answers: list[Answer]) -> list[dict[str, Any]]:
    return [one.model_dump() for one in answers]


def _answered(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    try:
        return work()
    except NotAsked as error:
        raise Refused(422, "not-asked", f"{error} Start the training again.") from error
