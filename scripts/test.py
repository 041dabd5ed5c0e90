"""Set Clear to Post up and run its tests, in the browser too; arguments go to pytest, paths as seen from the root.

Without arguments those that open no browser run first, on all cores at once, and then those that do, one after the
other: a browser that has to share its core with other tests is late for what they wait for.
"""

from __future__ import annotations

import os
import subprocess
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

WITHOUT_BROWSER = ("-n", "auto", "--dist", "loadfile", "-m", "not browser")
IN_BROWSER = ("-m", "browser")


def main() -> None:
    """Run pytest, once everything it needs is there."""
    with plain_endings():
        require(ROOT, os.environ)
        place = Workspace(ROOT, os.environ, date.today())
        prepare(place, "requirements-test.lock")
        ensure_chromium(place.python, place.environ)
        os.chdir(ROOT)
        pytest = [str(place.python), "-m", "pytest"]
        if sys.argv[1:]:
            become([*pytest, *sys.argv[1:]], place.tool_environ)
        parts = (WITHOUT_BROWSER, IN_BROWSER)
        codes = [subprocess.run([*pytest, *part], env=place.tool_environ).returncode for part in parts]
        sys.exit(next((code for code in codes if code), 0))


if __name__ == "__main__":
    main()
