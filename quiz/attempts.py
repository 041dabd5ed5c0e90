"""One person's run through a course: what is asked next, whether an answer is right and why, and the result.

Everything follows from the course, the seed and the answers given so far, so that the register can grade again what
the browser graded, and an old attempt can be explained years later.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quiz.courses import Course, shuffled
from quiz.feedback import explained, reread
from quiz.questions import Variant


class NotAsked(ValueError):
    """Answers that do not belong to the questions of this attempt; the message is fit to show."""


@dataclass(frozen=True)
class Asked:
    """One question of an attempt; `again` where it returns as a variant of one answered wrongly."""

    variant: Variant
    again: bool


@dataclass(frozen=True)
class Answered:
    """A question with the answer given."""

    asked: Asked
    chosen: str
    right: bool


def play(course: Course, seed: str, answers: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the state of an attempt: the next question or the result, and the feedback on the last answer.

    Raises NotAsked if the answers are not those of this attempt's questions, in their order.
    """
    queue = [Asked(variant, again=False) for variant in course.paper(seed)]
    given: list[Answered] = []
    for answer in answers:
        if len(given) == len(queue):
            raise NotAsked(f"There are {len(answers)} answers, but only {len(queue)} questions were asked.")
        asked = queue[len(given)]
        given.append(_answered(course, asked, answer, len(given) + 1))
        if not given[-1].right and not asked.again:
            queue.append(Asked(course.other_variant(asked.variant, seed), again=True))
    done = len(given) == len(queue)
    return {
        "asked": len(given) if done else len(given) + 1,
        "total": len(queue),
        "question": None if done else _question(queue[len(given)], seed, len(given)),
        "feedback": _feedback(course, given[-1]) if given else None,
        "result": result(course, given) if done else None,
    }


def _answered(course: Course, asked: Asked, answer: Mapping[str, Any], number: int) -> Answered:
    variant = asked.variant
    if answer.get("question") != variant.id:
        raise NotAsked(f"Answer {number} is to a question that was not asked there.")
    chosen = answer.get("chosen")
    if chosen not in {key for key, _, _ in variant.options}:
        raise NotAsked(f"Answer {number} chooses an option the question does not have.")
    return Answered(asked, str(chosen), chosen in variant.right(course.ruling_on(variant)))


def _question(asked: Asked, seed: str, number: int) -> dict[str, Any]:
    """Return a question as the page shows it; the opening has one order of options, whatever the seed."""
    variant = asked.variant
    keys = shuffled([key for key, _, _ in variant.options], seed if number else "", variant.id)
    texts = {key: text for key, text, _ in variant.options}
    return {
        "id": variant.id,
        "scenario": variant.scenario,
        "story": variant.story,
        "asks": variant.asks,
        "options": [{"key": key, "text": texts[key]} for key in keys],
        "again": asked.again,
    }


def _feedback(course: Course, answered: Answered) -> dict[str, Any]:
    variant = answered.asked.variant
    ruling = course.ruling_on(variant)
    texts = {key: text for key, text, _ in variant.options}
    return {
        "question": variant.id,
        "right": answered.right,
        "chosen": texts[answered.chosen],
        "right_option": texts[variant.right(ruling)[0]],
        **explained(course, ruling),
    }


def result(course: Course, given: Sequence[Answered]) -> dict[str, Any]:
    """Return the result of a finished attempt.

    The score is the share of questions right at the first asking, in percent, rounded down. To pass, it has to reach
    the pass mark, and every critical scenario has to be right in the end.
    """
    first = [one for one in given if not one.asked.again]
    right = sum(one.right for one in first)
    score = 100 * right // len(first)
    last = {one.asked.variant.scenario: one for one in given}
    critical_right = all(one.right for slug, one in last.items() if course.critical(slug))
    return {
        "passed": score >= course.data["pass_mark"] and critical_right,
        "critical_right": critical_right,
        "score": score,
        "pass_mark": course.data["pass_mark"],
        "right": right,
        "of": len(first),
        "topics": _by_topic(course, first),
        "reread": reread(course, [course.ruling_on(one.asked.variant) for one in given if not one.right]),
    }


def _by_topic(course: Course, first: Sequence[Answered]) -> list[dict[str, Any]]:
    topics: dict[str, list[bool]] = {}
    for one in first:
        for topic in course.topics(one.asked.variant.scenario):
            topics.setdefault(topic, []).append(one.right)
    return [
        {
            "topic": topic,
            "label": course.data["topics"][topic],
            "right": sum(rights),
            "of": len(rights),
            "url": f"/handbook/topics/{topic}/",
        }
        for topic, rights in sorted(topics.items())
    ]
