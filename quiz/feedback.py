"""A ruling in words for the person who asked: what to do, and which provisions say so."""

from collections.abc import Iterable
from typing import Any

from quiz.courses import Course
from quiz.rulings import HEADLINES, NOT_COVERED, Ruling, Step


def explained(course: Course, ruling: Ruling) -> dict[str, Any]:
    """Return headline, sentences, provisions (most decisive first) and note of a ruling."""
    return {
        "headline": HEADLINES[ruling.verdict],
        "says": sentences(course, ruling),
        "provisions": [provision(course, one) for one in cited(ruling)],
        "note": ruling.note,
    }


def sentences(course: Course, ruling: Ruling) -> list[str]:
    """Return why a ruling is as it is, in the words of what decides most, and what to do, a sentence each."""
    why = [str(course.data["provisions"][one]["text"]) for one in ruling.because[:1]]
    unmet = [f"Still needed: {one.says}" for one in ruling.unmet]
    steps = [_step(course, one) for one in ruling.steps]
    advice = [f"For doubts the policy names {course.role_name(role)}." for role, _ in _advice(ruling)]
    return [*why, *unmet, *steps, *advice]


def cited(ruling: Ruling) -> tuple[str, ...]:
    """Return every provision a ruling rests on, each once: what decides, then conditions, steps and advice."""
    advice = (provision_id for _, provision_id in _advice(ruling))
    further = [*(one.provision for one in ruling.unmet), *(one.provision for one in ruling.steps), *advice]
    return tuple(dict.fromkeys([*ruling.because, *further]))


def provision(course: Course, provision_id: str) -> dict[str, Any]:
    """Return a provision as pages show it."""
    return {"id": provision_id, **course.data["provisions"][provision_id]}


def reread(course: Course, rulings: Iterable[Ruling]) -> list[dict[str, Any]]:
    """Return the provisions to read again, each once."""
    return [provision(course, one) for one in dict.fromkeys(one for ruling in rulings for one in cited(ruling))]


def _step(course: Course, step: Step) -> str:
    whom = f" Whom to ask: {course.role_name(step.to)}." if step.to else ""
    when = f" By when: {step.by}." if step.by else ""
    return f"{step.does}{whom}{when}"


def _advice(ruling: Ruling) -> list[tuple[str, str]]:
    """Return whom to ask and the provision that says so, where the policy gives no answer itself."""
    return [ruling.advice] if ruling.advice and ruling.verdict == NOT_COVERED else []
