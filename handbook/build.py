"""The build: policy sources in, a checked and searchable site out."""

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from handbook.compression import compress
from handbook.courses import course_json
from handbook.elsewhere import elsewhere_files
from handbook.folders import remove, replacing, size, write_files
from handbook.history import read_history
from handbook.library import Library
from handbook.links import broken_links
from handbook.mkdocs import run_mkdocs
from handbook.offline import write_lists
from handbook.pages import kinds_of_pages
from handbook.pdf.files import SetPdf, set_pdfs, write_pdfs
from handbook.positions import positions_json
from handbook.problems import BuildFailed
from handbook.runtime import RuntimeMissing, write_runtime
from handbook.search import search_files
from handbook.sharing import each
from handbook.sources import load

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

# What the theme brings along and no page of ours asks for.
UNUSED = ("assets/javascripts", "assets/stylesheets", "assets/images", "sitemap.xml", "sitemap.xml.gz")


@dataclass(frozen=True)
class BuildReport:
    """What one build made; `seconds` by stage, in their order, sizes in bytes."""

    trusts: int
    clauses: int
    provisions: int
    files: int
    site_bytes: int
    seconds: Mapping[str, float]


def build(root: Path, site: Path, today: date, report: Callable[[str], None], *, register: bool = True) -> BuildReport:
    """Build the site of the project at `root` into `site`; `report` hears a line as each stage ends.

    Without a `register` nothing is in it that needs one: a training ends with a receipt.

    Raises SourceErrors (nothing at all has been written) or BuildFailed. The last good site stays until a new one is
    whole. Builds of one project wait for each other.
    """
    stages = _Stages(report)
    with one_build_at_a_time(root):
        with stages.timed("Sources read and checked"):
            library = load(root, today)
        with stages.timed("Pages written"), replacing(root / "docs" / "handbook") as folder:
            for _ in texts(root, library, partial(write_files, folder), register=register):
                pass
        with replacing(site) as new:
            with stages.timed("Site built"), ThreadPoolExecutor(1) as beside:
                # Typst has a processor of its own while MkDocs works; below there is nothing left but to copy.
                setting = beside.submit(set_pdfs, library, root, root / ".cache" / "pdf")
                run_mkdocs(root, new, register=register, trusts=len(library.trusts))
                pdfs = _finish(setting)
                remove(*(new / path for path in UNUSED))
            with stages.timed("Fonts, Python and engine added"):
                add_runtime(root, new / "assets")
            with stages.timed("PDFs set"):
                write_pdfs(pdfs, new)
            with stages.timed("Listed for offline use"):
                write_lists(new)
            with stages.timed("Links checked, and compressed"), ThreadPoolExecutor(1) as beside:
                # Compressing needs little of Python, which reads the links meanwhile.
                checking = beside.submit(broken_links, new, register=register)
                compress(new, root / ".cache" / "compressed")
                broken = checking.result()
                if broken:
                    raise BuildFailed(broken)
    return BuildReport(
        trusts=len(library.trusts),
        clauses=sum(len(trust.clauses) for trust in library.trusts.values()),
        provisions=sum(len(trust.provisions) for trust in library.trusts.values()),
        files=sum(1 for file in site.rglob("*") if file.is_file()),
        site_bytes=size(site),
        seconds=stages.seconds,
    )


def texts[Kept](
    root: Path, library: Library, keep: Callable[[Mapping[str, str]], Kept], *, register: bool
) -> Iterator[Kept]:
    """Yield what `keep` makes of everything that goes under docs/handbook, by its path there: pages and data.

    A kind at a time, or a trust: those of very many trusts are too much to hold at once.
    """
    yield from map(keep, course_files(library))
    yield keep(elsewhere_files(library))
    yield keep(search_files(library))
    yield from kinds_of_pages(library, read_history(root), keep, register=register)


def _finish(setting: Future[dict[str, SetPdf]]) -> Mapping[str, SetPdf]:
    try:
        return setting.result()
    except RuntimeMissing as error:
        raise BuildFailed((str(error),)) from error


def course_files(library: Library) -> Iterator[Mapping[str, str]]:
    """Yield the course of every trust, and its positions alone, by their path under docs/handbook."""

    def files_of(trust: str) -> Mapping[str, str]:
        return {
            f"{trust}/course.json": course_json(library, trust),
            f"{trust}/positions.json": positions_json(library, trust),
        }

    return each(files_of, library.trusts, trusts=len(library.trusts))


def add_runtime(root: Path, assets: Path) -> None:
    """Put fonts, Python and the engine under the site's assets; raises BuildFailed."""
    try:
        write_runtime(root, assets, root / ".cache" / "image")
    except RuntimeMissing as error:
        raise BuildFailed((str(error),)) from error


class _Stages:
    """The seconds each stage took."""

    def __init__(self, report: Callable[[str], None]) -> None:
        self.report = report
        self.seconds: dict[str, float] = {}

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - started
        self.report(f"{name} ({self.seconds[name]:.1f} s)")


@contextmanager
def one_build_at_a_time(root: Path) -> Iterator[None]:
    """Wait until no other process builds this project; the system lets go of the file even if we are killed."""
    lock = root / ".cache" / "build.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as held:
        if sys.platform == "win32":
            msvcrt.locking(held.fileno(), msvcrt.LK_LOCK, 1)
        else:
            fcntl.flock(held, fcntl.LOCK_EX)
        yield
