"""Do several processes serve one register, and is one that ends started again?"""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.error import URLError

import pytest

from quiz.courses import Course, canonical
from scripts.bench.registers import TRUST, make_register

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 600


def eventually(what: str, holds: object) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if callable(holds) and holds():
            return
        time.sleep(0.2)
    pytest.fail(f"not within {PATIENCE} s: {what}")


@pytest.fixture
def serving(tmp_path: Path, courses: dict[str, Course]) -> Iterator[tuple[subprocess.Popen[str], str]]:
    settings = make_register(tmp_path, canonical(courses[TRUST].data))
    port = 18_000 + os.getpid() % 10_000
    command = [sys.executable, "-m", "scripts.clearpost", "serve", "--data", str(settings.data), "--site",
               str(settings.site), "--port", str(port), "--workers", "2", "--log-level", "info"]  # fmt: skip
    log = (tmp_path / "log").open("w+")
    process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log, text=True)
    try:
        yield process, f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def ready(url: str) -> bool:
    with suppress(URLError, ConnectionError, TimeoutError), urllib.request.urlopen(f"{url}/readyz", timeout=5) as page:
        return bool(page.status == 200)
    return False


def answering(process: subprocess.Popen[str]) -> set[int]:
    """Return the processes that answer, by number; the one that looks after them has only helpers besides."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return {one for one in map(int, children) if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()}


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="there is no /proc here to count processes in")
def test_several_processes_answer_and_one_that_ends_is_started_again(
    serving: tuple[subprocess.Popen[str], str],
) -> None:
    process, url = serving
    eventually("it is ready", lambda: ready(url))
    eventually("there are two", lambda: len(answering(process)) == 2)
    before = answering(process)
    os.kill(min(before), signal.SIGKILL)
    eventually("another has taken its place", lambda: len(answering(process) - before) == 1)
    eventually("it is ready again", lambda: ready(url))
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0, "it ends when it is told to"
