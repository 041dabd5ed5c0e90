"""What is wrong in the sources, where, and what would be right: written for people who do not program."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong in one line; `file` is relative to the project's root, lines count from 1."""

    file: Path
    line: int
    message: str

    def __str__(self) -> str:
        """Return `<file>:<line>: <message>`, as editors and terminals link it."""
        return f"{self.file.as_posix()}:{self.line}: {self.message}"


class SourceErrors(Exception):
    """Everything found wrong in one run: `problems`, each once, sorted by file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


class BuildFailed(Exception):
    """The sources are right, but the site could not be made of them; `messages` say why, in the tool's own words."""

    def __init__(self, messages: tuple[str, ...]) -> None:
        super().__init__("\n".join(messages))
        self.messages = messages


@dataclass
class Report:
    """The problems of one file, as its reader comes upon them."""

    file: Path
    found: list[Problem] = field(default_factory=list)

    def add(self, line: int, message: str) -> None:
        """Note something wrong in a line."""
        self.found.append(Problem(self.file, line, message))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that was found, in the order of the file."""
        return tuple(sorted(set(self.found)))
