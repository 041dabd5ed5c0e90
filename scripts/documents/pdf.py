"""The lines of a PDF, page by page, with where they stand and how large they are."""

import logging
from itertools import pairwise, zip_longest
from pathlib import Path
from statistics import median
from typing import Any

import pdfplumber
from pdfplumber.utils.exceptions import PdfminerException

from handbook.importing import Line
from scripts.documents.unreadable import DocumentUnreadable

# A gap this much larger than the usual one begins a paragraph.
WIDER = 1.25
# A line that ends this near to the right margin may have been broken there: a share of the page's width.
NEAR_MARGIN = 0.12


def pdf_lines(file: Path) -> list[Line]:
    """Return the lines of a PDF."""
    # What it warns of (a colour it does not know) is no matter of ours.
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        with pdfplumber.open(file) as document:
            pages = [_page(page) for page in document.pages]
    except (PdfminerException, OSError, ValueError) as error:
        locked = "PDFPasswordIncorrect" in repr(error)
        why = "it is locked with a password" if locked else "it is damaged, or no PDF"
        raise DocumentUnreadable(f"{file}: this PDF cannot be read: {why}") from None
    left = min((one["x0"] for page in pages for one in page), default=0)
    right = max((one["x1"] for page in pages for one in page), default=0)
    margin = right - NEAR_MARGIN * (right - left)
    # Between the lines of a paragraph: under a line that ends at the margin. A document may have more paragraphs.
    gaps = [gap for page in pages for gap in _gaps(page, margin)] or [gap for page in pages for gap in _gaps(page)]
    usual = median(gaps) if gaps else 0
    found: list[Line] = []
    for number, page in enumerate(pages, start=1):
        before = None
        for one, below in zip_longest(page, page[1:]):
            gap = one["top"] - before["top"] if before else 0
            size = round(median(char["size"] for char in one["chars"]), 1)
            found.append(
                Line(
                    number=len(found) + 1,
                    text=one["text"],
                    page=number,
                    place=round(one["top"], 1),
                    size=size,
                    bold=_is_bold(one["chars"]),
                    indent=round(one["x0"] - left),
                    apart=before is not None and usual > 0 and gap > usual * WIDER,
                    full=one["x1"] > margin or (below is not None and one["x1"] + _first_word(below) > right),
                )
            )
            before = one
    return found


def _page(page: Any) -> list[dict[str, Any]]:
    """Return the lines of a page in the order of reading."""
    found: list[dict[str, Any]] = page.extract_text_lines(return_chars=True, strip=True, x_tolerance_ratio=0.15)
    return [one for one in found if one["text"].strip() and one["chars"]]


def _gaps(page: list[dict[str, Any]], from_x: float = 0) -> list[float]:
    return [
        below["top"] - above["top"]
        for above, below in pairwise(page)
        if below["top"] > above["top"] and above["x1"] > from_x
    ]


def _first_word(line: dict[str, Any]) -> float:
    """Return how wide the first word of a line is."""
    word = line["text"].split()[0]
    return float(line["chars"][min(len(word), len(line["chars"])) - 1]["x1"] - line["x0"])


def _is_bold(chars: list[dict[str, Any]]) -> bool:
    marks = ("bold", "black", "heavy", "semib", "demi")
    bold = sum(any(mark in str(char["fontname"]).casefold() for mark in marks) for char in chars)
    return bold * 2 > len(chars)
