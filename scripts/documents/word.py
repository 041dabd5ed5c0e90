"""The lines of a Word document: a line for each paragraph and each row of a table, with the numbers Word counts."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from handbook.importing import Line
from scripts.documents.numbering import Numbering
from scripts.documents.unreadable import DocumentUnreadable

HEADER, FOOTER, CONTENTS, DRAWN = "running header", "running footer", "contents table", "text box"
_HEADING = re.compile(r"(?:heading|überschrift|titre) ?(\d)", re.IGNORECASE)
_TOC = re.compile(r"toc(?: heading| ?\d)?", re.IGNORECASE)
# Word's own styles for a list within a list, each a list of its own to the file.
_DEEPER = re.compile(r"list (?:bullet|number|continue) (\d)", re.IGNORECASE)


def word_lines(file: Path) -> list[Line]:
    """Return the lines of a document: the headers and footers of its sections first, then the text in its order."""
    try:
        document = docx.Document(str(file))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, OSError):
        raise DocumentUnreadable(
            f"{file}: this is no Word document, or it is damaged; save it again as .docx"
        ) from None
    found: list[Line] = []
    for text, what in _margins(document):
        found.append(Line(len(found) + 1, text, furniture=what, apart=True))
    reader = _Body(document)
    for line in reader.lines():
        found.append(Line(**{**line, "number": len(found) + 1}))
    return found


def _margins(document: Document) -> Iterator[tuple[str, str]]:
    seen: set[tuple[str, str]] = set()
    for section in document.sections:
        tops = (section.header, section.first_page_header, section.even_page_header)
        feet = (section.footer, section.first_page_footer, section.even_page_footer)
        for what, parts in ((HEADER, tops), (FOOTER, feet)):
            for part in parts:
                if part.is_linked_to_previous:
                    continue
                paragraphs = [*part.paragraphs, *(one for table in part.tables for one in _cells(table))]
                for text in (one.text.strip() for one in paragraphs):
                    if text and (text, what) not in seen:
                        seen.add((text, what))
                        yield text, what


def _cells(table: Table) -> Iterator[Paragraph]:
    for row in table.rows:
        for cell in row.cells:
            yield from cell.paragraphs


class _Body:
    """The text of a document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.numbering = Numbering(document)

    def lines(self) -> Iterator[dict[str, Any]]:
        """Yield every paragraph and every row of a table, also of what Word calls content controls."""
        yield from self._within(self.document.element.body, in_contents=False)

    def _within(self, element: Any, *, in_contents: bool) -> Iterator[dict[str, Any]]:
        for child in element.iterchildren():
            if child.tag == qn("w:p"):
                yield from self._paragraph(Paragraph(child, self.document._body), in_contents=in_contents)
            elif child.tag == qn("w:tbl"):
                yield from self._rows(Table(child, self.document._body), in_contents=in_contents)
            elif child.tag == qn("w:sdt"):
                gallery = child.find(f".//{qn('w:docPartGallery')}")
                is_contents = gallery is not None and "Contents" in str(gallery.get(qn("w:val")))
                for content in child.iterchildren(qn("w:sdtContent")):
                    yield from self._within(content, in_contents=in_contents or is_contents)

    def _paragraph(self, paragraph: Paragraph, *, in_contents: bool) -> Iterator[dict[str, Any]]:
        style = str(paragraph.style.name) if paragraph.style else ""
        label = self.numbering.label(paragraph)
        deeper = _DEEPER.fullmatch(style)
        for place, part in enumerate(one.strip() for one in _text(paragraph).split("\n")):
            if not part:
                continue
            heading = _HEADING.fullmatch(style)
            contents = in_contents or bool(_TOC.fullmatch(style))
            yield {
                "text": f"{label.text} {part}" if label.text and not place else part,
                "heading": int(heading[1]) if heading else 1 if style == "Title" else 0,
                "bold": _is_bold(paragraph),
                "indent": max(label.depth, int(deeper[1]) - 1 if deeper else 0),
                "apart": True,
                "furniture": CONTENTS if contents else "",
            }

    def _rows(self, table: Table, *, in_contents: bool) -> Iterator[dict[str, Any]]:
        for row in table.rows:
            cells = list(dict.fromkeys(" ".join(cell.text.split()) for cell in row.cells))
            text = "\t".join(cell for cell in cells if cell)
            if text:
                furniture = CONTENTS if in_contents else ""
                yield {"text": text, "table": True, "apart": True, "furniture": furniture}


def _text(paragraph: Paragraph) -> str:
    """Return a paragraph's text with what stands in links and in accepted changes, without what was deleted."""
    parts = []
    for one in paragraph._p.iter(qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:noBreakHyphen")):
        if one.tag == qn("w:t"):
            parts.append(one.text or "")
        elif one.tag == qn("w:noBreakHyphen"):
            parts.append("-")
        elif one.tag == qn("w:br"):
            parts.append("\n")
        elif one.getparent().tag == qn("w:r"):
            parts.append(" ")
    return "".join(parts)


def _is_bold(paragraph: Paragraph) -> bool:
    runs = [run for run in paragraph.runs if run.text.strip()]
    return bool(runs) and all(run.bold for run in runs)
