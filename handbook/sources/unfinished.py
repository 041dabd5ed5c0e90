"""What is still to be done in a source: places nobody has filled in, and guesses nobody has confirmed?"""

import re
from collections.abc import Iterator
from pathlib import Path

from handbook.problems import Problem

# Stands in a template where something belongs; the rest of the line says what.
FILL_IN = "FILL-IN"
# Begins an attribute of a mark that a program has guessed; its value says from what.
GUESSED = "guessed"
_TO_FILL_IN = re.compile(rf"{FILL_IN}\b[ :]*(?P<what>[^\]}}\"#]*)")
_GUESS = re.compile(rf"""\{{(?P<marks>[^{{}}]*?)\s*\b{GUESSED}=["'](?P<by>[^"']*)["'][^{{}}]*\}}""")
_DUTY = re.compile(r"\.(?P<duty>[a-z-]+)")
_VALUE = re.compile(r"""\b(topic|who)=("[^"]*"|[^\s}]+)""")


def to_fill_in(text: str, file: Path) -> Iterator[Problem]:
    """Yield every place of a template that is not filled in; notes (a comment, the front matter) are no such place."""
    lines = text.splitlines()
    front = lines.index("---", 1) + 1 if file.suffix == ".md" and lines[:1] == ["---"] and "---" in lines[1:] else 0
    for number, line in enumerate(lines, start=1):
        found = _TO_FILL_IN.search(line)
        is_note = number <= front or (file.suffix == ".yml" and line.lstrip().startswith("#"))
        if found and not is_note:
            yield Problem(file, number, f"still to fill in: {found['what'].strip(' ,.') or 'see the notes above it'}")


def guesses(text: str, file: Path) -> Iterator[Problem]:
    """Yield every guess of a policy that nobody has confirmed."""
    for number, line in enumerate(text.splitlines(), start=1):
        for found in _GUESS.finditer(line):
            yield Problem(file, number, f"guessed: {_guessed(found['marks'], found['by'])}")


def _guessed(marks: str, by: str) -> str:
    duty = _DUTY.search(marks)
    named = [f"{name} {value.strip(chr(34))}" for name, value in _VALUE.findall(marks)]
    said = [one for one in by.split(", ") if one not in ("topic", "who")]
    because = ", ".join(one.removeprefix("duty: ") for one in said)
    what = ", ".join([*([duty["duty"]] if duty else []), *named])
    seen = f" (from: {because})" if because else ""
    return f'{what}{seen}; if it is right, delete {GUESSED}="…", else mend it first'
