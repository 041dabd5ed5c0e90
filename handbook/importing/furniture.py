"""Which lines belong to the paper and not to the policy? Running headers and footers, page numbers, contents tables."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from handbook.importing.lines import Line

HEADER, FOOTER, RUNNING = "running header", "running footer", "running line"
PAGE_NUMBER, CONTENTS, EMPTY = "page number", "contents table", "bullet with nothing behind it"

# So many lines at the top and at the foot of a page may be running ones.
AT_THE_EDGE = 3
# They stand on so much of the pages, and at the same height: points.
SHARE_OF_PAGES = 0.3
SAME_HEIGHT = 6.0
# Where pages are not known, what is said so often is not said to the reader.
REPEATED = 3
FEWEST_WORDS = 3
# A scan reads the same line a little differently every time.
ALIKE = 0.75

_PAGE = re.compile(
    r"[-–—|\s]*(?:page|p\.?|pg\.?)?\s*\d{1,3}(?:\s*(?:of|/|\|)\s*\d{1,3})?[-–—|\s]*|[-–—\s]*[ivxl]{1,6}[-–—\s]*",
    re.IGNORECASE,
)
_PAGE_OF = re.compile(r"\bpage\s+\d{1,3}\s*(?:of|/)\s*\d{1,3}\b", re.IGNORECASE)
_PAGE_OF_SHAPE = re.compile(r"\bpage # (?:of|/) #")
_EMPTY = re.compile(r"[-–—•●▪■◦○‣➢✓*+·\uf0a7\uf0b7]+")
_CONTENTS = re.compile(r"(?:table of )?contents(?: page)?(?:\s+page)?[:.]?", re.IGNORECASE)
_LEADERS = re.compile(r"(?:[.…_·]\s?){3,}\s*[pP]?\d{0,3}$")
_ENTRY = re.compile(r"(?:(?:[.…_·]\s?){3,}|\t|\s{2,}|\s)\s*[^\W\d]?\.?\s?\d{1,3}$")
_LONGEST_ENTRY = 120
# A contents table may have a line between its entries that bears no number: a heading of several entries.
_LOOK_AHEAD = 2


def dropped(lines: Sequence[Line]) -> dict[int, str]:
    """Return, by the number of the line, why it is no part of the policy."""
    found = {line.number: line.furniture for line in lines if line.furniture}
    found.update({line.number: PAGE_NUMBER for line in lines if _is_page_number(line)})
    found.update({line.number: EMPTY for line in lines if _EMPTY.fullmatch(line.text.strip())})
    for way in (_at_page_edges, _repeated, _contents):
        found.update(way([line for line in lines if line.number not in found]))
    for line, after in pairwise([line for line in lines if found.get(line.number, CONTENTS) == CONTENTS]):
        if _is_contents_heading(line) and after.number in found:
            found[line.number] = CONTENTS
    return found


def _is_page_number(line: Line) -> bool:
    return not line.table and not line.heading and bool(_PAGE.fullmatch(line.text.strip()))


def _shape(text: str) -> str:
    """Return a text as all pages have it: without its numbers."""
    return re.sub(r"\d+", "#", " ".join(text.split()).casefold())


def _at_page_edges(lines: Sequence[Line]) -> dict[int, str]:
    """Return what stands at one height at the top or at the foot of many pages."""
    pages: dict[int, list[Line]] = {}
    for line in lines:
        if line.page:
            pages.setdefault(line.page, []).append(line)
    needed = max(2, SHARE_OF_PAGES * len(pages))
    found = {}
    for what, edge in ((HEADER, slice(None, AT_THE_EDGE)), (FOOTER, slice(-AT_THE_EDGE, None))):
        at_edge = [line for page in pages.values() for line in page[edge]]
        for line in at_edge:
            same = {one.page for one in at_edge if _shape(one.text) == _shape(line.text) and _same_height(one, line)}
            if len(same) >= needed:
                found[line.number] = what
    return found


def _same_height(one: Line, other: Line) -> bool:
    return one.place is None or other.place is None or abs(one.place - other.place) <= SAME_HEIGHT


def _repeated(lines: Sequence[Line]) -> dict[int, str]:
    """Return what a text without pages says again and again, also where a scan has misread it; and "Page 1 of 9"."""
    counts = Counter(_shape(line.text) for line in lines if _can_run(line))
    running = {shape for shape, count in counts.items() if count >= REPEATED}
    # A scan may lose the number of a page, or part a line in two.
    running |= {bare for shape in running if len((bare := _bare(shape)).split()) >= FEWEST_WORDS}
    found = {
        line.number: RUNNING
        for line in lines
        if _PAGE_OF.search(line.text) or (_can_run(line) and _is_one_of(_shape(line.text), running))
    }
    for line, after in pairwise(lines):
        if _shape(f"{line.text} {after.text}") in running:
            found |= {line.number: RUNNING, after.number: RUNNING}
    return found


def _bare(shape: str) -> str:
    """Return what a running line says beside "page 1 of 9"."""
    return " ".join(_PAGE_OF_SHAPE.sub("", shape).split())


def _can_run(line: Line) -> bool:
    """Say whether a line can be a running one: a sentence, an item of a list or a cell is none."""
    text = line.text.strip()
    ends = text.endswith((".", ";", ":", "?", "!", ","))
    return not ends and not line.table and len(text.split()) >= FEWEST_WORDS and text[:1].isalnum()


def _is_one_of(shape: str, running: Iterable[str]) -> bool:
    cells = "\t" in shape or " # " in f" {shape} "
    return any(
        shape == one or (cells and SequenceMatcher(None, shape, one, autojunk=False).ratio() >= ALIKE)
        for one in running
    )


def _contents(lines: Sequence[Line]) -> dict[int, str]:
    """Return the contents table: its heading and what follows as an entry; or lines with leaders, three or more."""
    later = _last_places(lines)
    found: dict[int, str] = {}
    place = 0
    while place < len(lines):
        if _is_contents_heading(lines[place]):
            end = _end_of_contents(lines, place + 1, later)
            if end > place + 1:
                found.update({line.number: CONTENTS for line in lines[place:end]})
                place = end
                continue
        place += 1
    led = [place for place, line in enumerate(lines) if _LEADERS.search(line.text)]
    for place in led:
        if {place - 1, place + 1, place - 2, place + 2}.intersection(led):
            found[lines[place].number] = CONTENTS
    return found


def _is_contents_heading(line: Line) -> bool:
    return bool(_CONTENTS.fullmatch(" ".join(line.text.split())))


def _last_places(lines: Sequence[Line]) -> Mapping[str, int]:
    return {_title(line.text): place for place, line in enumerate(lines)}


def _title(text: str) -> str:
    """Return an entry or a heading without its page, its leaders and its number."""
    bare = _ENTRY.sub("", " ".join(text.split(" ")).strip()).strip()
    return re.sub(r"^\d+(?:\.\d+)*[.)]?\s*|[\s:.]+$", "", bare).casefold()


def _end_of_contents(lines: Sequence[Line], start: int, later: Mapping[str, int]) -> int:
    """Return the place after the last entry of a table that begins at a place."""
    seen: set[str] = set()
    end = start
    for place in range(start, len(lines)):
        title = _title(lines[place].text)
        # What an entry names stands again in the text; there the table is over.
        if title in seen and not _numbered(lines[place]):
            break
        seen.add(title)
        if _numbered(lines[place]) or (later.get(title, 0) > place and _is_short(lines[place])):
            end = place + 1
        elif place - end >= _LOOK_AHEAD or not _is_short(lines[place]):
            break
    return end


def _numbered(line: Line) -> bool:
    return len(_title(line.text)) <= _LONGEST_ENTRY and bool(_ENTRY.search(line.text.rstrip()))


def _is_short(line: Line) -> bool:
    return len(line.text) <= _LONGEST_ENTRY and not line.text.rstrip().endswith((".", ";", "?", "!"))
