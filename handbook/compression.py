"""Which files go over the wire smaller, and where lie their compressed forms?"""

import gzip
import os
import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import brotli

from handbook.caches import forget_old, used

SUFFIXES = frozenset(
    {".bin", ".css", ".csv", ".html", ".js", ".json", ".mjs", ".svg", ".txt", ".wasm", ".webmanifest", ".xml", ".zip"}
)
# A small handbook is made as small as can be; for a large one the last seventh would take fifty times as long.
THOROUGH, QUICK = 11, 6
SMALL = 25_000_000
PART = ".part"


def compress(site: Path, cache: Path) -> int:
    """Put a `.br` and a `.gz` beside every file that gets smaller by it; return how many were written.

    What was compressed before is taken from the cache (by content): the runtime's 10 MB take half a minute.
    """
    cache.mkdir(parents=True, exist_ok=True)
    sizes = {file: file.stat().st_size for file in site.rglob("*") if file.suffix in SUFFIXES and file.is_file()}
    assets = site / "assets"
    rest = sum(size for file, size in sizes.items() if not file.is_relative_to(assets))

    def one(file: Path) -> int:
        return _compress(file, cache, THOROUGH if rest <= SMALL or file.is_relative_to(assets) else QUICK)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        written = sum(pool.map(one, sorted(sizes, key=lambda file: (-sizes[file], file))))
    forget_old(cache)
    return written


def _compress(file: Path, cache: Path, quality: int) -> int:
    data = file.read_bytes()
    name = sha256(data).hexdigest()
    written = 0
    for suffix, encode in _encodings(quality).items():
        kept = cache / f"{name}{suffix}"
        if kept.exists():
            used(kept)
        else:
            _keep(kept, encode(data))
        if kept.stat().st_size < len(data):
            shutil.copyfile(kept, file.with_name(file.name + suffix))
            written += 1
    return written


def _encodings(quality: int) -> dict[str, Callable[[bytes], bytes]]:
    return {
        ".br": lambda data: brotli.compress(data, quality=quality),
        ".gz": lambda data: gzip.compress(data, compresslevel=9, mtime=0),
    }


def _keep(kept: Path, data: bytes) -> None:
    """Write a file under another name first: a build that is killed leaves no half of one in the cache."""
    with tempfile.NamedTemporaryFile(dir=kept.parent, suffix=PART, delete=False) as part:
        part.write(data)
    Path(part.name).replace(kept)
