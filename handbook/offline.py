"""What does a browser keep, so that the handbook works without a network? Lists that docs/service-worker.js reads.

Every file is listed with its digest, and the worker answers a page from the files of one list only: so a page of one
version never meets a script of another. Each trust's files have a list of their own, whose digest is in `offline.json`:
so what a phone fetches does not grow with the number of trusts.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

LIST = "offline.json"
WORKER = "service-worker.js"
# All pages of a handbook smaller than this are kept (bytes before compression); of a larger one, the reader's trust.
SMALL = 8_000_000

RUNTIME = re.compile(r"assets/(runtime/|engine/(?!manifest\.json$))")
# What Python starts from where it cannot start from the image of its memory.
FALLBACK = re.compile(r"assets/engine/(python_stdlib|quiz)-[^/]*\.zip")
TRUST = re.compile(r"handbook/(?P<trust>[^/]+)/course\.json")
# What every reader may need: the pages that lead to others, and what pages are made of. The index of the search is not
# among it: it grows with the handbook, to megabytes. Who keeps one trust only searches in the index beside its clauses.
CORE = re.compile(
    r"index\.html|(about|offline)/index\.html|handbook/accents\.css|handbook/(search/(?!index/)|may-i/).*"
    r"|handbook/topics/index\.html|assets/.*(?<!/LICENSE)|manifest\.webmanifest"
)

Entry = tuple[str, int]
Files = dict[str, Entry]


@dataclass(frozen=True)
class Lists:
    """The files of one version by address, with digest and bytes.

    They are what all need, Python, what it needs more of in a browser where it cannot start from the image of its
    memory, the rest, and each trust's.
    """

    version: str
    core: Files
    runtime: Files
    fallback: Files
    rest: Files
    trusts: Mapping[str, Files]

    @property
    def small(self) -> bool:
        """Whether the handbook is so small that a browser keeps all of it."""
        return sum(size for files in (self.rest, *self.trusts.values()) for _, size in files.values()) < SMALL

    def as_json(self) -> dict[str, str]:
        """Return the text of every list by its path in the site."""
        texts = {f"handbook/{trust}/{LIST}": _dumped({"files": files}) for trust, files in self.trusts.items()}
        whole = {
            "version": self.version,
            "small": self.small,
            "core": self.core,
            "runtime": self.runtime,
            "fallback": self.fallback,
            "rest": self.rest,
            "trusts": {trust: entry(texts[f"handbook/{trust}/{LIST}"].encode()) for trust in self.trusts},
        }
        return {**texts, LIST: _dumped(whole)}


def write_lists(site: Path) -> None:
    """Write the lists of a site that is whole, but not yet compressed."""
    files = {file.relative_to(site).as_posix(): file for file in sorted(site.rglob("*")) if file.is_file()}
    for path, words in listed({path: entry(file.read_bytes()) for path, file in files.items()}).as_json().items():
        (site / path).write_text(words, encoding="utf-8", newline="\n")


def listed(entries: Mapping[str, Entry]) -> Lists:
    """Return the lists of a site's files, whose digest and bytes are given by their path."""
    trusts: dict[str, Files] = {found["trust"]: {} for found in map(TRUST.fullmatch, entries) if found}
    core: Files = {}
    runtime: Files = {}
    fallback: Files = {}
    rest: Files = {}
    # Browsers fetch the worker and the page for wrong addresses by themselves.
    for path in entries.keys() - {WORKER, "404.html"}:
        trust = _trust_of(path)
        if trust in trusts:
            kind = trusts[trust]
        elif RUNTIME.match(path):
            kind = fallback if FALLBACK.fullmatch(path) else runtime
        else:
            kind = core if CORE.fullmatch(path) else rest
        kind[address(path)] = entries[path]
    return Lists(_version(entries), core, runtime, fallback, rest, trusts)


def address(path: str) -> str:
    """Return the address at which a browser asks for a file."""
    return f"/{path}".removesuffix("index.html") if path.endswith("/index.html") or path == "index.html" else f"/{path}"


def _trust_of(path: str) -> str:
    """The folder within the handbook in which a file lies."""
    parts = path.split("/")
    return parts[1] if parts[0] == "handbook" and len(parts) > 2 else ""


def _version(entries: Mapping[str, Entry]) -> str:
    parts: Iterable[str] = (f"{path} {digest}\n" for path, (digest, _) in sorted(entries.items()))
    return sha256("".join(parts).encode()).hexdigest()


def entry(data: bytes) -> Entry:
    """Return the digest and the bytes of a file."""
    return sha256(data).hexdigest(), len(data)


def _dumped(content: object) -> str:
    return json.dumps(content, separators=(",", ":"), sort_keys=True)
