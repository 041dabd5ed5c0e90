"""Where can the quiz's engine run here, and how is a program run there? In CPython, and in Pyodide under Node.

A program is one Python file that imports `quiz`, is given a folder and further arguments, and prints JSON. The folder
holds the packed engine and the courses; it is all that a home sees of this machine.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handbook.runtime import engine_archive

ROOT = Path(__file__).parent.parent
ENGINE = "quiz.zip"
COURSES = "courses"


class HomeFailed(Exception):
    """A program did not come to its end in one of the homes."""


@dataclass(frozen=True)
class Home:
    """One Python with the engine: the command that runs a file in it, and the folder it sees."""

    command: tuple[str, ...]
    folder: Path

    def start(self, program: Path, *asked: str) -> subprocess.Popen[str]:
        """Start the folder's copy of a program with what is asked of it."""
        return subprocess.Popen(
            [*self.command, str(self.folder / program.name), str(self.folder), *asked],
            env={**os.environ, "PYTHONPATH": str(self.folder / ENGINE)},
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def run(self, program: Path, *asked: str) -> Any:
        """Return what a program prints."""
        with self.start(program, *asked) as process:
            return printed(process)


def furnished(folder: Path, program: Path, courses: Mapping[str, str]) -> Path:
    """Put the engine, a program and the texts of the courses, by trust, into an empty folder; return its real path."""
    (folder / program.name).write_bytes(program.read_bytes())
    (folder / ENGINE).write_bytes(engine_archive(ROOT / "quiz"))
    (folder / COURSES).mkdir()
    for trust, text in courses.items():
        (folder / COURSES / f"{trust}.json").write_text(text, encoding="utf-8")
    return folder.resolve()


def cpython(python: str, folder: Path) -> Home:
    """Return the home in a CPython: without its packages, so that only the standard library is there."""
    return Home((python, "-S", "-P"), folder)


def pyodide(folder: Path) -> Home:
    """Return the home in the Pyodide that the site serves, under Node."""
    node = shutil.which("node") or "node"
    runtime = ROOT / "node_modules" / "pyodide"
    return Home((node, str(ROOT / "scripts" / "pyodide.mjs"), str(runtime), str(folder)), folder)


def printed(process: subprocess.Popen[str]) -> Any:
    """Return the JSON a process prints once it has ended; raise HomeFailed if it failed."""
    text, _ = process.communicate()
    if process.returncode:
        raise HomeFailed(f"{process.args!r} ended with {process.returncode}; what it said stands above")
    return json.loads(text)
