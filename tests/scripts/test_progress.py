from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.progress import Failure, run, step

FAILING_STEP = """
import sys
from pathlib import Path
from scripts.progress import plain_endings, run, step
tool = "for line in range(1, 101): print('line', line)\\nraise SystemExit(2)"
with plain_endings(), step("Trying"):
    run([sys.executable, "-c", tool], cwd=Path.cwd(), environ={}, advice="Do this next.")
"""

INTERRUPTED_STEP = """
from scripts.progress import plain_endings, step
with plain_endings(), step("Trying"):
    raise KeyboardInterrupt
"""


def run_python(script: str, environ: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", script], env=environ, capture_output=True, text=True)


def test_a_step_is_one_line_with_the_seconds_it_took(capsys: pytest.CaptureFixture[str]) -> None:
    with step("Installing 63 Python packages"):
        pass
    assert re.fullmatch(r"Installing 63 Python packages …  \d+ s\n", capsys.readouterr().out)


def test_a_tool_that_succeeds_is_not_heard(capfd: pytest.CaptureFixture[str]) -> None:
    command = [sys.executable, "-c", "print('chatter')"]
    assert run(command, cwd=Path.cwd(), environ=os.environ, advice="") == "chatter\n"
    assert capfd.readouterr().out == ""


def test_a_tool_that_is_missing_is_a_failure_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(Failure) as failure:
        run([str(tmp_path / "npm")], cwd=tmp_path, environ={}, advice="Install npm.")
    assert failure.value.tail == f"{tmp_path / 'npm'}: No such file or directory"


def test_a_failed_step_shows_the_last_40_lines_and_what_to_do_next(child_environ: dict[str, str]) -> None:
    ended = run_python(FAILING_STEP, child_environ)
    assert ended.returncode == 1
    assert ended.stdout == "Trying …  stopped\n"
    assert ended.stderr.splitlines() == [*(f"line {number}" for number in range(61, 101)), "", "Do this next."]


def test_ctrl_c_is_quiet(child_environ: dict[str, str]) -> None:
    ended = run_python(INTERRUPTED_STEP, child_environ)
    assert ended.returncode == 130
    assert ended.stdout == "Trying …  stopped\n"
    assert ended.stderr == ""
