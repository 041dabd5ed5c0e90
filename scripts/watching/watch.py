"""Have the sources changed since the last look? Then the site is brought up to date, and whoever asks is told."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import date
from html import escape
from pathlib import Path

from handbook.folders import remove
from handbook.problems import BuildFailed, SourceErrors
from handbook.rebuilding import grow_old, rebuild

SECONDS_BETWEEN_LOOKS = 0.5
WATCHED = ("policy_src", "quiz", "docs", "mkdocs.yml")
# It is written by the build itself.
GENERATED = ("docs", "handbook")
ENGINE = ".py"
# Stands in until there is a site at all; it is built over as soon as the sources are right.
FIRST_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Not built yet</title></head>
<body><h1>Not built yet</h1><p>There is no page to show before the sources are right:</p><ul>{}</ul></body></html>
"""

type Stamps = Mapping[Path, tuple[int, int]]


@dataclass(frozen=True)
class State:
    """How often the site has been built, whether it is being built now, and what is wrong with the sources."""

    built: int = 0
    building: bool = False
    problems: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Return it as the page reads it."""
        return asdict(self)


class Watch:
    """Looks after the site of a project; `say` hears what happens, `built` is called after every build."""

    def __init__(self, root: Path, site: Path, say: Callable[[str], None], built: Callable[[], None]) -> None:
        self.state = State()
        self._root = root
        self._site = site
        self._say = say
        self._built = built
        self._seen: Stamps = {}
        self._ended = threading.Event()

    def look(self) -> bool:
        """Build if anything has changed since the last look, and return whether it has."""
        now = dict(stamps(self._root))
        changed = sorted({path for path, _ in set(now.items()) ^ set(self._seen.items())})
        if not changed:
            return False
        if self._seen:
            self._say(f"Changed: {', '.join(str(path.relative_to(self._root)) for path in changed)}")
        if any(path.suffix == ENGINE for path in changed) and self._seen:
            remove(self._site / "assets" / "engine")
        self._seen = now
        self._build()
        return True

    def _build(self) -> None:
        self.state = replace(self.state, building=True)
        started = time.monotonic()
        try:
            rebuild(self._root, self._site, date.today())
        except SourceErrors as errors:
            self._fail(tuple(map(str, errors.problems)))
        except BuildFailed as failure:
            self._fail(failure.messages)
        else:
            self._built()
            self.state = State(self.state.built + 1)
            self._say(f"Built in {time.monotonic() - started:.1f} s")

    def _fail(self, problems: tuple[str, ...]) -> None:
        for problem in problems:
            self._say(problem)
        self._say("The last good pages stay.")
        first = self._site / "index.html"
        if not first.exists():
            (self._site / "handbook").mkdir(parents=True, exist_ok=True)
            first.write_text(FIRST_PAGE.format("".join(f"<li>{escape(one)}</li>" for one in problems)), "utf-8")
            grow_old(first)
        self.state = replace(self.state, building=False, problems=problems)

    def start(self) -> None:
        """Go on looking in a thread of its own until `end` is called."""
        threading.Thread(target=self._go_on, daemon=True).start()

    def end(self) -> None:
        """Look no more."""
        self._ended.set()

    def _go_on(self) -> None:
        while not self._ended.wait(SECONDS_BETWEEN_LOOKS):
            self.look()


def stamps(root: Path) -> Iterator[tuple[Path, tuple[int, int]]]:
    """Yield every watched file with its time and size; hidden ones, such as an editor's own, are left out."""
    for name in WATCHED:
        place = root / name
        for file in [place] if place.is_file() else _files(place, root.joinpath(*GENERATED)):
            with suppress(FileNotFoundError):
                about = file.stat()
                yield file, (about.st_mtime_ns, about.st_size)


def _files(folder: Path, but_not: Path) -> Iterator[Path]:
    for place, folders, names in folder.walk():
        folders[:] = [one for one in folders if not _is_hidden(one) and place / one != but_not]
        yield from (place / one for one in names if not _is_hidden(one))


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "__")) or name.endswith("~")
