from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from scripts.turns import one_at_a_time

TAKE_A_TURN = """
import sys
from pathlib import Path
from scripts.turns import one_at_a_time
with one_at_a_time(Path(sys.argv[1])):
    print("my turn", flush=True)
    sys.stdin.read()
"""


def take_a_turn(lock: Path, environ: dict[str, str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", TAKE_A_TURN, str(lock)]
    return subprocess.Popen(command, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_a_second_start_says_that_it_waits_and_then_goes_on(tmp_path: Path, child_environ: dict[str, str]) -> None:
    lock = tmp_path / "cache" / "setup.lock"
    with one_at_a_time(lock):
        second = take_a_turn(lock, child_environ)
        assert second.stdout is not None
        assert second.stdout.readline().startswith("Waiting for another start")
    assert second.communicate()[0] == "my turn\n"


def test_a_start_that_is_killed_holds_nobody_up(tmp_path: Path, child_environ: dict[str, str]) -> None:
    lock = tmp_path / "setup.lock"
    killed = take_a_turn(lock, child_environ)
    assert killed.stdout is not None
    assert killed.stdout.readline() == "my turn\n"
    killed.kill()
    killed.communicate()
    assert take_a_turn(lock, child_environ).communicate()[0] == "my turn\n"
