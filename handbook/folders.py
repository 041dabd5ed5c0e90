"""How does a finished folder take the place of an old one, whole or not at all?"""

import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

AT_FDCWD = -100
RENAME_EXCHANGE = 2


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """Give an empty folder beside the old one; it takes the old one's place when the block ends without an error.

    One at a time for each folder: what a killed run has left behind is cleared away first.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    prefix = f".{folder.name}-building-"
    for left in folder.parent.glob(f"{prefix}*"):
        if not folder.exists() and (left / "old").exists():
            (left / "old").rename(folder)
        shutil.rmtree(left)
    with tempfile.TemporaryDirectory(prefix=prefix, dir=folder.parent) as beside:
        new = Path(beside) / "new"
        new.mkdir()
        yield new
        swap(new, folder, Path(beside) / "old")


def swap(new: Path, folder: Path, old: Path) -> None:
    """Put a new folder in the place of one that may exist; in one step where the system can, else in two."""
    if not folder.exists():
        new.rename(folder)
    elif not _exchanged(new, folder):
        folder.rename(old)
        try:
            new.rename(folder)
        except OSError:
            old.rename(folder)
            raise


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; only Linux has this, and Python has no name for it."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    return rename is not None and not rename(
        AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), ctypes.c_uint(RENAME_EXCHANGE)
    )


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    """Write texts by their path under a folder."""
    for path, words in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(words, encoding="utf-8", newline="\n")


def remove(*paths: Path) -> None:
    """Remove files and folders, whether they exist or not."""
    for path in paths:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def size(folder: Path) -> int:
    """Return the bytes of all files under a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
