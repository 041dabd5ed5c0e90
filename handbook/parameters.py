"""Does every parameter matter? Each is changed in turn, and some question of the trust has to be answered differently.

A parameter is a row of a position, and everything the row says: a condition or a bound (taken away), a field (taken
away, or given another value), a citation (taken away where there are several), a note (taken away). A single value in a
list is a finer parameter, and counted apart.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handbook.library import Library
from quiz.courses import Course
from quiz.decisions import DECISIONS
from quiz.positions import BOUNDS, Field, Position, Table, listed, read_position
from quiz.questions import Variant
from quiz.rulings import Ruling

type Row = Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """One change of one parameter: where it stands, what was done; `value` if only one value of a list changed.

    `noticed` says whether it changes the ruling of at least one question.
    """

    trust: str
    decision: str
    table: str
    row: int
    what: str
    value: bool
    noticed: bool

    def __str__(self) -> str:
        """Return where it stands and what was done; rows count from 1."""
        return f"{self.trust}, {self.decision}, {self.table} {self.row}: {self.what}"


@dataclass(frozen=True)
class _Asked:
    """The questions on one decision of one trust, and how they are answered today."""

    course: Course
    decision: str
    duties: Mapping[str, str]
    questions: Sequence[tuple[Variant, Ruling]]

    def notices(self, position: Mapping[str, Any]) -> bool:
        """Say whether any question is answered differently under another position."""
        decision = DECISIONS[self.decision]
        changed = read_position(self.course.trust, position, decision.tables, self.duties)
        return any(self._differs(changed, variant, ruling) for variant, ruling in self.questions)

    def _differs(self, changed: Position, variant: Variant, ruling: Ruling) -> bool:
        try:
            return DECISIONS[self.decision].decide(changed, variant.facts, self.course.advice) != ruling
        except (LookupError, ValueError):
            # Without this parameter the row cannot even be applied to the question.
            return True


def changes(library: Library, course: Course) -> Iterator[Change]:
    """Yield every change of every parameter of a trust's positions."""
    trust = library.trusts[course.trust]
    duties = {one.id: one.duty for one in trust.provisions.values()}
    refs = tuple(trust.provisions)
    for decision, position in trust.positions.items():
        asked = _Asked(course, decision, duties, _questions(course, decision))
        for table in DECISIONS[decision].tables:
            rows = position.get(table.name, ())
            for place, row in enumerate(rows):
                for what, value, changed in _changed(row, table, refs):
                    others = [*rows[:place], *changed, *rows[place + 1 :]]
                    noticed = asked.notices({**position, table.name: others})
                    yield Change(trust.id, decision, table.name, place + 1, what, value, noticed)


def _questions(course: Course, decision: str) -> list[tuple[Variant, Ruling]]:
    return [
        (variant, course.ruling_on(variant))
        for variant in course.variants.values()
        if course.data["scenarios"][variant.scenario]["decision"] == decision
    ]


def _changed(row: Row, table: Table, refs: Sequence[str]) -> Iterator[tuple[str, bool, list[Row]]]:
    """Yield what is changed, whether that is one value of a list, and the row as it is then; none without the row."""
    yield "without the row", False, []
    for name, given in row.items():
        field = table.fields.get(name)
        values = listed(given)
        if name == "cites":
            if len(values) > 1:
                for ref in values:
                    yield f"without the citation {ref}", False, [_with(row, name, [x for x in values if x != ref])]
            continue
        if field is None or field.optional:
            yield f"without {name}", False, [_without(row, name)]
        if field is None and name.rpartition("_")[2] in BOUNDS:
            yield f"{name} {given + 1}", False, [_with(row, name, given + 1)]
            yield f"{name} {given - 1}", False, [_with(row, name, given - 1)]
        elif len(values) > 1:
            for one in values:
                yield f"{name} without {one}", True, [_with(row, name, [x for x in values if x != one])]
        elif field:
            yield f"another {name}", False, [_with(row, name, _other(values[0], field, refs))]


def _without(row: Row, name: str) -> Row:
    return {key: value for key, value in row.items() if key != name}


def _with(row: Row, name: str, value: object) -> Row:
    return {**row, name: value}


def _other(value: Any, field: Field, refs: Sequence[str]) -> Any:
    """Return another value that the field could have."""
    if field.kind == "number":
        return int(value) + 1
    if field.kind == "ref":
        return next(ref for ref in refs if ref != value)
    return next((one for one in field.values if one != value), f"{value} (changed)")


def tally(several: Sequence[Change], which: Callable[[Change], bool]) -> tuple[int, int]:
    """Return how many of some changes are noticed, and how many there are."""
    chosen = [one for one in several if which(one)]
    return sum(one.noticed for one in chosen), len(chosen)
