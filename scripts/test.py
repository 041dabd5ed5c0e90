"""Set Clear to Post up and run its tests, in the browser too; arguments go to pytest, paths as seen from the root."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if not __package__:
    # Run as a file, Python looks for modules in this folder; the package is one up.
    sys.path[0] = str(ROOT)

from scripts.browser import ensure_chromium  # noqa: E402
from scripts.environment import Workspace, prepare  # noqa: E402
from scripts.interpreter import become, require  # noqa: E402
from scripts.progress import plain_endings  # noqa: E402


def main() -> None:
    """Become pytest, once everything it needs is there."""
    with plain_endings():
        require(ROOT, os.environ)
        place = Workspace(ROOT, os.environ, date.today())
        prepare(place, "requirements-test.lock")
        ensure_chromium(place.python, place.environ)
        os.chdir(ROOT)
        become([str(place.python), "-m", "pytest", *sys.argv[1:]], place.tool_environ)


if __name__ == "__main__":
    main()
