"""In which way does a policy decide? Many trusts decide in the same way, and what follows from one is asked only once.

What a position answers follows from the conditions of its rows and the duties of what they cite. Where the policy says
so, and in which words, is its own: positions that differ in nothing else have the same verdicts, by the same rows.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from quiz.decisions import DECISIONS
from quiz.positions import Field, Position, listed, read_position

# Begin what stands for a ref, and for words of its own: no fact has such a value, and no number begins like that.
REF, WORDS = "§", "¶"
# So many ways to decide are kept by each process: all there are but in a very large handbook.
MOST_KEPT = 4096


@dataclass(frozen=True)
class Way:
    """A position on a decision without what is a policy's own: `refs` are those refs, in the order in which they come.

    `text` is the same for all that decide in this way.
    """

    decision: str
    text: str
    refs: tuple[str, ...] = field(compare=False)

    @cached_property
    def position(self) -> Position:
        """The position of a trust without a name that decides in this way, and always says so in the same words."""
        return _position(self.decision, self.text)

    @property
    def never_in_the_same_words(self) -> Position:
        """The same of a trust that never says two things in the same words."""
        first, *rest = self.text.split(f'"{WORDS}"')
        text = first + "".join(f'"{WORDS}{number}"{part}' for number, part in enumerate(rest))
        return _position(self.decision, text)

    def ref(self, provision: str) -> str:
        """Return the policy's own ref for a provision that this position cites."""
        return self.refs[int(provision.rpartition(REF)[2])]


def way(decision: str, raw: Mapping[str, Any], duties: Mapping[str, str]) -> Way:
    """Return the way in which a raw position decides; `duties` are those of the policy's provisions by ref."""
    if "silent" in raw:
        return Way(decision, "", ())
    fields = {table.name: table.fields for table in DECISIONS[decision].tables}
    naming = _Naming()
    tables = {name: [naming.row(row, fields[name]) for row in rows] for name, rows in raw.items()}
    named = {name: duties[ref] for ref, name in naming.refs.items() if ref in naming.cited}
    return Way(decision, json.dumps([tables, named], ensure_ascii=False, separators=(",", ":")), tuple(naming.refs))


class _Naming:
    """What stands for the refs of one position."""

    def __init__(self) -> None:
        self.refs: dict[str, str] = {}
        self.cited: set[str] = set()

    def row(self, row: Mapping[str, Any], fields: Mapping[str, Field]) -> dict[str, Any]:
        return dict(self._pairs(row, fields))

    def _pairs(self, row: Mapping[str, Any], fields: Mapping[str, Field]) -> Iterator[tuple[str, Any]]:
        for name, value in row.items():
            about = fields.get(name)
            if name == "cites":
                self.cited.update(value)
                yield name, [self._named(ref) for ref in value]
            elif about and about.kind == "ref":
                yield name, [self._named(ref) for ref in listed(value)]
            elif about and about.kind == "word" and not about.values:
                yield name, [WORDS for _ in listed(value)]
            else:
                yield name, (value and WORDS) if name == "note" else value

    def _named(self, ref: str) -> str:
        return self.refs.setdefault(ref, f"{REF}{len(self.refs)}")


@lru_cache(MOST_KEPT)
def _position(decision: str, text: str) -> Position:
    if not text:
        return Position("", silent="The policy does not say.")
    tables, duties = json.loads(text)
    return read_position("", tables, DECISIONS[decision].tables, {f"/{name}": duty for name, duty in duties.items()})
