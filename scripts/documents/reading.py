"""Which reader takes a file? By its ending: .docx, .pdf, or text."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from handbook.importing import Line
from scripts.documents.pdf import pdf_lines
from scripts.documents.plain_text import text_lines
from scripts.documents.unreadable import DocumentUnreadable
from scripts.documents.word import word_lines

READERS: Mapping[str, Callable[[Path], Sequence[Line]]] = {
    ".docx": word_lines,
    ".pdf": pdf_lines,
    ".txt": text_lines,
    ".text": text_lines,
    ".md": text_lines,
}
_INSTEAD = {".doc": "save it as .docx in your word processor", ".odt": "save it as .docx", ".rtf": "save it as .docx"}


def read(file: Path) -> list[Line]:
    """Return the lines of a document that say something; raises DocumentUnreadable for one that cannot be used."""
    kind = file.suffix.casefold()
    if kind not in READERS:
        instead = _INSTEAD.get(kind, f"it can be {', '.join(sorted(READERS))}")
        raise DocumentUnreadable(f"{file}: this kind of file cannot be imported; {instead}")
    if not file.is_file():
        raise DocumentUnreadable(f"{file}: there is no such file")
    lines = [line for line in READERS[kind](file) if line.text.strip()]
    if not lines:
        scanned = "; if it was scanned, run text recognition (OCR) over it first" if kind == ".pdf" else ""
        raise DocumentUnreadable(f"{file}: there is no text in it{scanned}")
    return lines
