"""A Word document: its own headings and lists, the numbers Word counts, and what it says is header or contents."""

from pathlib import Path

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph

from handbook.importing import Line
from scripts.documents import read

LEVELS = (("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "(%3)"), ("lowerRoman", "%4."))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A document with a list of four levels, a header, a footer, a contents table and a table."""
    document = docx.Document()
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (kind, text) in enumerate(LEVELS)
    )
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    section = document.sections[0]
    section.header.paragraphs[0].text = "Elm Trust policy"
    section.footer.paragraphs[0].text = "Page"
    document.styles.add_style("TOC 1", WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("Accounts\t2", style="TOC 1")
    for text, depth in (
        ("Accounts", 0),
        ("Ask first.", 1),
        ("the headteacher", 2),
        ("by letter", 3),
        ("Then post.", 1),
    ):
        numbered(document.add_heading(text) if depth == 0 else document.add_paragraph(text), depth)
    numbered(document.add_heading("Photos"), 0)
    document.add_paragraph("Ask a parent.", style="List Bullet")
    document.add_paragraph("On paper.", style="List Bullet 2")
    table = document.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Approved", "May 2026"
    document.save(str(tmp_path / "elm.docx"))
    return tmp_path / "elm.docx"


def numbered(paragraph: Paragraph, depth: int) -> None:
    number = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="90"/></w:numPr>'
    paragraph._p.get_or_add_pPr().append(parse_xml(number))


def texts(lines: list[Line]) -> list[str]:
    return [one.text for one in lines]


def test_word_counts_and_so_do_we(file: Path) -> None:
    assert texts([one for one in read(file) if not one.furniture]) == [
        "1. Accounts",
        "1.1 Ask first.",
        "(a) the headteacher",
        "i. by letter",
        "1.2 Then post.",
        "2. Photos",
        "• Ask a parent.",
        "• On paper.",
        "Approved\tMay 2026",
    ]


def test_a_list_within_a_list_is_known_by_its_style_too(file: Path) -> None:
    assert {one.text: one.indent for one in read(file) if one.text.startswith("•")} == {
        "• Ask a parent.": 0,
        "• On paper.": 1,
    }


def test_headings_are_known_by_their_style(file: Path) -> None:
    assert texts([one for one in read(file) if one.heading]) == ["1. Accounts", "2. Photos"]


def test_header_footer_and_contents_are_named_as_what_they_are(file: Path) -> None:
    found = {one.text: one.furniture for one in read(file) if one.furniture}
    assert found == {"Elm Trust policy": "running header", "Page": "running footer", "Accounts 2": "contents table"}


def test_lines_are_numbered_without_a_gap(file: Path) -> None:
    assert [one.number for one in read(file)] == list(range(1, 13))
