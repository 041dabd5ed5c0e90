"""The door to the quiz for the browser and the register: JSON text in, JSON text out."""

import json

from quiz import attempts, consultation
from quiz.courses import canonical, read_course
from quiz.feedback import explained


def play(course_json: str, seed: str, answers_json: str) -> str:
    """Return the state of an attempt after some answers (see `quiz.attempts.play`); `[]` asks the first question.

    Raises NotAsked if the answers are not to the questions of this attempt.
    """
    return canonical(attempts.play(read_course(course_json), seed, json.loads(answers_json)))


def decide(course_json: str, decision: str, facts_json: str) -> str:
    """Return a ruling and its explanation for the trust whose course is given; raises FactError for wrong facts."""
    course = read_course(course_json)
    ruling = course.rule(decision, json.loads(facts_json))
    return canonical({**ruling.as_json(), "explained": explained(course, ruling)})


def consult(course_json: str, decision: str, facts_json: str) -> str:
    """Return what is still to be asked, and what can be said already (see `quiz.consultation.consult`).

    The course is a trust's `positions.json`. Raises FactError for wrong facts.
    """
    return canonical(consultation.consult(read_course(course_json), decision, json.loads(facts_json)))
