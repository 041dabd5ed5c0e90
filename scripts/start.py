"""Set Clear to Post up and serve it: the first start fetches what is missing, later ones only what changed."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if not __package__:
    # Run as a file, Python looks for modules in this folder; the package is one up.
    sys.path[0] = str(ROOT)

from scripts.environment import Workspace, prepare  # noqa: E402
from scripts.interpreter import become, require  # noqa: E402
from scripts.progress import plain_endings, run, step  # noqa: E402

MIGRATE_ADVICE = "The database could not be brought up to date. See that --data names a folder that can be written to."
DEMO_ADVICE = "The demonstration people could not be added; --no-demo goes on without them."


def main() -> None:
    """Do what the command line asks."""
    options = parser().parse_args()
    with plain_endings():
        require(ROOT, os.environ)
        place = Workspace(ROOT, os.environ, date.today())
        prepare(place, "requirements.lock")
        if options.setup_only:
            prepare_data(place, options.data, options.port, demo=options.demo)
        else:
            serve(place, options.data, options.port, demo=options.demo)


def parser() -> argparse.ArgumentParser:
    """The options of the command."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--setup-only", action="store_true", help="set everything up, but do not serve")
    options.add_argument("--port", type=int, default=8000, help="where to serve on 127.0.0.1 (default: %(default)s)")
    options.add_argument(
        "--data", type=folder, default=ROOT / "var", metavar="DIR", help="folder of the database (default: var/)"
    )
    options.add_argument(
        "--no-demo", dest="demo", action="store_false", help="without demonstration people and their sign-in links"
    )
    return options


def folder(name: str) -> Path:
    """A folder named on the command line, as seen from where the command is given."""
    return Path(name).expanduser().absolute()


def prepare_data(place: Workspace, data: Path, port: int, *, demo: bool) -> None:
    """Bring the database up to date, and add the demonstration people unless they are not wanted."""
    with step("Bringing the database up to date"):
        clearpost(place, MIGRATE_ADVICE, "migrate", "--data", str(data))
    if demo:
        with step("Adding the demonstration people"):
            links = clearpost(place, DEMO_ADVICE, "demo", "--data", str(data), "--port", str(port))
        print(links, end="")


def clearpost(place: Workspace, advice: str, *arguments: str) -> str:
    """What a ``clearpost`` command prints."""
    return run(place.clearpost(*arguments), cwd=place.root, environ=place.tool_environ, advice=advice)


def serve(place: Workspace, data: Path, port: int, *, demo: bool) -> None:
    """Become the server, which looks after its database itself: one process starts faster than three."""
    people = "--demo" if demo else "--no-demo"
    os.chdir(place.root)
    become(place.clearpost("serve", "--data", str(data), "--port", str(port), people), place.tool_environ)


if __name__ == "__main__":
    main()
