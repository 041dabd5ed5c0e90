"""What does a handbook of 5, 100 or 1,000 trusts cost to build and to read? Made-up trusts, in a project of their own.

`python -m scripts.bench.scale [--json] [NUMBER OF TRUSTS …]`. Every build is a first one: nothing is cached but the
runtime, which is the same for all. Memory is read from /proc, so only on Linux.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from statistics import median
from threading import Thread
from typing import Any

from handbook.library import Library
from handbook.sources import load
from scripts.bench.made_up import write_trusts
from scripts.bench.report import show
from scripts.bench.search import page_bytes

ROOT = Path(__file__).resolve().parents[2]
SIZES = (5, 100, 1000)
PROC = Path("/proc")
OFTEN = 0.2
MEGA = 1_000_000
# Built by the command that builds the real handbook.
BUILD = """
import json, sys
from datetime import date
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from handbook.build import build
root = Path(sys.argv[1])
today = date.fromisoformat(sys.argv[2])
report = build(root, root / "site", today, lambda said: print(said, file=sys.stderr, flush=True))
used = [getrusage(whose) for whose in (RUSAGE_SELF, RUSAGE_CHILDREN)]
print(json.dumps({
    "seconds": dict(report.seconds), "clauses": report.clauses, "files": report.files, "bytes": report.site_bytes,
    "cpu": sum(one.ru_utime + one.ru_stime for one in used),
}))
"""
TEMPLATES = (
    ("trust", r"handbook/T/index.html"),
    ("topic", r"handbook/topics/[^/]+/(\d+/)?index.html"),
    ("compare: page", r"handbook/compare/index.html"),
    ("compare: answers of a trust", r"handbook/T/answers.json"),
    ("matrix", r"handbook/matrix/(\d+/)?index.html"),
    ("strictness", r"handbook/strictness/(\d+/)?index.html"),
    ("home", r"index.html"),
    ("all trusts", r"handbook/trusts/index.html"),
    ("gaps of all", r"handbook/gaps/index.html"),
    ("reviews", r"handbook/calendar/index.html"),
    ("course", r"handbook/T/course.json"),
    ("accents", r"handbook/accents.css"),
)


def main() -> None:
    """Build each size once and print what it cost."""
    sizes = [int(one) for one in sys.argv[1:] if one.isdigit()] or SIZES
    library = load(ROOT, date.today())
    figures: dict[str, float | int | str] = {}
    for count in sizes:
        with tempfile.TemporaryDirectory() as folder:
            root = planted(library, count, Path(folder))
            figures |= {f"{count} trusts: {name}": value for name, value in measured(root).items()}
    show("scale", figures)


def planted(library: Library, count: int, root: Path) -> Path:
    """Return a copy of the project with so many made-up trusts in the place of the real ones."""
    for name in ("docs", "quiz"):
        ignored = shutil.ignore_patterns("handbook", ".handbook-*", "__pycache__")
        shutil.copytree(ROOT / name, root / name, ignore=ignored)
    (root / "policy_src").mkdir()
    for file in ("mkdocs.yml", *(f"policy_src/{one.name}" for one in (ROOT / "policy_src").glob("*.yml"))):
        shutil.copyfile(ROOT / file, root / file)
    (root / "node_modules").symlink_to(ROOT / "node_modules")
    cache = root / ".cache"
    cache.mkdir()
    (ROOT / ".cache" / "image").mkdir(parents=True, exist_ok=True)
    (cache / "image").symlink_to(ROOT / ".cache" / "image")
    if (ROOT / ".cache" / "compressed").is_dir():
        shutil.copytree(ROOT / ".cache" / "compressed", cache / "compressed")
    write_trusts(library, count, root / "policy_src")
    return root


def measured(root: Path) -> dict[str, float | int | str]:
    """Build the project and return what it took, and what its pages and its search weigh."""
    command = [sys.executable, "-c", BUILD, str(root), date.today().isoformat()]
    started = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8") as process:
        memory = _Memory(process.pid)
        memory.start()
        report = json.loads(process.communicate()[0] or "null")
    if report is None:
        sys.exit(f"the build in {root} failed")
    site = root / "site"
    return {
        "seconds": time.perf_counter() - started,
        "seconds of processor time": report["cpu"],
        **{f"seconds: {name}": seconds for name, seconds in report["seconds"].items()},
        "peak MB, largest process": memory.largest / MEGA,
        "peak MB, all processes": memory.most / MEGA,
        "clauses": report["clauses"],
        "files": report["files"],
        "site MB": report["bytes"] / MEGA,
        **weights(site),
        **search(site),
    }


class _Memory(Thread):
    """How much memory a process and all it has started hold, watched until it ends; what they share counts once."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process = process
        self.largest = self.most = 0

    def run(self) -> None:
        while held := [_held(one) for one in _family(self.process)]:
            self.largest = max(self.largest, *(own for own, _ in held))
            self.most = max(self.most, sum(share for _, share in held))
            time.sleep(OFTEN)


def _family(process: int) -> Iterator[int]:
    try:
        # Whichever of its threads has started them.
        found = [one for file in (PROC / str(process) / "task").glob("*/children") for one in file.read_text().split()]
        if "Z" in (PROC / str(process) / "stat").read_text().rpartition(")")[2].split()[0]:
            return
    except OSError:
        return
    yield process
    for child in found:
        yield from _family(int(child))


def _held(process: int) -> tuple[int, int]:
    """Return the bytes a process holds, and its share where several hold the same."""
    try:
        text = (PROC / str(process) / "smaps_rollup").read_text()
    except OSError:
        return 0, 0
    found = {name: int(size) * 1024 for name, size in re.findall(r"^(Rss|Pss):\s+(\d+) kB", text, re.MULTILINE)}
    return found.get("Rss", 0), found.get("Pss", 0)


def weights(site: Path) -> dict[str, float]:
    """Return the kB (brotli) of each kind of page, the median and the most."""
    trusts = "|".join(sorted(file.parent.name for file in site.glob("handbook/*/course.json")))
    files = {file.relative_to(site).as_posix(): file for file in site.rglob("*.br")}
    found: dict[str, float] = {}
    for name, pattern in TEMPLATES:
        kind = re.compile(pattern.replace("/T/", f"/(?:{trusts})/") + r"\.br")
        sizes = [file.stat().st_size / 1000 for path, file in files.items() if kind.fullmatch(path)]
        if sizes:
            found |= {f"kB of {name}, median": median(sizes), f"kB of {name}, most": max(sizes)}
    return found


def search(site: Path) -> dict[str, float]:
    """Return what a question costs, asked at the first, the middle and the last trust of the search."""
    words: Mapping[str, Any] = json.loads((site / "handbook/search/words.json").read_text(encoding="utf-8"))
    trusts = [trust for volume in words["volumes"] for trust, _, _ in volume["trusts"]]
    page = page_bytes(site)
    asked = [(q, trusts[at]) for q in QUESTIONS for at in (0, len(trusts) // 2, -1)]
    command = [shutil.which("node") or "node", str(Path(__file__).with_name("search_ours.mjs")), str(site)]
    given = json.dumps([{"q": q, "trust": trust} for q, trust in asked])
    done = subprocess.run(command, input=given, stdout=subprocess.PIPE, encoding="utf-8", check=True)
    answers = json.loads(done.stdout)
    travels = [page + sum(_wire(site / file) for file in set(one["files"])) for one in answers]
    return {
        "search: kB before the first result, median": median(travels) / 1000,
        "search: kB before the first result, most": max(travels) / 1000,
        "search: ms for an answer, median": median(one["milliseconds"] for one in answers),
        "search: ms for an answer, most": max(one["milliseconds"] for one in answers),
    }


def _wire(file: Path) -> int:
    small = file.with_name(f"{file.name}.br")
    return (small if small.exists() else file).stat().st_size


QUESTIONS = (
    "can i post a photo of a pupil",
    "friend request from a parent",
    "whatsapp group",
    "journalist rang me",
    "leaving what happens to the account",
    "who do i tell about a nasty comment",
    "how often do we have to post",
    "password",
)


if __name__ == "__main__":
    main()
