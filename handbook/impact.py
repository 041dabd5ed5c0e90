"""What does a change of the sources change for staff: provisions, positions, answers, courses, and who is due again?"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from typing import Any

from handbook.courses import course_data
from handbook.library import Library, Trust
from quiz.courses import Course, canonical
from quiz.impact import ChangedAnswer, changed_answers

NOBODY, ASKED, EVERYBODY = "nobody", "asked", "everybody"
# What a course says with all else; these have parts of the report to themselves.
_TOLD_APART = frozenset({"trust", "digest", "positions", "provisions", "scenarios"})

type Change = tuple[Any, Any]


@dataclass(frozen=True)
class ProvisionChange:
    """A provision that was `added` or `removed`, or whose `duty`, `text` or both differ; each is (before, after)."""

    id: str
    changes: tuple[str, ...]
    duty: Change
    text: Change


@dataclass(frozen=True)
class PositionChange:
    """A row of a position that was `added`, `removed` or `changed`, with what it says as (before, after) by key.

    `row` counts from 1, where the row stands now, or stood if it is gone. A position that is or was silent has the
    table `silent`.
    """

    decision: str
    table: str
    row: int
    change: str
    keys: Mapping[str, Change]


@dataclass(frozen=True)
class TrustImpact:
    """What changes for one trust.

    `digests` are those of its course, `settings` what the course requires, as (before, after). `due` is `nobody`,
    `asked` (whoever was asked one of `variants`) or `everybody`; `conclusion` says it in a sentence.
    """

    trust: str
    name: str
    provisions: tuple[ProvisionChange, ...]
    positions: tuple[PositionChange, ...]
    answers: tuple[ChangedAnswer, ...]
    digests: Change
    settings: Mapping[str, Change]
    due: str
    variants: tuple[str, ...]
    conclusion: str

    @property
    def course_changed(self) -> bool:
        """Whether the course is another one in any respect."""
        return bool(self.digests[0] != self.digests[1])


@dataclass(frozen=True)
class Impact:
    """What changes for each trust both sides have; trusts and scenarios only one side has; scenarios that differ."""

    trusts: tuple[TrustImpact, ...]
    trusts_added: tuple[str, ...]
    trusts_removed: tuple[str, ...]
    scenarios_added: tuple[str, ...]
    scenarios_removed: tuple[str, ...]
    scenarios_changed: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return all of it as JSON has it, with the fields' own names."""
        return asdict(self)


def impact(old: Library, new: Library) -> Impact:
    """Return what changes from one state of the sources to another, decided by today's engine."""
    return Impact(
        trusts=tuple(_of_trust(old, new, trust) for trust in new.trusts if trust in old.trusts),
        trusts_added=_only(new.trusts, old.trusts),
        trusts_removed=_only(old.trusts, new.trusts),
        scenarios_added=_only(new.scenarios, old.scenarios),
        scenarios_removed=_only(old.scenarios, new.scenarios),
        scenarios_changed=tuple(
            slug for slug, one in new.scenarios.items() if slug in old.scenarios and one != old.scenarios[slug]
        ),
    )


def _only(here: Mapping[str, object], there: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(one for one in here if one not in there)


def _of_trust(old: Library, new: Library, trust: str) -> TrustImpact:
    before, after = course_data(old, trust), course_data(new, trust)
    answers = changed_answers(Course(before), Course(after))
    settings = {name: pair for name, pair in _keys(before, after).items() if name not in _TOLD_APART}
    due, variants, conclusion = _due(answers, before["training_version"], after["training_version"])
    return TrustImpact(
        trust=trust,
        name=new.trusts[trust].name,
        provisions=tuple(_provisions(old.trusts[trust], new.trusts[trust])),
        positions=tuple(_positions(before["positions"], after["positions"])),
        answers=answers,
        digests=(before["digest"], after["digest"]),
        settings=settings,
        due=due,
        variants=variants,
        conclusion=conclusion,
    )


def _due(answers: tuple[ChangedAnswer, ...], old_version: int, new_version: int) -> tuple[str, tuple[str, ...], str]:
    """Return who is due again, the variants that make them so, and a sentence."""
    critical = tuple(one.variant for one in answers if one.critical)
    asked = tuple(one.variant for one in answers if one.asked or one.critical)
    if new_version > old_version:
        says = f"Everybody is due again: the training version is raised from {old_version} to {new_version}."
        return EVERYBODY, asked, says
    if critical:
        which = ", ".join(dict.fromkeys(one.scenario for one in answers if one.critical))
        return EVERYBODY, asked, f"Everybody is due again: answers change in critical situations ({which})."
    if asked:
        count = "the question whose answer changes" if len(asked) == 1 else f"one of {len(asked)} changed questions"
        return ASKED, asked, f"Due again is only whoever was asked {count} when they passed: {', '.join(asked)}."
    return NOBODY, (), "Nobody is due again: no required answer changes."


def _provisions(old: Trust, new: Trust) -> Iterator[ProvisionChange]:
    before, after = old.provisions, new.provisions
    for ref in dict.fromkeys([*after, *before]):
        then, now = before.get(ref), after.get(ref)
        duty, text = ((getattr(then, name, None), getattr(now, name, None)) for name in ("duty", "text"))
        if then is None or now is None:
            yield ProvisionChange(f"{new.id}/{ref}", ("added" if now else "removed",), duty, text)
        else:
            changes = tuple(name for name, pair in (("duty", duty), ("text", text)) if pair[0] != pair[1])
            if changes:
                yield ProvisionChange(now.id, changes, duty, text)


def _positions(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[PositionChange]:
    for decision in dict.fromkeys([*new, *old]):
        before, after = old.get(decision, {}), new.get(decision, {})
        for table in dict.fromkeys([*after, *before]):
            for change, row, keys in _rows(_as_rows(before.get(table)), _as_rows(after.get(table))):
                yield PositionChange(decision, table, row, change, keys)


def _as_rows(table: Any) -> list[Mapping[str, Any]]:
    """Return a table's rows; the reason of a silent position counts as one."""
    if table is None:
        return []
    return [{"reason": table}] if isinstance(table, str) else list(table)


def _rows(old: list[Mapping[str, Any]], new: list[Mapping[str, Any]]) -> Iterator[tuple[str, int, dict[str, Change]]]:
    """Yield each row that differs: what happened to it, its number, and what its keys said before and say now."""
    matched = SequenceMatcher(None, [canonical(one) for one in old], [canonical(one) for one in new], autojunk=False)
    for kind, old_from, old_to, new_from, new_to in matched.get_opcodes():
        if kind == "equal":
            continue
        both = min(old_to - old_from, new_to - new_from)
        for place in range(both):
            yield "changed", new_from + place + 1, _keys(old[old_from + place], new[new_from + place])
        for place in range(old_from + both, old_to):
            yield "removed", place + 1, _keys(old[place], {})
        for place in range(new_from + both, new_to):
            yield "added", place + 1, _keys({}, new[place])


def _keys(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Change]:
    names = dict.fromkeys([*new, *old])
    return {name: (old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)}
