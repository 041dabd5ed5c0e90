"""What is a line of a document, and what became of it?"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One line as a reader found it; `number` counts all lines of the document from 1, in their order.

    `page` is 0 where the file knows no pages. `place` is the line's distance from the top of its page (None: not
    known); `size` its type size in points (0: not known). `heading` is the level a word processor gives it, from 1, or
    0. `apart` says that it begins a paragraph for sure, `full` that it runs to the end of its measure, so that the next
    may go on. `furniture` names what the file itself says it is: a header, a footer, a contents table.
    """

    number: int
    text: str
    page: int = 0
    place: float | None = None
    size: float = 0
    bold: bool = False
    indent: float = 0
    heading: int = 0
    apart: bool = False
    full: bool = False
    table: bool = False
    furniture: str = ""


@dataclass(frozen=True)
class Fate:
    """What became of a line: kept as something, under a ref, or dropped, and why."""

    line: Line
    kept: bool
    what: str
    ref: str = ""
