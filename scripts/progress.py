"""What is being done, how long did it take, and what went wrong?"""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

TAIL = 40
INTERRUPTED = 130


class Failure(Exception):
    """Something that cannot go on: what to do next, and the last lines of the tool that failed, if one did."""

    def __init__(self, advice: str, output: str = "") -> None:
        super().__init__(advice)
        self.advice = advice
        self.tail = "\n".join(output.splitlines()[-TAIL:])


@contextmanager
def step(title: str) -> Iterator[None]:
    """One line on the screen: the title while it lasts, then the seconds it took."""
    print(f"{title} …", end="", flush=True)
    started = time.monotonic()
    try:
        yield
    except BaseException:
        print("  stopped", flush=True)
        raise
    print(f"  {time.monotonic() - started:.0f} s", flush=True)


def run(command: Sequence[str], *, cwd: Path, environ: Mapping[str, str], advice: str) -> str:
    """Run a tool and return what it wrote; if it fails, raise a `Failure` with its last lines and the advice."""
    try:
        finished = subprocess.run(
            command,
            cwd=cwd,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
    except OSError as error:
        raise Failure(advice, f"{command[0]}: {error.strerror}") from error
    if finished.returncode:
        raise Failure(advice, finished.stdout)
    return finished.stdout


@contextmanager
def plain_endings() -> Iterator[None]:
    """End the program in words a person can act on: after a failure, after Ctrl-C, never with a traceback."""
    try:
        yield
    except Failure as failure:
        print(*filter(None, [failure.tail, failure.advice]), sep="\n\n", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
