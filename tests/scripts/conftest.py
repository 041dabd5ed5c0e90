"""A machine in a folder: a copy of the start-up scripts, and programs that only write down how they were called."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from scripts.environment import Workspace
from scripts.stamps import identity, write

ROOT = Path(__file__).resolve().parents[2]
COPIED = (
    ".python-version",
    "package-lock.json",
    "package.json",
    "pyproject.toml",
    "requirements-node.lock",
    "requirements-test.lock",
    "requirements.lock",
)

type Program = Callable[[Path, str], Path]


@pytest.fixture
def program() -> Program:
    """Writes a shell script to a path, as a program of a machine."""

    def write_program(path: Path, script: str) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return path

    return write_program


@dataclass(frozen=True)
class Machine:
    """A workspace on a machine with nothing but our own programs, and the log they write."""

    place: Workspace
    log: Path
    program: Program

    def calls(self) -> list[str]:
        """What was run since this was last asked, one line per call."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return lines

    def have(self, name: str, script: str) -> None:
        """Put a program on the machine's PATH."""
        self.program(Path(self.place.environ["PATH"]) / name, script)

    def venv_runs(self, script: str) -> None:
        """Say what the Python of the virtual environment does, which is taken to be sound."""
        self.program(self.place.python, script)
        write(self.place.venv / "sound.stamp", identity(self.place.python))

    def without(self, name: str) -> None:
        """Take a program off the machine's PATH."""
        (Path(self.place.environ["PATH"]) / name).unlink()

    def with_environ(self, **variables: str) -> Machine:
        """The same machine, with more environment variables."""
        return replace(self, place=replace(self.place, environ={**self.place.environ, **variables}))

    def run(self, script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of the project's scripts as a person would, from another directory."""
        command = [sys.executable, str(self.place.root / "scripts" / script), *arguments]
        elsewhere = Path(self.place.environ["HOME"])
        return subprocess.run(command, cwd=elsewhere, env=self.place.environ, capture_output=True, text=True)


@pytest.fixture
def machine(tmp_path: Path, program: Program) -> Machine:
    """A machine whose Python, Node.js and Chromium do as they are told; the path has spaces in it."""
    root = tmp_path / "clear to post"
    shutil.copytree(ROOT / "scripts", root / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    for name in COPIED:
        shutil.copy(ROOT / name, root / name)
    (root / "policy_src").mkdir()
    (root / "policy_src" / "policy.md").write_text("# Policy\n")
    (tmp_path / "home").mkdir()

    log = tmp_path / "calls.log"
    environ = {
        "PATH": str(tmp_path / "bin"),
        "HOME": str(tmp_path / "home"),
        "LOG": str(log),
        "SITE": str(root / "site"),
    }
    machine = Machine(Workspace(root, environ, date(2026, 11, 21)), log, program)
    machine.venv_runs(
        'echo "python $*" >>"$LOG"; echo "ran $*"; case "$*" in *"clearpost build") /bin/mkdir -p "$SITE";; esac'
    )
    machine.have("node", "echo v20.1.0")
    machine.have("npm", '[ "$1" = --version ] && echo 10.1.0 || echo "npm $*" >>"$LOG"')
    machine.have("chromium", "echo Chromium 140")
    return machine


@pytest.fixture
def child_environ() -> dict[str, str]:
    """The environment of a Python that can import the project from any directory."""
    return {**os.environ, "PYTHONPATH": str(ROOT)}
