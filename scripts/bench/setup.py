"""How long does a fresh copy take to set itself up, and how long does a second start take until it answers?"""

import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter, sleep
from urllib.error import URLError

from scripts.bench.report import show

ROOT = Path(__file__).resolve().parents[2]
STARTS, PORT, PATIENCE = 5, 8765, 60


def main() -> None:
    """Clone the committed project into an empty folder, set it up from nothing, then start it several times."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "clear-to-post"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(copy)], check=True)
        started = perf_counter()
        subprocess.run(
            [sys.executable, "scripts/start.py", "--setup-only"], cwd=copy, check=True, stdout=subprocess.DEVNULL
        )
        setup = perf_counter() - started
        starts = [_seconds_until_it_answers(copy) for _ in range(STARTS)]
    show(
        "setup",
        {
            "setup_from_nothing_seconds": setup,
            "second_start_seconds_median": median(starts),
            "second_start_seconds_max": max(starts),
            "starts": STARTS,
        },
    )


def _seconds_until_it_answers(copy: Path) -> float:
    started = perf_counter()
    with _serving(copy):
        while perf_counter() - started < PATIENCE:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/healthz") as answer:
                    if answer.status == 200:
                        return perf_counter() - started
            except (URLError, ConnectionError):
                sleep(0.02)
    sys.exit(f"It did not answer within {PATIENCE} s.")


@contextmanager
def _serving(copy: Path) -> Iterator[None]:
    command = [sys.executable, "scripts/start.py", "--port", str(PORT)]
    process = subprocess.Popen(command, cwd=copy, stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    main()
