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

    After a wrong answer `similar` is a question to practise with, if there is one (see `another`).

    Raises NotAsked if the answers are not those of this attempt's questions, in their order.
    """
    return _replayed(course, seed, answers).state()


def another(
    course: Course, seed: str, answers: Sequence[Mapping[str, Any]], tried: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Return what practice after a wrong answer has come to: the feedback on the last try, and the next to try.

    `tried` are the answers to the similar questions since, in their order. They count for nothing, and what the attempt
    asks does not depend on them. `similar` is None once there is no question left that was not asked before.

    Raises NotAsked if the answers are not those of the questions offered.
    """
    attempt = _replayed(course, seed, answers)
    practised: list[Answered] = []
    for answer in tried:
        variant = attempt.similar([one.asked.variant for one in practised])
        if variant is None:
            raise NotAsked(f"There are {len(tried)} answers, but only {len(practised)} similar questions.")
        practised.append(_answered(course, Asked(variant, again=False), answer, len(practised) + 1))
    return {
        "feedback": _feedback(course, practised[-1]) if practised else None,
        "similar": attempt.similar_question([one.asked.variant for one in practised]),
    }


class Attempt:
    """An attempt as far as it has come: `given` are the answers so far, `queue` all questions that will be asked."""

    def __init__(self, course: Course, seed: str) -> None:
        self.course = course
        self.seed = seed
        self.queue = [Asked(variant, again=False) for variant in course.paper(seed)]
        self.given: list[Answered] = []

    @property
    def done(self) -> bool:
        """Whether every question has been answered."""
        return len(self.given) == len(self.queue)

    def answer(self, answer: Mapping[str, Any]) -> None:
        """Take the answer to the next question; raise NotAsked if it is not an answer to that one."""
        asked = self.queue[len(self.given)]
        answered = _answered(self.course, asked, answer, len(self.given) + 1)
        self.given.append(answered)
        if not answered.right and not asked.again:
            self.queue.append(Asked(self.course.other_variant(asked.variant, self.seed), again=True))

    def state(self) -> dict[str, Any]:
        """Return the next question or the result, the feedback on the last answer, and a question similar to it.

        A course of no questions has none of them.
        """
        number = len(self.given)
        return {
            "asked": number if self.done else number + 1,
            "total": len(self.queue),
            "question": None if self.done else _question(self.queue[number], self.seed, number),
            "feedback": _feedback(self.course, self.given[-1]) if self.given else None,
            "similar": self.similar_question([]),
            "result": result(self.course, self.given) if self.given and self.done else None,
        }

    def similar(self, tried: Sequence[Variant]) -> Variant | None:
        """Return a question like the one just answered wrongly that was neither asked nor tried, or None.

        The form in which the scenario returns is spared: it is tried only where there is no other.
        """
        if not self.given or self.given[-1].right:
            return None
        slug = self.given[-1].asked.variant.scenario
        asked = {one.asked.variant.id for one in self.given}
        unseen = [one.id for one in self.course.scenarios[slug] if one.id not in asked]
        to_come = {one.variant.id for one in self.queue[len(self.given) :]}
        spared = [one for one in unseen if one not in to_come] or unseen
        had = {one.id for one in tried}
        left = [one for one in shuffled(spared, self.seed, "similar") if one not in had]
        return self.course.variants[left[0]] if left else None

    def similar_question(self, tried: Sequence[Variant]) -> dict[str, Any] | None:
        """Return that question as the page shows it."""
        variant = self.similar(tried)
        return _question(Asked(variant, again=False), self.seed, len(self.given)) if variant else None


def _replayed(course: Course, seed: str, answers: Sequence[Mapping[str, Any]]) -> Attempt:
    attempt = Attempt(course, seed)
    for answer in answers:
        if attempt.done:
            raise NotAsked(f"There are {len(answers)} answers, but only {len(attempt.given)} questions were asked.")
        attempt.answer(answer)
    return attempt


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
    the pass mark, and everything asked that has to be right has to be so in the end (see `Course.has_to_be_right`).
    """
    first = [one for one in given if not one.asked.again]
    right = sum(one.right for one in first)
    score = 100 * right // len(first)
    last = {one.asked.variant.scenario: one for one in given}
    critical_right = all(one.right for slug, one in last.items() if course.has_to_be_right(slug))
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
