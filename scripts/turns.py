"""Whose turn is it to set up, when two starts run at once?"""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import IO

SECONDS_BETWEEN_LOOKS = 0.2


@contextmanager
def one_at_a_time(lock: Path) -> Iterator[None]:
    """Wait until no other process holds the lock file; the system lets go of it even if we are killed."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as held:
        if not taken(held):
            print("Waiting for another start or test run to finish setting up …", flush=True)
            while not taken(held):
                time.sleep(SECONDS_BETWEEN_LOOKS)
        yield


def taken(held: IO[str]) -> bool:
    """Try to take the open lock file, without waiting."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(held.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
