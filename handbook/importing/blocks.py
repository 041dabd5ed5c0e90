"""Which lines make one paragraph, and what is it: a heading, a numbered paragraph, an item of a list, or plain text?"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from handbook.importing.lines import Line

# A heading has no more words than these, and is that much larger than the text.
MOST_WORDS, LARGER = 12, 1.08
PROSE_WORDS = 12
_BULLET = re.compile(r"(?P<mark>[-–—•●▪■◦○‣➢✓*+\u00b7\uf0a7\uf0b7]|o(?=\s))\s+(?P<text>\S.*)", re.DOTALL)
_NUMBER = re.compile(r"(?P<ref>\d{1,2}(?:\.\d{1,2}){0,4})(?P<end>[.):]?)(?P<space>\s*)(?P<text>\D.*)", re.DOTALL)
_LETTER = re.compile(r"\(?(?P<ref>[a-zA-Z]|[ivx]{2,5})[.)]\s+(?P<text>\S.*)", re.DOTALL)
_HASHES = re.compile(r"(?P<hashes>#{1,6})\s+(?P<text>.*)")
_STATED = re.compile(r"[^:]{1,40}:\s+\S")
_ENDS = (".", ";", ":", "?", "!", ",", "…")

HEADING, NUMBERED, ITEM, TEXT, CELLS = "heading", "numbered paragraph", "list item", "paragraph", "table row"


@dataclass
class Block:
    """One paragraph with the lines it is made of; `ref` is its own number, `level` a heading's or a list's depth."""

    kind: str
    text: str
    lines: list[Line] = field(default_factory=list)
    ref: str = ""
    mark: str = ""
    level: int = 0
    sure: bool = False


def blocks(lines: Sequence[Line]) -> list[Block]:
    """Return what the lines say, paragraph by paragraph, in their order."""
    measure = _Measure.of(lines)
    found: list[Block] = []
    for line in lines:
        block = _block(line, measure)
        if found and _goes_on(found[-1], block, line):
            found[-1].text = joined(found[-1].text, block.text)
            found[-1].lines.append(line)
        else:
            found.append(block)
    return list(_headings_confirmed(found))


@dataclass(frozen=True)
class _Measure:
    """What is usual in a document: the size of its text, and the indents of its lists."""

    size: float
    sizes: tuple[float, ...]
    bold_is_rare: bool

    @classmethod
    def of(cls, lines: Sequence[Line]) -> "_Measure":
        weighed = [line.size for line in lines if line.size for _ in range(1 + len(line.text) // 20)]
        size = median(weighed) if weighed else 0
        larger = sorted({round(line.size, 1) for line in lines if line.size > size * LARGER}, reverse=True)
        bold = sum(len(line.text) for line in lines if line.bold)
        return cls(size, tuple(larger), bold * 4 < sum(len(line.text) for line in lines))

    def level(self, line: Line) -> int:
        """Return the level of a heading that only its looks tell; 0 if they do not."""
        if not self.size or len(line.text.split()) > MOST_WORDS or line.text.rstrip().endswith((".", ";", ",")):
            return 0
        if line.size > self.size * LARGER:
            return 1 + self.sizes.index(round(line.size, 1))
        return 1 + len(self.sizes) if line.bold and self.bold_is_rare else 0


def _block(line: Line, measure: _Measure) -> Block:
    text = " ".join(line.text.split(" ")).strip()
    if line.table or ("\t" in text and not line.heading):
        return Block(CELLS, "; ".join(" ".join(cell.split()) for cell in text.split("\t") if cell.strip()), [line])
    text = " ".join(text.split())
    level = line.heading or measure.level(line)
    hashes = _HASHES.fullmatch(text)
    if hashes:
        level, text = len(hashes["hashes"]), hashes["text"]
    number = _NUMBER.fullmatch(text)
    if number and (number["end"] or number["space"] or "." in number["ref"]):
        depth = number["ref"].count(".") + 1
        title = number["text"].strip()
        if level or _is_title(title, numbered=True):
            return Block(HEADING, title, [line], number["ref"], level=depth, sure=bool(level))
        return Block(NUMBERED, title, [line], number["ref"], level=depth)
    if level:
        return Block(HEADING, text, [line], level=level, sure=True)
    bullet = _BULLET.fullmatch(text)
    if bullet:
        # What stands behind a bullet may have a number of its own, as some converters write it.
        inner = _NUMBER.fullmatch(bullet["text"])
        if inner and "." in inner["ref"]:
            depth = inner["ref"].count(".") + 1
            return Block(NUMBERED, inner["text"].strip(), [line], inner["ref"], level=depth)
        return Block(ITEM, bullet["text"], [line], level=int(line.indent))
    letter = _LETTER.fullmatch(text)
    if letter:
        return Block(ITEM, letter["text"], [line], letter["ref"], mark=text[: letter.start("text")].strip())
    if _is_title(text):
        return Block(HEADING, text, [line], level=1 if text.isupper() else 2)
    return Block(TEXT, text, [line])


def _is_title(text: str, *, numbered: bool = False) -> bool:
    words = text.split()
    if not words or len(words) > MOST_WORDS or text.endswith(_ENDS) or _STATED.match(text):
        return False
    return text[0].isupper() and (numbered or any(len(word) > 2 for word in words))


def _goes_on(before: Block, block: Block, line: Line) -> bool:
    """Say whether a line goes on with the paragraph before it."""
    if block.kind == CELLS or before.kind == CELLS:
        return False
    last = before.lines[-1]
    # The first line of a page stands apart from what runs along it, which says nothing.
    apart = line.apart and (line.page == last.page or line.place is None)
    text = block.text
    small = text[:1].islower() or text[:1] in "(’'\"“‘&" or text[:1].isdigit()
    unfinished = not last.text.rstrip().endswith((".", "?", "!", ";", ":"))
    if block.kind == HEADING and before.kind == HEADING:
        # A heading of two lines looks the same in both.
        return bool(block.sure and before.sure and not apart and not block.ref and line.size == last.size)
    broken = last.full and not apart
    if before.kind == HEADING and not before.sure and block.kind == TEXT and (broken or text[:1].islower()):
        # It was the first line of a sentence after all.
        before.kind = NUMBERED if before.ref else TEXT
        return True
    if before.kind == HEADING or (block.kind != TEXT and not _is_mistaken(block, apart, last)):
        return False
    if apart or (line.page != last.page and not unfinished and before.kind in (ITEM, NUMBERED)):
        return unfinished and text[:1].islower() and last.text.rstrip()[-1:].isalnum() and _is_long(before)
    return last.full or (unfinished and small)


def _is_mistaken(block: Block, apart: bool, last: Line) -> bool:
    """Say whether what looks like a heading or a number is only the end of a sentence that was broken there."""
    broken = last.full and not apart and not last.text.rstrip().endswith((".", "?", "!", ";", ":"))
    return broken and not block.sure and (block.kind == HEADING or (block.kind == NUMBERED and "." not in block.ref))


def _is_long(block: Block) -> bool:
    return block.lines[-1].full or len(block.text.split()) >= PROSE_WORDS


def joined(text: str, more: str) -> str:
    """Return two parts of a paragraph as one; a word broken at a hyphen or slash stays one, as an address does."""
    return f"{text}{more}" if re.search(r"\w[-/]$|<https?:[^>\s]*$", text) else f"{text} {more}"


def _headings_confirmed(found: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks; a heading that only its words suggest, with nothing beneath it, is a paragraph after all."""
    numbers = _children(found)
    # A cover is made of short lines that look like headings one above the other.
    begun = False
    for place, block in enumerate(found):
        following = found[place + 1] if place + 1 < len(found) else None
        if block.kind == HEADING and not block.sure:
            if block.ref:
                # "3 Users" among "1 …; 2 …;" is an item; with 3.1 beneath it, or a paragraph, a heading.
                before = found[place - 1] if place else None
                is_item = _is_next(before, block) or (following is not None and _is_next(block, following))
                if is_item and block.ref not in numbers:
                    block.kind = NUMBERED
            elif not (_stands_above(block, following) or (begun and _heads(block, found[place + 1 : place + 3]))):
                block.kind = TEXT
        elif block.kind == NUMBERED and block.ref in numbers and _could_be_title(block.text):
            block.kind, block.text = HEADING, block.text.rstrip(".")
        begun = begun or block.kind == NUMBERED or (block.kind != HEADING and len(block.text.split()) >= PROSE_WORDS)
        yield block


def _children(found: Sequence[Block]) -> Mapping[str, int]:
    """Return how many numbers stand beneath each number."""
    counts: dict[str, int] = {}
    for block in found:
        parent = block.ref.rpartition(".")[0]
        if parent and block.ref[0].isdigit():
            counts[parent] = counts.get(parent, 0) + 1
    return counts


def _is_next(one: Block | None, other: Block) -> bool:
    """Say whether two blocks are neighbours in a list of numbers, 2 after 1."""
    if one is None or (one.kind != NUMBERED and other.kind != NUMBERED) or not one.ref or not other.ref:
        return False
    *first, last = one.ref.split(".")
    *second, after = other.ref.split(".")
    return first == second and last.isdigit() and after.isdigit() and int(after) == int(last) + 1


def _could_be_title(text: str) -> bool:
    """Say whether a numbered line with numbers beneath it can be their heading, although it ends with a point."""
    return len(text.split()) <= MOST_WORDS and text.endswith((".", "?"))


def _stands_above(block: Block, following: Block | None) -> bool:
    """Say whether what follows can stand beneath a heading; a date above a heading is none."""
    return _has_body(following) and not (following and following.kind == HEADING and _is_dated(block))


def _is_dated(block: Block) -> bool:
    return any(char.isdigit() for char in block.text)


def _heads(block: Block, following: Sequence[Block]) -> bool:
    """Say whether a heading with something beneath it follows, above which "Appendix" may stand, but not a date."""
    return not _is_dated(block) and len(following) > 1 and following[0].kind == HEADING and _has_body(following[1])


def _has_body(block: Block | None) -> bool:
    """Say whether a block can be what stands beneath a heading."""
    if block is None:
        return False
    if block.kind == HEADING:
        return block.sure or bool(block.ref)
    words = len(block.text.split())
    return block.kind in (ITEM, NUMBERED, CELLS) or words >= PROSE_WORDS or block.text.endswith((".", ":"))
