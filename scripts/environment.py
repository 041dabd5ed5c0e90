"""What must be on this machine before Clear to Post can be served or tested?"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scripts.progress import Failure, run, step
from scripts.stamps import fingerprint, identity, is_current, write
from scripts.turns import one_at_a_time

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

OLDEST_NODE = 20

SITE_SOURCES = (
    "policy_src",
    "quiz",
    "handbook",
    "docs",
    "mkdocs.yml",
    "package-lock.json",
    "requirements.lock",
)
# The build writes these pages itself.
SITE_PRODUCTS = ("docs/handbook",)

PYPI_ADVICE = "Python packages could not be installed. See that this machine reaches PyPI, then run this again."
NPM_ADVICE = "npm packages could not be installed. See that this machine reaches the npm registry, then run this again."
VENV_ADVICE = "The virtual environment .venv could not be made. See that this folder can be written to and has space."
BUILD_ADVICE = "The site could not be built. Correct what the lines above name, then run this again."


@dataclass(frozen=True)
class Workspace:
    """A copy of the project on a machine: its folder, the environment variables tools are to see, and the day."""

    root: Path
    environ: Mapping[str, str]
    today: date

    @property
    def venv(self) -> Path:
        """The virtual environment; everything installed from PyPI is in it."""
        return self.root / ".venv"

    @property
    def programs(self) -> Path:
        """Where the virtual environment keeps its programs."""
        return self.venv / ("Scripts" if sys.platform == "win32" else "bin")

    @property
    def python(self) -> Path:
        """The Python of the virtual environment."""
        return self.programs / ("python.exe" if sys.platform == "win32" else "python")

    @property
    def cache(self) -> Path:
        """What can be thrown away and made again."""
        return self.root / ".cache"

    @property
    def tool_environ(self) -> dict[str, str]:
        """The environment with our own programs first, so Node.js from PyPI is found where it was needed."""
        path = os.pathsep.join([str(self.programs), self.environ.get("PATH", os.defpath)])
        return {**self.environ, "PATH": path}

    def program(self, name: str) -> str | None:
        """Where a program is that we or the machine have."""
        return shutil.which(name, path=self.tool_environ["PATH"])

    def clearpost(self, *arguments: str) -> list[str]:
        """The command line that runs ``clearpost``."""
        return [str(self.python), "-m", "scripts.clearpost", *arguments]


def prepare(place: Workspace, lock: str) -> None:
    """Bring packages, browser runtime and built site up to date: only what changed, and never two at once."""
    with one_at_a_time(place.cache / "setup.lock"):
        ensure_python_packages(place, lock)
        ensure_node_packages(place)
        ensure_site(place)


def ensure_python_packages(place: Workspace, lock: str) -> None:
    """Have exactly the versions of the lock file, and the project itself, in a sound virtual environment."""
    sound, installed = place.venv / "sound.stamp", place.venv / f"{lock}.stamp"
    wanted = fingerprint(place.root, [lock, "pyproject.toml"])
    is_sound = is_current(sound, identity(place.python))
    if is_sound and is_current(installed, wanted):
        return
    if not is_sound:
        make_venv(place)
    # Without this stamp an installation that is interrupted halfway is started again from nothing.
    sound.unlink(missing_ok=True)
    with step(f"Installing {count_packages(place.root / lock)} Python packages"):
        install_locked(place, lock)
        pip_install(place, "--no-deps", "--no-build-isolation", "--editable", str(place.root))
    write(installed, wanted)
    write(sound, identity(place.python))


def make_venv(place: Workspace) -> None:
    """Make the virtual environment, in place of one that is missing, half made or whose Python is gone."""
    with step("Making the virtual environment .venv"):
        command = [sys.executable, "-m", "venv", "--clear", str(place.venv)]
        run(command, cwd=place.root, environ=place.environ, advice=VENV_ADVICE)


def count_packages(lock: Path) -> int:
    """How many packages a lock file names."""
    return len(re.findall(r"^[\w.-]+==", lock.read_text(encoding="utf-8"), re.MULTILINE))


def install_locked(place: Workspace, lock: str) -> None:
    """Install what the lock file names, and nothing whose hash it does not know."""
    pip_install(place, "--require-hashes", "--only-binary", ":all:", "--requirement", lock)


def pip_install(place: Workspace, *arguments: str) -> None:
    """Install into the virtual environment."""
    command = [str(place.python), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    run([*command, *arguments], cwd=place.root, environ=place.environ, advice=PYPI_ADVICE)


def ensure_node_packages(place: Workspace) -> None:
    """Have exactly what ``package-lock.json`` names, and a Node.js to run the tools in it."""
    # npm empties node_modules before it fills it, so the stamp is gone until it is written again.
    stamp = place.root / "node_modules" / ".complete.stamp"
    wanted = fingerprint(place.root, ["package.json", "package-lock.json"])
    if is_current(stamp, wanted) and place.program("node"):
        return
    if not has_node(place):
        with step("Installing Node.js from PyPI"):
            install_locked(place, "requirements-node.lock")
    with step("Fetching the browser runtime from npm"):
        npm_ci(place)
    write(stamp, wanted)


def has_node(place: Workspace) -> bool:
    """Whether a Node.js that is new enough answers, and its npm, too."""
    node, npm = answer(place, "node"), answer(place, "npm")
    version = re.match(r"v(\d+)\.", node)
    return bool(npm and version and int(version[1]) >= OLDEST_NODE)


def answer(place: Workspace, name: str) -> str:
    """The version a program gives; nothing if it is not there or does not work."""
    program = place.program(name)
    if program is None:
        return ""
    asked = subprocess.run([program, "--version"], env=place.tool_environ, capture_output=True, text=True)
    return asked.stdout.strip() if asked.returncode == 0 else ""


def npm_ci(place: Workspace) -> None:
    """Install the locked npm packages; none of them may run a program of its own while it is installed."""
    npm = place.program("npm")
    if npm is None:
        raise Failure("Node.js came without npm. Install Node.js from https://nodejs.org/, then run this again.")
    command = [npm, "ci", "--ignore-scripts", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]
    run(command, cwd=place.root, environ=place.tool_environ, advice=NPM_ADVICE)


def ensure_site(place: Workspace) -> None:
    """Have the site built from the sources as they are now, and today: it says how long a review is overdue."""
    stamp = place.cache / "site.stamp"
    wanted = f"{fingerprint(place.root, SITE_SOURCES, without=SITE_PRODUCTS)} {place.today.isoformat()}"
    if is_current(stamp, wanted) and (place.root / "site").is_dir():
        return
    stamp.unlink(missing_ok=True)
    with step("Building the site"):
        run(place.clearpost("build"), cwd=place.root, environ=place.tool_environ, advice=BUILD_ADVICE)
    write(stamp, wanted)
