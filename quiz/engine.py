"""The door to the quiz for the browser and the register: JSON text in, JSON text out."""

import json

from quiz import attempts, collation, consultation, receipts, staff_lists
from quiz.courses import canonical, read_course
from quiz.feedback import explained


def play(course_json: str, seed: str, answers_json: str) -> str:
    """Return the state of an attempt after some answers (see `quiz.attempts.play`); `[]` asks the first question.

    Raises NotAsked if the answers are not to the questions of this attempt.
    """
    return canonical(attempts.play(read_course(course_json), seed, json.loads(answers_json)))


def another(course_json: str, seed: str, answers_json: str, tried_json: str) -> str:
    """Return how practice after a wrong answer goes on (see `quiz.attempts.another`).

    Raises NotAsked if the answers are not to the questions of this attempt, or to others than those offered.
    """
    course = read_course(course_json)
    return canonical(attempts.another(course, seed, json.loads(answers_json), json.loads(tried_json)))


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


def receipt(course_json: str, seed: str, finished_json: str) -> str:
    """Return the text of the receipt for a finished attempt (see `quiz.receipts.receipt`); raises NotCounted.

    What was finished holds `answers`, `confirmed`, `finished_at` and `name`.
    """
    done = json.loads(finished_json)
    course = read_course(course_json)
    return receipts.receipt(course, seed, done["answers"], done["confirmed"], done["finished_at"], done["name"])


def grade_receipt(course_json: str, receipt_text: str) -> str:
    """Return what a receipt is worth (see `quiz.receipts.grade`) to whoever manages the trust of this course."""
    course = read_course(course_json)
    return canonical(receipts.grade({course.trust: course}, receipt_text))


def collate(graded_json: str, staff_list: str, today: str) -> str:
    """Return the list of who has finished and who is missing (see `quiz.collation.collate`).

    `[[file, graded], …]` are receipts with what `grade_receipt` returned; the staff list is the text of a CSV file, or
    empty if there is none.
    """
    staff = staff_lists.read(staff_list) if staff_list else None
    return canonical(collation.collate(json.loads(graded_json), staff, today).as_json())
