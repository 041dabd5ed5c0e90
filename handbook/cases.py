"""In which cases are trusts compared? For every decision a list of situations that is the same for all of them.

All situations are too many to decide (`publish-post` has a hundred thousand million). These are tried: every
combination of what says which kind of case it is, as far as there is room, with all else in order; for each value of
the decision's first choice, all in order but one thing; and all in order but one thing and with nothing asked for or
agreed yet, where there is anything to be asked for.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, product

from quiz.decisions.decision import Decision
from quiz.facts import Choice, Choices, Fact, FactValue, Flag, Number
from quiz.positions import Position
from quiz.relevance import told_apart

type Facts = Mapping[str, FactValue]
type Values = Mapping[str, list[FactValue]]

# So many combinations of kinds at most: a decision's cases stay a few hundred, however many facts it has.
MOST_COMBINED = 48


def in_order(decision: Decision, positions: Iterable[Position]) -> dict[str, FactValue]:
    """Return the situation in which nothing speaks against it: of every fact the value furthest from the cautious one.

    Of a number that is one a position tells apart, if any does: nobody is 120 years old. A choice has no good and bad
    value: it takes its first that is not assumed.
    """
    known = list(positions)
    return {fact.name: _best(fact, known) for fact in decision.facts}


def cases(decision: Decision, positions: Iterable[Position]) -> list[Facts]:
    """Return the situations to compare, each once, the plainest first; `positions` say which values matter."""
    known = list(positions)
    best = in_order(decision, known)
    values = _values(decision, known, best)
    first = next((fact.name for fact in decision.facts if isinstance(fact, Choice)), None)
    kinds = [{**best, first: value} for value in values[first]] if first else [best]
    tried = chain(
        _combinations(decision, best, values),
        *(_all_but_one(decision, one, values) for one in (*kinds, _nothing_agreed(decision, best))),
    )
    found = {tuple(one.values()): one for one in tried}
    return sorted(found.values(), key=lambda one: sum(one[name] != value for name, value in best.items()))


def _best(fact: Fact, positions: list[Position]) -> FactValue:
    match fact:
        case Flag():
            return not fact.default
        case Number():
            most = max(fact.least, fact.most, key=lambda one: abs(one - fact.default))
            apart = _apart(fact, positions) - {fact.least, fact.most}
            return min(apart, key=lambda one: abs(one - most), default=most)
        case Choice():
            return next((one for one in fact.values if one != fact.default), fact.default)
        case Choices():
            return frozenset(fact.values) - fact.default


def _values(decision: Decision, positions: list[Position], best: Facts) -> Values:
    """Return the values of every fact worth trying, of a set its members."""
    named = {word for one in positions for word in _named(one)}
    return {fact.name: _worth_trying(fact, positions, named, best[fact.name]) for fact in decision.facts}


def _worth_trying(fact: Fact, positions: list[Position], named: set[object], best: FactValue) -> list[FactValue]:
    """Return a number's values that a position tells apart; else those one names, the best, and one that none names."""
    if isinstance(fact, Number):
        return sorted(_apart(fact, positions), key=lambda one: (one != best, one))
    values: tuple[FactValue, ...] = (True, False) if isinstance(fact, Flag) else fact.values
    unnamed = [] if isinstance(fact, Flag) else [one for one in values if one not in named and one != best]
    return [one for one in values if one not in unnamed[1:]]


def _apart(fact: Number, positions: list[Position]) -> set[int]:
    return {value for one in positions for value in told_apart(fact, one) if isinstance(value, int)}


def _named(position: Position) -> Iterator[object]:
    for rows in position.tables.values():
        for row in rows:
            yield from (value for values in row.when.values() for value in values)
            yield from (word for words in row.fields.values() for word in words)


def _nothing_agreed(decision: Decision, best: Facts) -> Facts:
    """Return the situation in which all is in order, but nothing has been asked for or agreed yet."""
    wanted = [fact.name for fact in decision.facts if isinstance(fact, Choices) and not fact.default]
    return {**best, **dict.fromkeys(wanted, frozenset[str]())}


def _combinations(decision: Decision, start: Facts, values: Values) -> Iterator[Facts]:
    combined = _combined(decision, values)
    for chosen in product(*(values[name] for name in combined)):
        yield {**start, **dict(zip(combined, chosen, strict=True))}


def _all_but_one(decision: Decision, start: Facts, values: Values) -> Iterator[Facts]:
    """Yield the situation, and every one that differs from it in one thing."""
    yield start
    for fact in decision.facts:
        yield from ({**start, fact.name: one} for one in _deviations(fact, start, values[fact.name]))


def _combined(decision: Decision, values: Values) -> list[str]:
    """Return the facts all of whose values are combined: choices first, then numbers, then what is so or is not."""
    names: list[str] = []
    size = 1
    for kind in (Choice, Number, Flag):
        for fact in decision.facts:
            if isinstance(fact, kind) and size * len(values[fact.name]) <= MOST_COMBINED:
                names.append(fact.name)
                size *= len(values[fact.name])
    return names


def _deviations(fact: Fact, start: Facts, values: list[FactValue]) -> Iterator[FactValue]:
    """Yield the values of a fact; of a set those with one member more or less."""
    members = start[fact.name]
    for value in values:
        yield members ^ {str(value)} if isinstance(members, frozenset) else value
