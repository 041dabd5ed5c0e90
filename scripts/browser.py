"""Which Chromium do the browser tests use, and where does one come from if there is none?"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.progress import Failure, run, step

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NAMES = ("chromium", "chromium-browser", "google-chrome")

PLAYWRIGHT_CACHES = {
    "darwin": "~/Library/Caches/ms-playwright",
    "linux": "~/.cache/ms-playwright",
    "win32": "~/AppData/Local/ms-playwright",
}
PLAYWRIGHT_CHROMIUM = (
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
    "chromium-*/chrome-win*/chrome.exe",
)

NO_BROWSER = "The browser tests need Chromium and it could not be installed: install it, or set CHROMIUM to its path."
WRONG_BROWSER = "CHROMIUM is set to {path}, which does not run: set it to a Chromium, or unset it."


def find_chromium(environ: Mapping[str, str] = os.environ) -> Path | None:
    """The Chromium to test with: the one ``CHROMIUM`` names and no other, else the machine's, else Playwright's."""
    return next(filter(runs, candidates(environ)), None)


def candidates(environ: Mapping[str, str]) -> Iterator[Path]:
    """Where a Chromium may be, best first."""
    if environ.get("CHROMIUM"):
        yield Path(environ["CHROMIUM"])
        return
    for name in NAMES:
        program = shutil.which(name, path=environ.get("PATH", os.defpath))
        if program:
            yield Path(program)
    cache = Path(
        environ.get("PLAYWRIGHT_BROWSERS_PATH") or PLAYWRIGHT_CACHES.get(sys.platform, PLAYWRIGHT_CACHES["linux"])
    )
    for pattern in PLAYWRIGHT_CHROMIUM:
        yield from sorted(cache.expanduser().glob(pattern), reverse=True)


def runs(program: Path) -> bool:
    """Whether this is a browser: Ubuntu's ``chromium-browser`` may only say that there is a snap."""
    if sys.platform == "win32":
        # There, asking Chrome for its version opens a window.
        return program.is_file()
    try:
        return subprocess.run([str(program), "--version"], capture_output=True).returncode == 0
    except OSError:
        return False


def ensure_chromium(python: Path, environ: Mapping[str, str]) -> None:
    """Install a Chromium if there is none, first the system's way, then Playwright's; stop if neither gives one."""
    if find_chromium(environ):
        return
    if environ.get("CHROMIUM"):
        raise Failure(WRONG_BROWSER.format(path=environ["CHROMIUM"]))
    quiet = {**environ, "DEBIAN_FRONTEND": "noninteractive"}
    for title, commands in installations(python, environ):
        with suppress(Failure), step(title):
            for command in commands:
                run(command, cwd=Path.cwd(), environ=quiet, advice=NO_BROWSER)
        if find_chromium(environ):
            return
    raise Failure(NO_BROWSER)


def is_root() -> bool:
    """Whether we may install for the whole machine."""
    return sys.platform != "win32" and os.geteuid() == 0


def installations(python: Path, environ: Mapping[str, str]) -> Iterator[tuple[str, list[list[str]]]]:
    """The ways to install Chromium on this machine, best first, each as a title and its commands."""
    playwright = [str(python), "-m", "playwright", "install"]
    apt = shutil.which("apt-get", path=environ.get("PATH", os.defpath))
    if apt and is_root():
        packages = ["chromium", "fonts-liberation"]
        install = [apt, "install", "--yes", "--no-install-recommends", *packages]
        yield "Installing Chromium with apt", [[apt, "update"], install]
        # Its browser needs system libraries, which only root can install.
        playwright = [*playwright, "--with-deps"]
    yield "Installing Chromium with Playwright", [[*playwright, "chromium"]]
