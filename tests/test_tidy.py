"""The code is tidy: linted, formatted, and its types are right, in Python and in the browser's modules."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    "command",
    [
        [sys.executable, "-m", "ruff", "check", "."],
        [sys.executable, "-m", "ruff", "format", "--check", "."],
        [sys.executable, "-m", "mypy"],
        [shutil.which("node") or "node", "node_modules/typescript/bin/tsc", "--noEmit"],
    ],
    ids=["ruff", "format", "mypy", "tsc"],
)
def test_nothing_is_left_to_complain_of(command: list[str]) -> None:
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert found.returncode == 0, found.stdout + found.stderr
