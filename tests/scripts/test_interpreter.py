from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.interpreter import find, usual_folders, version_of
from tests.scripts.conftest import ROOT, Program

READ_BY_ANY_PYTHON = ("browser", "environment", "interpreter", "progress", "stamps", "start", "test", "turns")

AS_PYTHON_3_11 = """
import sys
from pathlib import Path
from scripts import interpreter
sys.version_info = (3, 11, 7)
sys.argv = ["scripts/start.py", "--port", "80"]
interpreter.USUAL_FOLDERS = ()
interpreter.require(Path({root!r}), {environ!r})
"""


def require_as_python_3_11(environ: dict[str, str], child_environ: dict[str, str]) -> subprocess.CompletedProcess[str]:
    script = AS_PYTHON_3_11.format(root=str(ROOT), environ=environ)
    return subprocess.run([sys.executable, "-c", script], env=child_environ, capture_output=True, text=True)


@pytest.mark.parametrize("module", READ_BY_ANY_PYTHON)
def test_an_old_python_can_read_what_looks_for_a_newer_one(module: str) -> None:
    source = (ROOT / "scripts" / f"{module}.py").read_text()
    ast.parse(source, feature_version=(3, 8))


def test_the_preferred_version_is_chosen_before_a_newer_one(tmp_path: Path, program: Program) -> None:
    program(tmp_path / "python3.14", "echo 3.14")
    preferred = program(tmp_path / "python3.13", "echo 3.13")
    assert find([tmp_path], "3.13") == preferred


def test_without_the_preferred_version_the_newest_is_chosen(tmp_path: Path, program: Program) -> None:
    program(tmp_path / "python3.12", "echo 3.12")
    newest = program(tmp_path / "python3.14", "echo 3.14")
    assert find([tmp_path], "3.13") == newest


def test_a_shim_that_fails_is_passed_over(tmp_path: Path, program: Program) -> None:
    program(tmp_path / "shims" / "python3.13", "echo 'pyenv: python3.13: command not found' >&2; exit 127")
    real = program(tmp_path / "versions" / "python3.13", "echo 3.13")
    assert find([tmp_path / "shims", tmp_path / "versions"], "3.13") == real


def test_a_python_that_lies_about_its_version_is_passed_over(tmp_path: Path, program: Program) -> None:
    program(tmp_path / "python3.13", "echo 3.9")
    assert find([tmp_path], "3.13") is None


def test_a_python_older_than_3_12_never_fits(tmp_path: Path, program: Program) -> None:
    program(tmp_path / "python3.11", "echo 3.11")
    assert find([tmp_path], "3.13") is None


def test_a_file_that_cannot_be_run_gives_no_version(tmp_path: Path) -> None:
    (tmp_path / "python3.13").write_text("not a program")
    assert version_of(tmp_path / "python3.13") is None


def test_pythons_of_version_managers_are_looked_for(tmp_path: Path) -> None:
    pyenv = tmp_path / ".pyenv" / "versions" / "3.13.0" / "bin"
    pyenv.mkdir(parents=True)
    assert pyenv in usual_folders(tmp_path)


def test_an_old_python_hands_the_same_command_to_a_newer_one(
    tmp_path: Path, program: Program, child_environ: dict[str, str]
) -> None:
    program(tmp_path / "python3.13", '[ "$1" = -c ] && echo 3.13 || echo "$@"')
    asked = require_as_python_3_11({"PATH": str(tmp_path)}, child_environ)
    assert asked.stdout == "scripts/start.py --port 80\n"


def test_where_no_python_fits_one_line_says_what_to_install(tmp_path: Path, child_environ: dict[str, str]) -> None:
    asked = require_as_python_3_11({"PATH": str(tmp_path)}, child_environ)
    assert asked.returncode == 1
    assert asked.stdout == ""
    (line,) = asked.stderr.splitlines()
    assert "needs Python 3.12 or newer" in line
    assert "install Python 3.13" in line
