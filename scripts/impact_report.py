"""What does the impact of a change look like on the screen?"""

from collections.abc import Iterable, Iterator
from typing import Any

from handbook.impact import Impact, PositionChange, ProvisionChange, TrustImpact
from quiz.impact import Answer, ChangedAnswer


def in_words(found: Impact) -> Iterator[str]:
    """Yield the report, a line at a time: what is common to all, then each trust that changes, the others last."""
    yield from _common(found)
    for trust in found.trusts:
        if trust.course_changed or trust.provisions or trust.positions:
            yield from _trust(trust)
    same = [one.name for one in found.trusts if not (one.course_changed or one.provisions or one.positions)]
    if same:
        yield f"Nothing changes for {', '.join(same)}."


def _common(found: Impact) -> Iterator[str]:
    for what, names in (
        ("Trusts added", found.trusts_added),
        ("Trusts removed", found.trusts_removed),
        ("Scenarios added", found.scenarios_added),
        ("Scenarios removed", found.scenarios_removed),
        ("Scenarios reworded or changed", found.scenarios_changed),
    ):
        if names:
            yield f"{what}: {', '.join(names)}"


def _trust(trust: TrustImpact) -> Iterator[str]:
    yield trust.name
    yield from _part("Provisions", map(_provision, trust.provisions))
    yield from _part("Positions", map(_position, trust.positions))
    yield from _part("Answers", (line for one in trust.answers for line in _answer(one)))
    yield from _part("Course", _course(trust))
    yield f"  {trust.conclusion}"
    yield ""


def _part(title: str, lines: Iterable[str]) -> Iterator[str]:
    listed = list(lines)
    if listed:
        yield f"  {title}"
        yield from (f"    {line}" for line in listed)


def _provision(one: ProvisionChange) -> str:
    if "added" in one.changes or "removed" in one.changes:
        now = one.changes[0] == "added"
        return f"{one.id} {one.changes[0]} ({one.duty[now]}): {one.text[now]}"
    duty = [f"duty {one.duty[0]} -> {one.duty[1]}"] if "duty" in one.changes else []
    text = [f"reworded: {one.text[0]!r} -> {one.text[1]!r}"] if "text" in one.changes else []
    return f"{one.id} {'; '.join([*duty, *text])}"


def _position(one: PositionChange) -> str:
    where = f"{one.decision}: {one.table}" + ("" if one.table == "silent" else f", row {one.row}")
    if one.change == "changed":
        keys = (f"{name} {_value(before)} -> {_value(after)}" for name, (before, after) in one.keys.items())
    else:
        keys = (f"{name} {_value(pair[one.change == 'added'])}" for name, pair in one.keys.items())
    return f"{where} {one.change}: {'; '.join(keys)}"


def _answer(one: ChangedAnswer) -> Iterator[str]:
    marks = [*(["critical"] if one.critical else []), *([] if one.asked else ["not asked before"])]
    yield f"{one.variant}{f' ({", ".join(marks)})' if marks else ''}"
    yield f"  {one.story} {one.asks}"
    yield f"  then: {_right(one.then)}"
    yield f"  now:  {_right(one.now)}"
    for ground in one.grounds:
        yield f"  because of {ground.id}: {ground.says}"


def _right(answer: Answer | None) -> str:
    if answer is None:
        return "unknown: today's engine cannot decide the old position"
    return f"{answer.headline}: {' / '.join(answer.right) or f'(no option) {" ".join(answer.do)}'}"


def _course(trust: TrustImpact) -> Iterator[str]:
    for name, (before, after) in trust.settings.items():
        told = name.replace("_", " ")
        if isinstance(before, dict) and isinstance(after, dict):
            for key in dict.fromkeys([*before, *after]):
                if before.get(key) != after.get(key):
                    yield f"{told}, {key}: {_value(before.get(key))} -> {_value(after.get(key))}"
        else:
            yield f"{told}: {_value(before)} -> {_value(after)}"
    if trust.course_changed:
        yield f"digest: {trust.digests[0][:12]} -> {trust.digests[1][:12]}"


def _value(value: Any) -> str:
    if isinstance(value, list) and all(isinstance(one, dict) and "id" in one for one in value):
        return f"[{', '.join(one['id'] for one in value)}]"
    if isinstance(value, list):
        return f"[{', '.join(map(str, value))}]"
    return "none" if value is None else str(value)
