"""While somebody writes: the site brought up to date, and only the pages that have changed built again.

It is for looking at, not for publishing: nothing is compressed, and nothing is kept for offline use.
"""

import os
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from handbook.build import add_runtime, one_build_at_a_time, texts
from handbook.folders import remove, write_files
from handbook.mkdocs import run_on_what_changed
from handbook.pdf.files import set_pdfs, write_pdfs
from handbook.problems import BuildFailed
from handbook.sources import load

HANDBOOK = Path("docs", "handbook")
# Pages of docs/ that take in generated parts.
TAKES_IN = {"home/": "index.html"}
# A dirty build warns of itself; it is what is asked for here.
OF_ITSELF = "dirty"


def rebuild(root: Path, site: Path, today: date) -> tuple[str, ...]:
    """Bring the site of the project at `root` up to date; return the paths of the generated files that have changed.

    Raises SourceErrors (nothing has been written) or BuildFailed.
    """
    with one_build_at_a_time(root):
        library = load(root, today)
        kinds = texts(root, library, lambda files: files, register=True)
        files = {path: words for some in kinds for path, words in some.items()}
        changed = write_changed(root / HANDBOOK, files)
        for part, page in TAKES_IN.items():
            if any(path.startswith(part) for path in changed):
                grow_old(site / page)
        remove(*(site / "handbook" / built_of(path) for path in changed if not (root / HANDBOOK / path).exists()))
        is_new = not (site / "assets" / "engine").is_dir()
        warnings = [one for one in run_on_what_changed(root, site) if OF_ITSELF not in one]
        if is_new:
            remove(site / "assets" / "fonts", site / "assets" / "runtime")
            add_runtime(root, site / "assets")
        write_pdfs(set_pdfs(library, root, root / ".cache" / "pdf"), site)
    if warnings:
        raise BuildFailed(tuple(warnings))
    return changed


def built_of(path: str) -> str:
    """Return what MkDocs makes of a generated file."""
    return path.removesuffix("index.md") + "index.html" if path.endswith("index.md") else path


def write_changed(folder: Path, files: Mapping[str, str]) -> tuple[str, ...]:
    """Make a folder hold these texts by their path and no others; leave alone whatever is right, its time included."""
    there = {one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file()}
    changed = {path: text for path, text in files.items() if path not in there or not _holds(folder / path, text)}
    gone = there - files.keys()
    remove(*(folder / path for path in gone))
    write_files(folder, changed)
    return tuple(sorted({*changed, *gone}))


def _holds(file: Path, text: str) -> bool:
    return file.read_bytes() == text.encode()


def grow_old(*files: Path) -> None:
    """Make files look as if they had been built before everything else, so that they are built again."""
    for file in _existing(files):
        os.utime(file, (0, 0))


def _existing(files: Iterable[Path]) -> Iterable[Path]:
    return (file for file in files if file.exists())
