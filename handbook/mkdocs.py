"""How does MkDocs make the site of docs/? In several processes where there are many trusts: each makes a part of it.

A part is some of the folders of docs/handbook/. The generator writes them, with links that MkDocs takes as they stand;
whether they lead somewhere is seen once the parts are one site again (`handbook/links.py`).
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from handbook.problems import BuildFailed
from handbook.sharing import processes

# So much Markdown at a time: MkDocs keeps six times as much in memory.
PART_BYTES = 25_000_000
HOOK = Path(__file__).with_name("html_blocks.py")


def run_mkdocs(root: Path, site: Path, *, register: bool, trusts: int) -> None:
    """Build the Markdown under docs/ with MkDocs, where a warning is an error; raises BuildFailed."""
    at_once = processes(trusts)
    if at_once == 1:
        _succeed([_mkdocs(root, root / "mkdocs.yml", site, register)])
        return
    parts = _parts(root / "docs" / "handbook", at_once)
    with _configurations(root, parts, site.parent) as files, ThreadPoolExecutor(at_once) as pool:
        sites = [site, *(file.parent / "site" for file in files[1:])]
        _succeed(pool.map(lambda file, made: _mkdocs(root, file, made, register), files, sites))
        for made in sites[1:]:
            for folder in (made / "handbook").iterdir():
                folder.rename(site / "handbook" / folder.name)


def run_on_what_changed(root: Path, site: Path) -> list[str]:
    """Build the pages that are newer than what was built of them, and return its warnings; raises BuildFailed."""
    finished = _mkdocs(root, root / "mkdocs.yml", site, True, "--dirty", "--no-strict")
    _succeed([finished])
    return [line for line in _said(finished) if line.startswith("WARNING")]


def _mkdocs(root: Path, configuration: Path, site: Path, register: bool, *how: str) -> subprocess.CompletedProcess[str]:
    # A process of its own gives its memory back, and cannot change our logging.
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", *how, "--config-file", configuration, "--site-dir", site],
        cwd=root,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "CLEARPOST_REGISTER": str(register).lower()},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
    )


def _said(finished: subprocess.CompletedProcess[str]) -> list[str]:
    return [line for line in finished.stderr.splitlines() if line.strip() and not line.startswith("INFO")]


def _succeed(all_of_them: Iterable[subprocess.CompletedProcess[str]]) -> None:
    failed = [one for one in all_of_them if one.returncode]
    if failed:
        lines = tuple(line for one in failed for line in _said(one))
        raise BuildFailed(lines or (f"MkDocs stopped with code {failed[0].returncode} and gave no reason.",))


def _parts(handbook: Path, at_once: int) -> list[list[Path]]:
    """Return the folders of the handbook in parts of about the same weight, the heaviest folders first."""
    weights = {
        folder: sum(page.stat().st_size for page in folder.rglob("*.md"))
        for folder in handbook.iterdir()
        if folder.is_dir()
    }
    parts: list[list[Path]] = [[] for _ in range(max(at_once, sum(weights.values()) // PART_BYTES))]
    filled = [0] * len(parts)
    for folder in sorted(weights, key=lambda one: (-weights[one], one)):
        emptiest = filled.index(min(filled))
        parts[emptiest].append(folder)
        filled[emptiest] += weights[folder]
    return parts


@contextmanager
def _configurations(root: Path, parts: Iterable[Iterable[Path]], beside: Path) -> Iterator[list[Path]]:
    """Give a configuration for all that is in no part, and one for each part, which lies in a folder of its own."""
    theme = {"custom_dir": str(root / "docs" / "overrides")}
    with tempfile.TemporaryDirectory(dir=beside) as folder:
        # As drafts, what is in the parts can be linked to, and is not built.
        settings: list[dict[str, object]] = [{"docs_dir": str(root / "docs"), "draft_docs": "/handbook/*/"}]
        for place, part in enumerate(parts, start=1):
            docs = Path(folder, str(place), "docs")
            (docs / "handbook").mkdir(parents=True)
            for one in part:
                (docs / "handbook" / one.name).symlink_to(one, target_is_directory=True)
            settings.append({"docs_dir": str(docs), "nav": [], "hooks": [str(HOOK)]})
        files = [Path(folder, str(place), "mkdocs.yml") for place in range(len(settings))]
        for file, own in zip(files, settings, strict=True):
            file.parent.mkdir(exist_ok=True)
            # JSON is YAML too.
            file.write_text(json.dumps({"INHERIT": str(root / "mkdocs.yml"), "theme": theme, **own}), encoding="utf-8")
        yield files
