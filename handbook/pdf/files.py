"""The PDF of every policy: set by Typst, tagged for screen readers (PDF/UA-1), and made anew only where it differs."""

import os
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

import typst

from handbook.library import Library
from handbook.pdf.content import pdf_content
from handbook.pdf.fonts import font_folder
from handbook.runtime import RuntimeMissing
from quiz.courses import canonical

TEMPLATE = Path(__file__).parent / "policy.typ"
FONT = Path("node_modules/@fontsource-variable/atkinson-hyperlegible-next/files")
VARIABLE = FONT / "atkinson-hyperlegible-next-latin-wght-normal.woff2"
STANDARD: Final = "ua-1"


def set_pdfs(library: Library, root: Path, cache: Path) -> int:
    """Set the PDF of every trust into the cache; return how many had to be set anew. Raises RuntimeMissing."""
    setter = _Setter(root, cache)
    return sum(setter.pdf(canonical(pdf_content(library, one)), library)[1] for one in library.trusts.values())


def write_pdfs(library: Library, root: Path, site: Path, cache: Path) -> int:
    """Write `policy.pdf` beside every trust's page in the site; return how many had to be set anew."""
    setter = _Setter(root, cache)
    written = 0
    for trust in library.trusts.values():
        data = canonical(pdf_content(library, trust))
        pdf, fresh = setter.pdf(data, library)
        file = site / "handbook" / trust.id / "policy.pdf"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(pdf)
        written += fresh
    return written


class _Setter:
    """Typst with our typeface, and what it has set before by content."""

    def __init__(self, root: Path, cache: Path) -> None:
        self.cache = cache
        cache.mkdir(parents=True, exist_ok=True)
        try:
            self.fonts = font_folder(root / VARIABLE, cache / "fonts")
        except FileNotFoundError as error:
            raise RuntimeMissing(f"{error.filename} is missing: run npm ci, or scripts/start.py") from error
        self.template = TEMPLATE.read_bytes()
        self.compiler = typst.Compiler(font_paths=typst.Fonts(False, False, [str(self.fonts)]))

    def pdf(self, data: str, library: Library) -> tuple[bytes, bool]:
        """Return the PDF, and whether it was set just now."""
        name = sha256(b"\0".join((self.template, self.fonts.name.encode(), data.encode()))).hexdigest()
        kept = self.cache / f"{name}.pdf"
        if kept.exists():
            os.utime(kept)
            return kept.read_bytes(), False
        day = library.built_on
        made = self.compiler.compile(
            self.template,
            format="pdf",
            sys_inputs={"data": data},
            pdf_standards=STANDARD,
            timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
        )
        if not isinstance(made, bytes):
            raise TypeError("a PDF is one file")
        part = kept.with_suffix(f".{os.getpid()}.part")
        part.write_bytes(made)
        part.replace(kept)
        return made, True
