"""Which number or bullet does Word show before a paragraph? It counts them; the text does not hold them."""

from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

BULLET = "•"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True)
class Label:
    """What stands before a paragraph, and how deep it is in its list."""

    text: str = ""
    depth: int = 0


@dataclass(frozen=True)
class _Level:
    kind: str
    pattern: str
    start: int


class Numbering:
    """Counts the lists of a document, paragraph by paragraph in their order."""

    def __init__(self, document: Document) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._abstract_of: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        for abstract in root.findall(qn("w:abstractNum")):
            name = str(abstract.get(qn("w:abstractNumId")))
            self._levels[name] = {
                int(level.get(qn("w:ilvl"))): _level(level) for level in abstract.findall(qn("w:lvl"))
            }
        for number in root.findall(qn("w:num")):
            self._abstract_of[str(number.get(qn("w:numId")))] = _value(number, "w:abstractNumId")

    def label(self, paragraph: Paragraph) -> Label:
        """Return what stands before the next paragraph; it is counted by asking."""
        list_id, depth = _place(paragraph)
        abstract = self._abstract_of.get(list_id, "")
        level = self._levels.get(abstract, {}).get(depth)
        if level is None or level.kind == "none" or not paragraph.text.strip():
            return Label()
        if level.kind == "bullet":
            return Label(BULLET, depth)
        counts = self._counts.setdefault(abstract, {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        text = level.pattern
        for one, above in self._levels[abstract].items():
            shown = counts.get(one, above.start)
            text = text.replace(f"%{one + 1}", _written(shown, above.kind))
        return Label(text.strip(), depth)


def _level(level: Any) -> _Level:
    start = _value(level, "w:start") or "1"
    return _Level(_value(level, "w:numFmt") or "decimal", _value(level, "w:lvlText"), int(start))


def _value(element: Any, name: str) -> str:
    found = element.find(qn(name))
    return str(found.get(qn("w:val")) or "") if found is not None else ""


def _place(paragraph: Paragraph) -> tuple[str, int]:
    """Return the list a paragraph belongs to and its depth there: its own, or its style's."""
    sources = [paragraph._p.pPr]
    style: Any = paragraph.style
    while style is not None:
        sources.append(style.element.pPr)
        style = style.base_style
    list_id, depth = "", None
    for properties in sources:
        numbers = properties.find(qn("w:numPr")) if properties is not None else None
        if numbers is None:
            continue
        list_id = list_id or _value(numbers, "w:numId")
        found = _value(numbers, "w:ilvl")
        if depth is None and found:
            depth = int(found)
        if list_id:
            break
    return list_id, depth or 0


def _written(number: int, kind: str) -> str:
    if kind in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26)
        return letter if kind == "lowerLetter" else letter.upper()
    if kind in ("lowerRoman", "upperRoman"):
        text = ""
        for value, sign in _ROMAN:
            while number >= value:
                text, number = text + sign, number - value
        return text if kind == "lowerRoman" else text.upper()
    return str(number)
