"""POST /api/consult: answer *May I…?* where a browser cannot work it out itself; nothing is recorded."""

from functools import lru_cache
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field, StrictBool, StrictInt

from quiz.consultation import consult as consulted
from quiz.courses import Course, read_course
from quiz.decisions import DECISIONS
from quiz.facts import FactError
from quiz.nearest import choices
from quiz.relevance import mattering
from register.api.attempts import Short
from register.api.errors import FAILURES
from register.desk import AtDesk
from register.doorway import api_call, unhurried
from register.refusals import Refused

router = APIRouter(responses=FAILURES, dependencies=[Depends(unhurried)])

MOST_FACTS, MOST_VALUES = 60, 60
# Finding out which facts matter takes longer than the answer, so it is done once for a course and a decision.
COURSES_KEPT = 256
type Value = StrictBool | StrictInt | Short | Annotated[list[Short], Field(max_length=MOST_VALUES)]


class Consult(BaseModel):
    """Of whose policy what is asked, and the facts given so far, by name."""

    trust: Short
    decision: Short
    facts: Annotated[dict[Short, Value], Field(max_length=MOST_FACTS)]


class Consulted(BaseModel):
    """What is still to be asked, and what can be said already: what `quiz.engine.consult` returns."""

    asks: dict[str, list[str]]
    open: list[str]
    settled: bool
    ruling: dict[str, Any]
    in_short: str
    conditions: list[str]
    explained: dict[str, Any]


@router.post("/api/consult", dependencies=[Depends(api_call)])
def consult(given: Consult, desk: AtDesk) -> Consulted:
    """Return what follows from the facts at this trust now; anybody may ask."""
    course = desk.shelf.text(given.trust)
    known = read_course(course).positions
    if given.decision in DECISIONS and given.decision not in known:
        says = "Nobody has worked this out from the trust's policy yet. Until then, ask a senior leader."
        raise Refused(404, "not-yet-answered", says)
    if given.decision not in known:
        says = f"There is no question {given.decision!r}{choices(given.decision, known)}."
        raise Refused(404, "decision-unknown", says)
    try:
        return Consulted(**consulted(_knowing_what_matters(course, given.decision), given.decision, given.facts))
    except FactError as error:
        raise Refused(422, "fact-unknown", f"We could not use what was sent ({error}).") from error


@lru_cache(maxsize=COURSES_KEPT)
def _knowing_what_matters(text: str, decision: str) -> Course:
    """Return a course for one decision, with the facts that matter as its `positions.json` has them."""
    course = read_course(text)
    return Course({**course.data, "matters": {decision: mattering(DECISIONS[decision], course.positions[decision])}})
