"""A ruling in words for the person who asked: what to do, why, and which provisions say so.

What has to be known stands in three sentences at most: one or two on what to do, and the words of the provision that
decides. All the rest a ruling holds is `further`, `provisions` and `note`, to be opened by whoever wants to know more.
"""

from collections.abc import Iterable
from typing import Any

from quiz.courses import Course
from quiz.decisions import DECISIONS
from quiz.rulings import HEADLINES, NOT_COVERED, Ruling, Step

# For a decision that asks what there is to do.
TASK_HEADLINES = {
    **HEADLINES,
    "allowed": "Nothing is overdue",
    "advised-against": "There is something you should do",
    "allowed-if": "There is something you have to do",
}
_GO_ON = {
    "allowed": "You can go ahead.",
    "advised-against": "Better not as things stand.",
    "forbidden": "Do not go ahead.",
    "ask-first": "Ask before you go ahead.",
}
# How the sentences on conditions begin.
GO_AHEAD_ONCE = "Go ahead once"
ALSO_NEEDED = "It also needs this:"
_MOST_TO_DO = 2
_ALL_THE_SAME = frozenset({"ask-for-device", "block", "instead"})
# How the words of a duty that has been met are brought in.
_MET = {
    "must": "What the policy asks for is there:",
    "should": "What the policy asks for is there:",
    "must-not": "Nothing here goes against this:",
    "should-not": "Nothing here goes against this:",
    "process": "This is how it is settled:",
}


def explained(course: Course, ruling: Ruling) -> dict[str, Any]:
    """Return a ruling in words.

    `headline`, `says` (what to do, then why: three sentences at most), `deciding` (the provision that decides, or
    None), `further` (what else there is to do), `provisions` (all it rests on, most decisive first) and `note`.
    """
    first = first_to_do(course, ruling)
    return {
        "headline": headline(ruling),
        "says": [*first, *why(course, ruling)],
        "deciding": provision(course, ruling.because[0]) if ruling.because else None,
        "further": [one for one in to_do(course, ruling) if one not in first],
        "provisions": [provision(course, one) for one in cited(ruling)],
        "note": ruling.note if ruling.because or ruling.note != _first_sentence(ruling.note or "") else None,
    }


def headline(ruling: Ruling) -> str:
    """Return the ruling in a few words."""
    return (TASK_HEADLINES if DECISIONS[ruling.decision].task else HEADLINES)[ruling.verdict]


def first_to_do(course: Course, ruling: Ruling) -> list[str]:
    """Return the one or two things to do that come first.

    Where something is forbidden, what would help to do it is no advice: only what is due all the same stands there.
    """
    if ruling.verdict != "forbidden":
        return to_do(course, ruling)[:_MOST_TO_DO]
    due = [one for one in ruling.steps if one.key.startswith("tell-") or one.key in _ALL_THE_SAME]
    return [_GO_ON[ruling.verdict], *(_step(course, one) for one in due)][:_MOST_TO_DO]


def to_do(course: Course, ruling: Ruling) -> list[str]:
    """Return what to do, what matters most first; a condition is told by the step that meets it where there is one."""
    steps = [_step(course, one) for one in ruling.steps]
    if ruling.verdict == NOT_COVERED:
        return [_whom_to_ask(course, ruling), *steps]
    if DECISIONS[ruling.decision].task and (steps or ruling.verdict == "allowed"):
        return steps or ["There is nothing more to do."]
    by_step = {one.provision for one in ruling.steps}
    unmet = [_clause(one.says) for one in ruling.unmet if one.provision not in by_step]
    if ruling.verdict == "allowed-if":
        return [*([f"{GO_AHEAD_ONCE} {' and '.join(unmet)}."] if unmet else []), *steps]
    needed = [f"{ALSO_NEEDED} {' and '.join(unmet)}."] if unmet else []
    if ruling.verdict == "ask-first" and steps:
        return [steps[0], *needed, *steps[1:]]
    return [_GO_ON[ruling.verdict], *needed, *steps]


def why(course: Course, ruling: Ruling) -> list[str]:
    """Return why a ruling is as it is, in one sentence: the words of the provision that decides, or what is missing."""
    if not ruling.because:
        return [_first_sentence(ruling.note or "The policy has no rule for this.")]
    words = str(course.data["provisions"][ruling.because[0]]["text"])
    begins = _MET.get(_met_duty(course, ruling) or "")
    if begins:
        return [f"{begins} {_quoted(words)}"]
    # A point of a list is not a sentence of its own.
    return [words if words[:1].isupper() else f"The policy's words are: {_quoted(words)}"]


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


def _met_duty(course: Course, ruling: Ruling) -> str | None:
    """Return the duty of the deciding provision if it has been met: its words read like a bar where there is none."""
    decides = ruling.because[0]
    if ruling.verdict != "allowed" or decides in {one.provision for one in ruling.steps}:
        return None
    return str(course.data["provisions"][decides]["duty"])


def _quoted(words: str) -> str:
    return f"“{words.replace('“', '‘').replace('”', '’')}”"


def _first_sentence(words: str) -> str:
    first, end, _ = words.partition(". ")
    return f"{first}." if end else words


def _clause(sentence: str) -> str:
    """Return a condition as a part of a sentence."""
    return sentence[:1].lower() + sentence[1:].removesuffix(".")


def _step(course: Course, step: Step) -> str:
    """Return what a step wants, with whom and when in brackets unless its own words say so."""
    about = [course.role_name(step.to)] if step.to else []
    about = [one for one in [*about, step.by] if one and one.casefold() not in step.does.casefold()]
    if not about:
        return step.does
    does, semicolon, rest = step.does.partition(";")
    return f"{does.removesuffix('.')} ({', '.join(about)}){semicolon}{rest or '.'}"


def _whom_to_ask(course: Course, ruling: Ruling) -> str:
    """Return whom to ask where the policy is silent: whom it names for doubts, or else a senior leader."""
    named = [course.role_name(role) for role, _ in _advice(ruling)]
    if named:
        return f"Ask the {named[0]}, whom the policy names for doubts."
    return DECISIONS[ruling.decision].if_silent


def _advice(ruling: Ruling) -> list[tuple[str, str]]:
    """Return whom to ask and the provision that says so, where the policy gives no answer itself."""
    return [ruling.advice] if ruling.advice and ruling.verdict == NOT_COVERED else []
