"""How did the policies come to say what they say? The sources' own history, where they lie in a git repository."""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

POLICY = "policy.md"
# Before the commits of the log; no path begins with it.
MARK = "commit "
NOTHING = "0" * 40


@dataclass(frozen=True)
class Edit:
    """One commit's change to one trust's `policy.md`: its text before and after, None where there was or is none."""

    commit: str
    at: datetime
    trust: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class History:
    """All edits of policies, the newest first; not `known` where the sources have no history.

    `since_start` is False where the history is cut off: its first commit then shows as new what is only unknown.
    """

    known: bool
    edits: tuple[Edit, ...] = ()
    since_start: bool = True


NO_HISTORY = History(known=False)


def read_history(root: Path, folder: str = "policy_src") -> History:
    """Return the history of the policies in a folder of the project at `root`; none without git or a repository."""
    git = shutil.which("git")
    if git is None or _asked(git, root, "rev-parse", "--verify", "--quiet", "HEAD").returncode:
        return NO_HISTORY
    log = _asked(
        git, root, "-c", "core.quotePath=off", "log", "--first-parent", "-m", "--raw", "--relative", "--no-abbrev",
        "--no-renames", f"--format={MARK}%H %cI", "--", folder,
    )  # fmt: skip
    lines = [line for line in log.stdout.decode(errors="replace").splitlines() if line]
    if log.returncode or not lines:
        return NO_HISTORY
    touched = list(_touched(lines, folder))
    texts = _texts(git, root, {blob for _, _, _, *blobs in touched for blob in blobs if blob != NOTHING})
    shallow = _asked(git, root, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"
    edits = [Edit(commit, at, trust, texts.get(old), texts.get(new)) for commit, at, trust, old, new in touched]
    return History(known=True, edits=tuple(edits), since_start=not shallow)


def _touched(lines: list[str], folder: str) -> Iterator[tuple[str, datetime, str, str, str]]:
    """Yield each change of a policy: the commit, its time, the trust, and the blobs before and after."""
    commit, at = "", datetime.min.replace(tzinfo=UTC)
    for line in lines:
        if line.startswith(MARK):
            _, commit, stamp = line.split(" ")
            at = datetime.fromisoformat(stamp).astimezone(UTC)
            continue
        about, _, path = line.partition("\t")
        parts = path.split("/")
        if len(parts) == 3 and parts[0] == folder and parts[2] == POLICY:
            _, _, old, new, _ = about.split(" ")
            yield commit, at, parts[1], old, new


def _texts(git: str, root: Path, blobs: set[str]) -> dict[str, str]:
    """Return the contents of blobs by their name, in one call."""
    ordered = sorted(blobs)
    found = _asked(git, root, "cat-file", "--batch", given="\n".join(ordered).encode() + b"\n").stdout
    texts, place = {}, 0
    for blob in ordered:
        header, _, _ = found[place:].partition(b"\n")
        begin = place + len(header) + 1
        if header.endswith(b" missing"):
            place = begin
            continue
        size = int(header.rsplit(b" ", 1)[1])
        texts[blob] = found[begin : begin + size].decode("utf-8-sig", errors="replace")
        place = begin + size + 1
    return texts


def _asked(git: str, root: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([git, "-C", str(root), *arguments], input=given, capture_output=True)
