"""Which sources does somebody mean who names a folder or a git revision?"""

import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from handbook.library import Library
from handbook.problems import SourceErrors
from handbook.sources import load_untried

PARTS = ("policy_src", "quiz/scenarios")


class NotFound(Exception):
    """There are no such sources; the message says what was looked for and what to do."""


class Unusable(Exception):
    """The sources are there, but wrong: `named` is what the person called them, `errors` all that is wrong."""

    def __init__(self, named: str, errors: SourceErrors) -> None:
        super().__init__(named)
        self.named = named
        self.errors = errors


def library_of(named: str, root: Path, today: date) -> Library:
    """Return the sources in a folder or, if there is no such folder, at a git revision of the project at `root`.

    They are read and checked by today's engine. Raises NotFound or Unusable.
    """
    with _folder(named, root) as folder:
        try:
            return load_untried(folder, today)
        except SourceErrors as errors:
            raise Unusable(named, errors) from errors


@contextmanager
def _folder(named: str, root: Path) -> Iterator[Path]:
    folder = Path(named)
    if named and folder.is_dir():
        missing = [part for part in PARTS if not (folder / part).is_dir()]
        if missing:
            raise NotFound(f"the folder {named} has no {' and no '.join(missing)} in it; name the folder above them")
        yield folder
        return
    archive = _archive(named, root)
    with TemporaryDirectory(prefix="clearpost-") as temporary:
        with tarfile.open(fileobj=BytesIO(archive)) as packed:
            packed.extractall(temporary, filter="data")
        yield Path(temporary)


def _archive(named: str, root: Path) -> bytes:
    """Return the sources of a revision as a tar file."""
    git = shutil.which("git")
    if git is None:
        raise NotFound(f"there is no folder {named}, and git is not installed to look for a revision of that name")
    checkout = _asked(git, root, "rev-parse", "--is-inside-work-tree")
    if checkout.returncode:
        why = checkout.stderr.decode(errors="replace").strip()
        raise NotFound(f"there is no folder {named}, and no revision to be had from {root}: git says {why!r}")
    commit = _asked(git, root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{named}^{{commit}}")
    if commit.returncode:
        raise NotFound(f"there is neither a folder nor a git revision {named!r}; `git log --oneline` lists revisions")
    archive = _asked(git, root, "archive", "--format=tar", commit.stdout.decode().strip(), *PARTS)
    if archive.returncode:
        raise NotFound(f"the revision {named} has no {' or no '.join(PARTS)} in it")
    return archive.stdout


def _asked(git: str, root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([git, "-C", str(root), *arguments], stdin=subprocess.DEVNULL, capture_output=True)
