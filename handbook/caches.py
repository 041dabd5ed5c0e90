"""What of a cache is still of use? What a build has used within a month; the rest is forgotten."""

import os
import shutil
import time
from contextlib import suppress
from pathlib import Path

KEPT_SECONDS = 30 * 24 * 3600


def used(kept: Path) -> None:
    """Keep a file or folder of a cache for another month, because this build uses it."""
    os.utime(kept)


def forget_old(cache: Path) -> None:
    """Remove the files and folders that no build has used for a month."""
    oldest = time.time() - KEPT_SECONDS
    for kept in cache.iterdir():
        # Another build may be just about to give a part its name.
        with suppress(FileNotFoundError):
            if kept.stat().st_mtime < oldest:
                shutil.rmtree(kept) if kept.is_dir() else kept.unlink()
