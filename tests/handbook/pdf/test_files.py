"""The PDF of a policy: whole, tagged for screen readers, the same for the same sources, and set once."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from handbook.library import Library
from handbook.pdf.files import set_pdfs, write_pdfs

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def made(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("site")
    write_pdfs(set_pdfs(library, ROOT, ROOT / ".cache" / "pdf"), site)
    return site


def read(site: Path, trust: str) -> PdfReader:
    return PdfReader(BytesIO((site / "handbook" / trust / "policy.pdf").read_bytes()))


def test_every_trust_has_one_with_its_title_language_and_tags(made: Path, library: Library) -> None:
    for trust in library.trusts.values():
        pdf = read(made, trust.id)
        root: Any = pdf.trailer["/Root"]
        assert pdf.metadata
        assert pdf.metadata.title == f"{trust.name}: social media policy"
        assert root["/Lang"] == "en-GB"
        assert root["/MarkInfo"]["/Marked"]
        assert "/StructTreeRoot" in root
        assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_no_provisions_number_is_missing(made: Path, library: Library) -> None:
    for trust in library.trusts.values():
        said = "".join("".join(page.extract_text() for page in read(made, trust.id).pages).split())
        for provision in trust.provisions.values():
            assert "".join(provision.ref.split()) in said


def test_every_sheet_names_its_document_and_its_number(made: Path, library: Library) -> None:
    pdf = read(made, "lydiate")
    for place, page in enumerate(pdf.pages, start=1):
        said = " ".join(page.extract_text().split())
        assert "Social Media Policy (LLT), dated May 2022." in said
        assert f"{place} of {len(pdf.pages)}" in said


def test_what_has_not_changed_is_not_set_again(library: Library, tmp_path: Path) -> None:
    site, cache = tmp_path / "site", ROOT / ".cache" / "pdf"
    write_pdfs(set_pdfs(library, ROOT, cache), site)
    before = (site / "handbook/cockburn/policy.pdf").read_bytes()
    assert write_pdfs(set_pdfs(library, ROOT, cache), site) == 0
    assert (site / "handbook/cockburn/policy.pdf").read_bytes() == before
