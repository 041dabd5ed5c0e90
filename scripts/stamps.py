"""Has anything changed since a step was last done?

A stamp is a small file, written when a step is complete, that holds the fingerprint of what the step was made from.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


def is_current(stamp: Path, fingerprint: str) -> bool:
    """Whether the step was completed, and from exactly this."""
    return stamp.is_file() and stamp.read_text() == fingerprint


def write(stamp: Path, fingerprint: str) -> None:
    """Record that the step is complete."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(fingerprint)


def fingerprint(root: Path, sources: Iterable[str], without: Iterable[str] = ()) -> str:
    """Names and contents of all files in ``sources`` (times say nothing: a checkout touches files it leaves alone)."""
    whole = hashlib.sha256()
    left_out = {root / name for name in without}
    for source in sources:
        for path in files(root / source, left_out):
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            whole.update(f"{path.relative_to(root).as_posix()}\0{content}\n".encode())
    return whole.hexdigest()


def files(path: Path, left_out: Iterable[Path]) -> Iterator[Path]:
    """The file itself, or all files in the folder, always in the same order."""
    if path in left_out or path.name == "__pycache__":
        return
    if path.is_dir():
        for entry in sorted(path.iterdir()):
            yield from files(entry, left_out)
    elif path.is_file():
        yield path


def identity(program: Path) -> str:
    """Which program a link leads to, as of when: it changes when the program is replaced, and with it what it runs."""
    if not program.is_file():
        return "missing"
    target = program.resolve()
    return f"{target}\n{target.stat().st_size}\n{target.stat().st_mtime_ns}"
