"""A finished training where there is no register: the file a person sends to the manager, and what it is worth.

A receipt holds the answers, and they are graded again: it proves that these answers pass this course. It does not prove
who gave them, nor when: name and time are what somebody typed and what a device said. The seed is of the person's own
choosing, so that they may try until an easy paper comes. The checksum is no signature: it shows a slip or an edit, and
whoever edits the file with care can make it fit again.
"""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from quiz.attempts import NotAsked, play
from quiz.courses import Course, canonical
from quiz.days import day_of, months_later

FORMAT = "clearpost-receipt-1"
FIELDS = {
    "format": str,
    "trust": str,
    "course_digest": str,
    "training_version": int,
    "seed": str,
    "answers": list,
    "confirmed": list,
    "finished_at": str,
    "name": str,
    "checksum": str,
}
# A real one has about 2,000 characters, a name hardly a hundred.
LONGEST = 100_000
LONGEST_TEXT = 200


class NotCounted(ValueError):
    """A receipt that does not count; the message says why, and is fit to show."""


def receipt(
    course: Course,
    seed: str,
    answers: Sequence[Mapping[str, str]],
    confirmed: Sequence[str],
    finished_at: str,
    name: str,
) -> str:
    """Return the text of a receipt; raises NotCounted for one that would not count.

    `answers` are as `quiz.attempts.play` takes them, `confirmed` are the ids of the sections read, `finished_at` is a
    moment in UTC such as `2026-11-21T16:03:42Z`, `name` is what the staff list calls the person.
    """
    content = {
        "format": FORMAT,
        "trust": course.trust,
        "course_digest": course.data["digest"],
        "training_version": course.data["training_version"],
        "seed": seed,
        "answers": list(answers),
        "confirmed": sorted(confirmed),
        "finished_at": finished_at,
        "name": " ".join(name.split()),
    }
    text = json.dumps({**content, "checksum": checksum(content)}, ensure_ascii=False, indent=1) + "\n"
    graded = grade({course.trust: course}, text)
    if not graded["counted"]:
        raise NotCounted(graded["reason"])
    return text


def checksum(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a receipt's content (all of it but the checksum itself), in hexadecimal."""
    rest = {field: value for field, value in content.items() if field != "checksum"}
    return sha256(canonical(rest).encode("utf-8", "surrogatepass")).hexdigest()


def grade(courses: Mapping[str, Course], text: str) -> dict[str, Any]:
    """Return what a receipt is worth, graded again with its trust's course, one of `courses` by trust.

    `counted`, and if not the `reason`; `name`, `trust` (by name where it is known), `score` in percent, `finished_on`
    and `expires_on` (ISO 8601) and `receipt` (the beginning of the checksum), as far as the file gives them.
    """
    found: dict[str, Any] = dict.fromkeys(("name", "trust", "finished_on", "expires_on", "receipt"), "")
    found["score"] = None
    try:
        content = read(text)
        found["name"] = content["name"]
        found["trust"] = content["trust"]
        found["receipt"] = content["checksum"][:12]
        if content["checksum"] != checksum(content):
            raise NotCounted("The receipt was changed after it was saved. Ask for the file as the training saved it.")
        course = _its_course(courses, content)
        found["trust"] = course.data["name"]
        found["finished_on"] = day_of(content["finished_at"])
        found["expires_on"] = months_later(found["finished_on"], course.data["validity_months"])
        result = _its_result(course, content)
        found["score"] = result["score"]
        _check_passed(course, content, result)
    except NotCounted as reason:
        return {**found, "counted": False, "reason": str(reason)}
    return {**found, "counted": True, "reason": ""}


def read(text: str) -> dict[str, Any]:
    """Return the content of a receipt, every field of its kind and no other; raises NotCounted."""
    try:
        content = json.loads(text) if len(text) <= LONGEST else None
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict) or not str(content.get("format")).startswith("clearpost-receipt-"):
        raise NotCounted("This file is not a receipt. Ask for the file that the training saved.")
    if content["format"] != FORMAT:
        raise NotCounted("This receipt comes from another version of this site. Check it with that version.")
    for field, kind in FIELDS.items():
        if field not in content:
            raise NotCounted(f"The receipt has no {_said(field)}. Ask for the file as the training saved it.")
        if type(content[field]) is not kind or not _in_shape(field, content[field]):
            raise NotCounted(f"The receipt’s {_said(field)} cannot be read. Ask for the file as the training saved it.")
    if content.keys() != FIELDS.keys():
        raise NotCounted("The receipt holds more than a receipt does. Ask for the file as the training saved it.")
    return content


def _in_shape(field: str, value: Any) -> bool:
    match field:
        case "answers":
            return all(isinstance(one, dict) and set(one) == {"question", "chosen"} for one in value) and all(
                _is_text(said) for one in value for said in one.values()
            )
        case "confirmed":
            return all(_is_text(one) for one in value)
        case "finished_at":
            return day_of(value) is not None
        case "training_version":
            return True
        case "name":
            return _is_text(value) and bool(value.strip())
        case _:
            return _is_text(value)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_TEXT and value.isprintable()


def _said(field: str) -> str:
    return field.replace("_", " ")


def _its_course(courses: Mapping[str, Course], content: Mapping[str, Any]) -> Course:
    """Return the course a receipt is for; raises NotCounted if it is not, or no longer, among those given."""
    course = courses.get(content["trust"])
    if course is None:
        ours = ", ".join(str(one.data["name"]) for one in courses.values())
        raise NotCounted(f"The receipt belongs to another trust’s training: {content['trust']}, not {ours}.")
    if content["course_digest"] != course.data["digest"]:
        versions = content["training_version"], course.data["training_version"]
        which = f" (version {versions[0]}, now {versions[1]})" if versions[0] != versions[1] else ""
        raise NotCounted(
            f"The receipt belongs to another course: the training has changed{which}. "
            "Ask for the training again, or check the receipt with the site of that time."
        )
    return course


def _its_result(course: Course, content: Mapping[str, Any]) -> dict[str, Any]:
    if not course.is_training:
        raise NotCounted("There is no training at this trust yet, so nothing can count as passed.")
    try:
        state = play(course, content["seed"], content["answers"])
    except NotAsked as error:
        raise NotCounted(f"{error} These answers do not belong to this training.") from None
    if state["result"] is None:
        left = state["total"] - len(content["answers"])
        raise NotCounted(f"The training is not finished: {left} question{'s' * (left != 1)} without an answer.")
    result: dict[str, Any] = state["result"]
    return result


def _check_passed(course: Course, content: Mapping[str, Any], result: Mapping[str, Any]) -> None:
    if result["score"] < result["pass_mark"]:
        raise NotCounted(f"Not passed: {result['score']}% of the {result['pass_mark']}% needed.")
    if not result["passed"]:
        raise NotCounted("Not passed: a question that has to be right is wrong.")
    unread = [str(one["title"]) for one in course.data["read"] if one["id"] not in content["confirmed"]]
    if unread:
        raise NotCounted(f"Not confirmed as read: {', '.join(unread)}.")
