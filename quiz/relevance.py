"""Which facts does a trust's answer depend on? Only those are worth asking somebody for.

A fact matters if changing it alone changes the ruling in some situation. That is found by trying: the situations in
which a row of the position comes to bear, each fact of theirs changed to every value that could make a difference. Only
a fact that was looked at to find the ruling is changed: of any other the ruling would be the same.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import cast

from quiz.decisions.decision import Decision
from quiz.facts import Choice, Choices, Fact, FactValue, Flag, Number, Situation
from quiz.positions import Position, Row

type Facts = dict[str, FactValue]
type Matters = Mapping[str, tuple[str, ...]]


def mattering(decision: Decision, position: Position) -> Matters:
    """Return the facts that matter for a position, in the decision's order: of a set its members that do, else ()."""
    trial = _Trial(decision, position)
    return _kept((fact, trial.found(fact, trial.bases, _parts(fact))) for fact in decision.facts)


def asked(decision: Decision, position: Position, given: Mapping[str, object], matters: Matters) -> Matters:
    """Return those of the facts that matter which still do, knowing what is given for the facts before them.

    What is asked so changes only below the fact that is answered, and no fact left out could change the answer.
    `matters` is what `mattering` returns. Raises FactError for a fact or a value that does not exist.
    """
    answers = Situation(decision.facts, given)
    trial = _Trial(decision, position)
    settled: Facts = {}
    still: dict[str, tuple[str, ...]] = {}
    for fact in decision.facts:
        if fact.name not in matters:
            continue
        found = trial.found(fact, _once({**base, **settled} for base in trial.bases), _among(fact, matters))
        if found is None:
            continue
        still[fact.name] = found
        if fact.name in given:
            settled[fact.name] = answers[fact.name]
    return still


def told_apart(fact: Flag | Number | Choice, position: Position) -> tuple[FactValue, ...]:
    """Return the values of a fact, but of a number only those a position may tell apart."""
    match fact:
        case Flag():
            return (True, False)
        case Choice():
            return fact.values
        case Number():
            near = {number + step for number in _numbers(position) for step in (-1, 0, 1)}
            return tuple(sorted({fact.least, fact.most, *(one for one in near if fact.least <= one <= fact.most)}))


class _Trial:
    """One position tried out; every ruling is asked for once."""

    def __init__(self, decision: Decision, position: Position) -> None:
        self.decision = decision
        self.position = position
        self.rulings: dict[tuple[FactValue, ...], object] = {}
        self.looked_at: dict[tuple[FactValue, ...], set[str]] = {}

    @cached_property
    def bases(self) -> list[Facts]:
        """The situations to start from."""
        return _once(_bases(self.decision.facts, self.position))

    @cached_property
    def values(self) -> Mapping[str, tuple[FactValue, ...]]:
        """The values to try for every fact that is no set."""
        return {one.name: told_apart(one, self.position) for one in self.decision.facts if not isinstance(one, Choices)}

    def found(self, fact: Fact, bases: list[Facts], parts: tuple[str, ...]) -> tuple[str, ...] | None:
        """Return the parts of a fact that matter somewhere, () if it has none and matters, None if it does not."""
        if not isinstance(fact, Choices):
            return () if self._tells(fact, bases, "") else None
        return tuple(one for one in parts if self._tells(fact, bases, one)) or None

    def _tells(self, fact: Fact, bases: list[Facts], part: str) -> bool:
        return any(
            self._ruling(base) != self._ruling({**base, fact.name: value})
            for base in bases
            if fact.name in self._looked_at(base)
            for value in (self.values[fact.name] if not part else (_toggled(base[fact.name], part),))
        )

    def _ruling(self, facts: Facts) -> object:
        key = tuple(facts.values())
        if key not in self.rulings:
            self.rulings[key] = self._ruled(Situation(self.decision.facts, facts))
        return self.rulings[key]

    def _looked_at(self, base: Facts) -> set[str]:
        """Return the names of the facts that are looked at to find the ruling on a base."""
        key = tuple(base.values())
        if key not in self.looked_at:
            situation = Situation(self.decision.facts, base)
            situation.values = watched = _Watched(base)
            self.rulings[key] = self._ruled(situation)
            self.looked_at[key] = watched.looked_at
        return self.looked_at[key]

    def _ruled(self, situation: Situation) -> object:
        ruling = self.decision.rule_on(situation, self.position)
        return ruling.verdict, ruling.because, ruling.unmet, ruling.steps, ruling.note


class _Watched(dict[str, FactValue]):
    """The values of a situation, and the names of those that were looked at."""

    def __init__(self, values: Facts) -> None:
        super().__init__(values)
        self.looked_at: set[str] = set()

    def __getitem__(self, name: str) -> FactValue:
        self.looked_at.add(name)
        return super().__getitem__(name)


def _bases(facts: tuple[Fact, ...], position: Position) -> Iterator[Facts]:
    """Yield what to start from: nothing known or everything in order, with each row brought to bear on it.

    Either also with every set empty, where one member alone can be seen to make a difference.
    """
    unknown: Facts = {fact.name: fact.default for fact in facts}
    in_order: Facts = {fact.name: _in_order(fact) for fact in facts}
    empty: Facts = {fact.name: frozenset() for fact in facts if isinstance(fact, Choices)}
    for start in _once(one for known in (unknown, in_order) for one in (known, {**known, **empty})):
        yield start
        for row in _rows(position):
            yield from _brought_to_bear(row, start)


def _in_order(fact: Fact) -> FactValue:
    """Return the value furthest from the cautious default; a set stays as it is, its members are taken one by one."""
    match fact:
        case Flag():
            return not fact.default
        case Number():
            return max(fact.least, fact.most, key=lambda one: abs(one - fact.default))
        case Choice():
            return next((one for one in fact.values if one != fact.default), fact.default)
        case Choices():
            return fact.default


def _brought_to_bear(row: Row, start: Facts) -> Iterator[Facts]:
    """Yield the situation with every condition of the row met, in turn by each of the values it would take."""
    bounds = {name: bound - 1 if kind == "below" else bound for name, kind, bound in row.bounds}
    wanted = {name: sorted(cast("frozenset[FactValue]", values), key=str) for name, values in row.when.items()}
    met: Facts = {**start, **bounds, **{name: values[0] for name, values in wanted.items()}}
    yield met
    yield from ({**met, name: value} for name, values in wanted.items() for value in values)


def _numbers(position: Position) -> Iterator[int]:
    for row in _rows(position):
        yield from (bound for _, _, bound in row.bounds)
        yield from (int(word) for words in row.fields.values() for word in words if word.isdecimal())


def _rows(position: Position) -> Iterator[Row]:
    return (row for rows in position.tables.values() for row in rows)


def _toggled(value: FactValue, part: str) -> FactValue:
    """Return a set without the part that is in it, or with the one that is not."""
    return value ^ {part} if isinstance(value, frozenset) else value


def _once(situations: Iterator[Facts]) -> list[Facts]:
    return list({tuple(one.values()): one for one in situations}.values())


def _parts(fact: Fact) -> tuple[str, ...]:
    return fact.values if isinstance(fact, Choices) else ()


def _among(fact: Fact, matters: Matters) -> tuple[str, ...]:
    return tuple(one for one in _parts(fact) if one in matters[fact.name])


def _kept(found: Iterator[tuple[Fact, tuple[str, ...] | None]]) -> Matters:
    return {fact.name: parts for fact, parts in found if parts is not None}
