"""Which Python runs this project, when the one at hand may be too old?"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import NoReturn

OLDEST = (3, 12)
NEWEST_IMAGINED = 30

# Debian ships Python without ensurepip until python3-venv is installed; such a Python cannot make our environment.
QUESTION = "import sys, ensurepip, venv; print('%d.%d' % sys.version_info[:2])"

NONE_FITS = (
    "Clear to Post needs Python {oldest} or newer with venv, and found none: install Python {preferred} from "
    "https://www.python.org/downloads/ (Debian, Ubuntu: python{preferred}-venv), then run this again."
)

USUAL_FOLDERS = (
    "~/.pyenv/versions/*/bin",
    "~/.local/bin",
    "~/.local/share/uv/python/*/bin",
    "~/.local/share/mise/installs/python/*/bin",
    "~/.asdf/installs/python/*/bin",
    "/opt/homebrew/bin",
    "/home/linuxbrew/.linuxbrew/bin",
    "/Library/Frameworks/Python.framework/Versions/*/bin",
    "/usr/local/bin",
    "/usr/bin",
    "/opt/*/bin",
)


def require(root: Path, environ: Mapping[str, str]) -> None:
    """Return if this Python fits; else start the same command under one that does, or stop with one line."""
    if sys.version_info[:2] >= OLDEST and importlib.util.find_spec("ensurepip"):
        return
    preferred = (root / ".python-version").read_text().strip()
    found = find([*path_folders(environ), *usual_folders(Path.home())], preferred)
    if found is None:
        sys.exit(NONE_FITS.format(oldest=dotted(OLDEST), preferred=preferred))
    become([str(found), *sys.argv], environ)


def find(folders: Iterable[Path], preferred: str) -> Path | None:
    """The first Python of the preferred version, else of the newest: one that answers, as a pyenv shim may not."""
    folders = list(folders)
    newest_first = [dotted((3, minor)) for minor in range(NEWEST_IMAGINED, OLDEST[1] - 1, -1)]
    for version in [preferred, *newest_first]:
        for folder in folders:
            python = folder / f"python{version}"
            if python.is_file() and version_of(python) == version:
                return python
    return None


def version_of(python: Path) -> str | None:
    """What this Python says its version is, such as ``3.13``; nothing if it does not run or cannot make a venv."""
    try:
        answer = subprocess.run([str(python), "-c", QUESTION], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return answer.stdout.strip()


def path_folders(environ: Mapping[str, str]) -> list[Path]:
    """The folders of ``PATH``, in its order."""
    return [Path(folder) for folder in environ.get("PATH", "").split(os.pathsep) if folder]


def usual_folders(home: Path) -> list[Path]:
    """Where Pythons are kept that nobody put on the ``PATH``."""
    folders: list[Path] = []
    for pattern in USUAL_FOLDERS:
        start, pattern = (home, pattern[2:]) if pattern.startswith("~/") else (Path("/"), pattern[1:])
        folders.extend(sorted(start.glob(pattern), reverse=True))
    return folders


def become(command: list[str], environ: Mapping[str, str]) -> NoReturn:
    """Let ``command`` take the place of this process."""
    sys.stdout.flush()
    if sys.platform == "win32":
        # There, exec returns to the shell at once while the new process goes on behind it.
        sys.exit(subprocess.call(command, env=environ))
    os.execve(command[0], command, environ)


def dotted(version: Sequence[int]) -> str:
    """``(3, 12)`` as ``3.12``."""
    return ".".join(map(str, version))
