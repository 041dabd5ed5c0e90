"""Which files go over the wire smaller, and where lie their compressed forms?"""

import gzip
import os
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import brotli

from handbook.caches import forget_old, used

SUFFIXES = frozenset(
    {".bin", ".css", ".csv", ".html", ".js", ".json", ".mjs", ".svg", ".txt", ".wasm", ".webmanifest", ".xml", ".zip"}
)
SMALL = 25_000_000
PART = ".part"


class Effort(NamedTuple):
    """How hard each encoding tries."""

    brotli: int
    gzip: int


# A small handbook is made as small as can be; for a large one the last seventh would take fifty times as long.
THOROUGH, QUICK = Effort(brotli=11, gzip=9), Effort(brotli=6, gzip=6)


def compress(site: Path, cache: Path) -> int:
    """Put a `.br` and a `.gz` beside every file that gets smaller by it; return how many were written.

    What was compressed thoroughly before is taken from the cache (by content): the runtime's 10 MB take half a minute.
    What is compressed quickly is done again sooner than it is found there.
    """
    cache.mkdir(parents=True, exist_ok=True)
    sizes = {file: file.stat().st_size for file in site.rglob("*") if file.suffix in SUFFIXES and file.is_file()}
    assets = site / "assets"
    small = sum(size for file, size in sizes.items() if not file.is_relative_to(assets)) <= SMALL

    def one(file: Path) -> int:
        data = file.read_bytes()
        forms = _kept_forms(data, cache) if small or file.is_relative_to(assets) else _forms(data, QUICK)
        smaller = {suffix: form for suffix, form in forms.items() if len(form) < len(data)}
        for suffix, form in smaller.items():
            file.with_name(file.name + suffix).write_bytes(form)
        return len(smaller)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        written = sum(pool.map(one, sorted(sizes, key=lambda file: (-sizes[file], file))))
    forget_old(cache)
    return written


def _forms(data: bytes, effort: Effort) -> Mapping[str, bytes]:
    """Return the compressed forms of a file by their suffix."""
    return {
        ".br": brotli.compress(data, quality=effort.brotli),
        ".gz": gzip.compress(data, compresslevel=effort.gzip, mtime=0),
    }


def _kept_forms(data: bytes, cache: Path) -> Mapping[str, bytes]:
    """Return the smallest forms of a file, made only if they are not in the cache."""
    name = sha256(data).hexdigest()
    kept = {suffix: cache / f"{name}{suffix}" for suffix in (".br", ".gz")}
    if not all(file.exists() for file in kept.values()):
        for suffix, form in _forms(data, THOROUGH).items():
            _keep(kept[suffix], form)
    for file in kept.values():
        used(file)
    return {suffix: file.read_bytes() for suffix, file in kept.items()}


def _keep(kept: Path, data: bytes) -> None:
    """Write a file under another name first: a build that is killed leaves no half of one in the cache."""
    with tempfile.NamedTemporaryFile(dir=kept.parent, suffix=PART, delete=False) as part:
        part.write(data)
    Path(part.name).replace(kept)
