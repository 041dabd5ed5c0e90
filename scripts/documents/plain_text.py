"""The lines of a text file; a form feed begins a new page."""

import re
from pathlib import Path

from handbook.importing import Line
from scripts.documents.unreadable import DocumentUnreadable

# A line this long may have been broken to fit its page.
BROKEN_AT = 55
TAB = 4


def text_lines(file: Path) -> list[Line]:
    """Return the lines of a text file."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        text = file.read_bytes().decode("cp1252", errors="replace")
    except OSError as error:
        raise DocumentUnreadable(f"{file}: it cannot be read: {error.strerror}") from None
    if "\0" in text:
        raise DocumentUnreadable(f"{file}: this is no text file; is its ending right?")
    found: list[Line] = []
    apart = True
    page = 1 if "\f" in text else 0
    for number, raw in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        page += raw.count("\f")
        line = raw.replace("\f", "").rstrip()
        bare = line.lstrip()
        if bare:
            indent = len(line.replace("\t", " " * TAB)) - len(bare.replace("\t", " " * TAB))
            kept = bare.rstrip("\t ") if "\t" not in bare else bare
            found.append(Line(number, kept, page, indent=indent, apart=apart, full=len(bare) >= BROKEN_AT))
        apart = not bare
    return found
