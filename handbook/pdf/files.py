"""The PDF of every policy: set by Typst, tagged for screen readers (PDF/UA-1), and made anew only where it differs."""

import os
import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from threading import local
from typing import Final, NamedTuple

import typst

from handbook.library import Library
from handbook.pdf.content import pdf_content
from handbook.pdf.fonts import font_folder
from handbook.runtime import RuntimeMissing
from handbook.sharing import processes
from quiz.courses import canonical

TEMPLATE = Path(__file__).parent / "policy.typ"
FONT = Path("node_modules/@fontsource-variable/atkinson-hyperlegible-next/files")
VARIABLE = FONT / "atkinson-hyperlegible-next-latin-wght-normal.woff2"
STANDARD: Final = "ua-1"


class SetPdf(NamedTuple):
    """A PDF in the cache, and whether it was set just now."""

    file: Path
    fresh: bool


def set_pdfs(library: Library, root: Path, cache: Path) -> dict[str, SetPdf]:
    """Set the PDF of every trust into the cache; return by trust where it lies. Raises RuntimeMissing."""
    setter = _Setter(root, cache)
    trusts = library.trusts
    with ThreadPoolExecutor(processes(len(trusts))) as pool:
        pdfs = pool.map(lambda trust: setter.pdf(canonical(pdf_content(library, trust)), library), trusts.values())
        return dict(zip(trusts, pdfs, strict=True))


def write_pdfs(pdfs: Mapping[str, SetPdf], site: Path) -> int:
    """Write `policy.pdf` beside every trust's page in the site; return how many had to be set anew."""
    for trust, pdf in pdfs.items():
        file = site / "handbook" / trust / "policy.pdf"
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(pdf.file, file)
    return sum(pdf.fresh for pdf in pdfs.values())


class _Setter(local):
    """Typst with our typeface, one in each thread, and what has been set before by content."""

    def __init__(self, root: Path, cache: Path) -> None:
        self.cache = cache
        cache.mkdir(parents=True, exist_ok=True)
        try:
            self.fonts = font_folder(root / VARIABLE, cache / "fonts")
        except FileNotFoundError as error:
            raise RuntimeMissing(f"{error.filename} is missing: run npm ci, or scripts/start.py") from error
        self.template = TEMPLATE.read_bytes()
        self.compiler = typst.Compiler(font_paths=typst.Fonts(False, False, [str(self.fonts)]))

    def pdf(self, data: str, library: Library) -> SetPdf:
        """Return where the PDF lies, and whether it was set just now."""
        name = sha256(b"\0".join((self.template, self.fonts.name.encode(), data.encode()))).hexdigest()
        kept = self.cache / f"{name}.pdf"
        if kept.exists():
            os.utime(kept)
            return SetPdf(kept, fresh=False)
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
        return SetPdf(kept, fresh=True)
