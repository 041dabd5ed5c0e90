"""What one trust says on one decision: values and rows, each with the provisions it rests on.

A position is data (`policy_src/<trust>/positions.yml`). Its strength is not written down: it is the duty of the
provisions it cites, so that changing a "must" into a "should" in the policy changes every answer that rests on it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from operator import ge, le, lt
from typing import Any

from quiz.facts import Situation

_STRENGTH = {"should-not": "advised-against", "should": "advised-against"}


@dataclass(frozen=True)
class Cites:
    """The provisions a value rests on, the most decisive first, with the duty of each."""

    duties: tuple[tuple[str, str], ...]

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The provisions' ids (`<trust>/<ref>`)."""
        return tuple(provision for provision, _ in self.duties)

    @cached_property
    def first(self) -> str:
        """The id of the most decisive provision."""
        return self.duties[0][0]

    def has(self, duty: str) -> bool:
        """Say whether any of the provisions carries this duty."""
        return any(one == duty for _, one in self.duties)

    @cached_property
    def refusal(self) -> str:
        """The verdict on doing what these provisions speak against.

        A "must not" among them decides, as the strictest wording; if there is none, the first of them does.
        """
        return "forbidden" if self.has("must-not") else _STRENGTH.get(self.duties[0][1], "forbidden")

    @cached_property
    def advisory(self) -> bool:
        """Whether this is no more than advice: a "should" and nothing stronger."""
        return self.has("should") and not self.has("must") and not self.has("must-not")

    @cached_property
    def ordered(self) -> tuple[str, ...]:
        """The ids, those that forbid first; otherwise in the order of the data (Python's sort keeps it)."""
        return tuple(one for one, _ in sorted(self.duties, key=lambda pair: pair[1] != "must-not"))

    @cached_property
    def at_odds(self) -> str | None:
        """A note for the reader where the provisions forbid and merely advise against the same thing."""
        if self.has("must-not") and self.has("should-not"):
            return (
                "The policy is at odds with itself here: one provision forbids this, another only advises against it."
            )
        return None


@dataclass(frozen=True)
class Row:
    """One line of a table: it applies where every fact named in `when` has one of the values and keeps the bounds.

    `bounds` are (fact, "from" | "to" | "below", number); `fields` is what the row says once it applies.
    """

    cites: Cites
    when: Mapping[str, frozenset[object]] = field(default_factory=dict)
    bounds: tuple[tuple[str, str, int], ...] = ()
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    note: str | None = None

    def applies(self, situation: Situation) -> bool:
        """Say whether the situation meets every condition of the row."""
        facts = situation.values
        for name, values in self.when.items():
            if facts[name] not in values:
                return False
        return not self.bounds or all(_WITHIN[kind](situation.number(name), bound) for name, kind, bound in self.bounds)

    def words(self, name: str) -> tuple[str, ...]:
        """Return the words of a field; empty if the row has none."""
        return self.fields.get(name, ())

    def word(self, name: str) -> str:
        """Return the one word of a field."""
        return self.fields[name][0]


@dataclass(frozen=True)
class Field:
    """What a row says once it applies: one or several words.

    `values` are those allowed, none standing for free words; `kind` "ref" is a reference to a provision of the trust,
    "number" a whole number. A row that lacks a field that is not `optional` is an error.
    """

    values: tuple[str, ...] = ()
    kind: str = "word"
    optional: bool = False


@dataclass(frozen=True)
class Table:
    """A parameter of a decision, as its file declares it: what it means and the fields its rows carry.

    Every row may also name facts of the decision (a value or a list of values) and, for a number, `<fact>_from`,
    `<fact>_to` and `<fact>_below`; it always has `cites` and may have a `note`.
    """

    name: str
    help: str
    fields: Mapping[str, Field] = field(default_factory=dict)


@dataclass(frozen=True)
class Position:
    """All that one trust says on one decision; a table it leaves out is something its policy does not speak of."""

    trust: str
    tables: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    silent: str | None = None

    def rows(self, table: str, situation: Situation) -> list[Row]:
        """Return the rows of a table that apply to the situation, in the order of the data."""
        return [row for row in self.tables.get(table, ()) if row.applies(situation)]


def read_position(trust: str, raw: Mapping[str, Any], tables: Iterable[Table], duties: Mapping[str, str]) -> Position:
    """Return the position in checked data (`positions.yml` or course data); `duties` maps provision ids to duties."""
    if "silent" in raw:
        return Position(trust, silent=str(raw["silent"]))
    return Position(
        trust,
        {table.name: tuple(_row(trust, row, table, duties) for row in raw.get(table.name, ())) for table in tables},
    )


def _row(trust: str, raw: Mapping[str, Any], table: Table, duties: Mapping[str, str]) -> Row:
    when: dict[str, frozenset[object]] = {}
    bounds: list[tuple[str, str, int]] = []
    fields: dict[str, tuple[str, ...]] = {}
    for name, value in raw.items():
        fact, _, kind = name.rpartition("_")
        if name in table.fields:
            fields[name] = tuple(str(one) for one in listed(value))
        elif kind in _WITHIN:
            bounds.append((fact, kind, int(value)))
        elif name not in ("cites", "note"):
            when[name] = frozenset(listed(value))
    ids = [f"{trust}/{ref}" for ref in raw["cites"]]
    return Row(Cites(tuple((one, duties[one]) for one in ids)), when, tuple(bounds), fields, raw.get("note"))


def listed(value: object) -> list[Any]:
    """Return a value that may stand alone or in a list as a list."""
    return list(value) if isinstance(value, list | tuple) else [value]


_WITHIN: Mapping[str, Callable[[int, int], bool]] = {"from": ge, "to": le, "below": lt}
BOUNDS = tuple(_WITHIN)
