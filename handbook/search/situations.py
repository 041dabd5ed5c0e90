"""In which situations does a provision decide? The words of the questions that its trust's positions answer with it.

So a provision is found by what staff ask (accept a friend request: a former pupil), whatever its own words are.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from handbook.library import Trust
from handbook.may_i import ASKED, Asked

# A row that holds for more values than these says little about any of them.
FEW_VALUES = 3
OWN_WORDS = ("step", "first")


def situations(trust: Trust) -> dict[str, str]:
    """Return, by the reference of a provision or clause, what is asked where a position cites it."""
    found: dict[str, dict[str, None]] = {}
    for decision, position in trust.positions.items():
        asked = ASKED.get(decision)
        for row in _rows(position) if asked else ():
            for ref in row["cites"]:
                found.setdefault(ref, {}).update(dict.fromkeys(_words(asked, row)) if asked else {})
    return {ref: ". ".join(words) for ref, words in found.items()}


def _rows(position: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for table in position.values():
        if isinstance(table, list | tuple):
            yield from (row for row in table if isinstance(row, Mapping) and row.get("cites"))


def _words(asked: Asked, row: Mapping[str, Any]) -> Iterator[str]:
    yield asked.short
    for name, value in row.items():
        values = [str(one) for one in (value if isinstance(value, list | tuple) else (value,))]
        if name in OWN_WORDS:
            yield str(value)
        elif fact := asked.facts.get(name):
            if value is True:
                yield fact.question
            elif len(values) <= FEW_VALUES:
                yield from (fact.values[one] for one in values if one in fact.values)
