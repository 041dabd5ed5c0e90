"""One engine, two homes: attempts played in CPython and in Pyodide agree in every question, ruling and result.

The same player (`homes/player.py`) runs the same archive of the engine in every home, on the real courses. What is
compared is a digest of all states of each attempt; where two differ, the attempt is played again and the first state
that differs is shown.
"""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from handbook.courses import course_json
from handbook.library import Library
from quiz.courses import Course
from scripts.homes import ENGINE, Home, cpython, furnished, printed, pyodide
from scripts.interpreter import dotted, find, path_folders, usual_folders, version_of
from tests.quiz.homes import player

SEEDS = 2_000  # of each of the five trusts
HERE = dotted(sys.version_info[:2])
PYODIDE = "Pyodide 3.14"
OTHER_PYTHONS = [version for version in ("3.12", "3.13") if version != HERE]
PLAYER = Path(player.__file__)


@dataclass(frozen=True)
class Played:
    """Every home found here, by its name, and what its player reported."""

    folder: Path
    homes: Mapping[str, Home]
    reports: Mapping[str, Any]


@pytest.fixture(scope="module")
def played(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Played:
    """Let every home play all attempts, at the same time."""
    courses = {trust: course_json(library, trust) for trust in library.trusts}
    folder = furnished(tmp_path_factory.mktemp("homes"), PLAYER, courses)
    homes = dict(homes_here(folder))
    with ExitStack() as running:
        processes = {name: running.enter_context(home.start(PLAYER, "1", str(SEEDS))) for name, home in homes.items()}
        return Played(folder, homes, {name: printed(process) for name, process in processes.items()})


def homes_here(folder: Path) -> Iterator[tuple[str, Home]]:
    """Yield this Python, Pyodide, and the other Pythons the engine is written for if they are on this machine."""
    yield HERE, cpython(sys.executable, folder)
    yield PYODIDE, pyodide(folder)
    for version in OTHER_PYTHONS:
        python = find([*path_folders(os.environ), *usual_folders(Path.home())], version)
        if python and version_of(python) == version:
            yield version, cpython(str(python), folder)


def report(played: Played, home: str) -> Any:
    if home not in played.reports:
        pytest.skip(f"there is no CPython {home} on this machine: no attempt was compared with it")
    return played.reports[home]


def first_difference(here: Any, there: Any, where: str = "state") -> str | None:
    """Return where two pieces of JSON first differ and what stands there in each, or None if they are the same."""
    if isinstance(here, dict) and isinstance(there, dict) and here.keys() == there.keys():
        inner = (first_difference(here[key], there[key], f"{where}.{key}") for key in here)
    elif isinstance(here, list) and isinstance(there, list) and len(here) == len(there):
        pairs = enumerate(zip(here, there, strict=True))
        inner = (first_difference(mine, other, f"{where}[{place}]") for place, (mine, other) in pairs)
    else:
        return f"{where} is {json.dumps(here)} here and {json.dumps(there)} there" if here != there else None
    return next((found for found in inner if found), None)


@pytest.mark.parametrize("home", [*OTHER_PYTHONS, PYODIDE])
def test_ten_thousand_attempts_are_the_same_in(played: Played, home: str) -> None:
    here, there = played.reports[HERE]["digests"], report(played, home)["digests"]
    assert sum(len(set(digests)) for digests in here.values()) >= 10_000
    assert here.keys() == there.keys()
    for trust in here:
        for seed, pair in enumerate(zip(here[trust], there[trust], strict=True), start=1):
            if pair[0] != pair[1]:
                both = [played.homes[one].run(PLAYER, trust, str(seed)) for one in (HERE, home)]
                pytest.fail(f"{trust}, seed {seed}, {home}: {first_difference(*both)}")


@pytest.mark.parametrize("home", [HERE, *OTHER_PYTHONS, PYODIDE])
def test_the_engine_is_the_same_bytes_and_the_python_the_one_meant_in(played: Played, home: str) -> None:
    said = report(played, home)
    archive = played.folder / ENGINE
    assert said["engine"].startswith(f"{archive}{os.sep}")
    assert said["archive"] == sha256(archive.read_bytes()).hexdigest()
    assert dotted(said["python"][:2]) == home.removeprefix("Pyodide ")
    assert (said["platform"] == "emscripten") == (home == PYODIDE)


def test_the_attempts_are_of_every_kind_and_the_register_finds_their_last_state(courses: dict[str, Course]) -> None:
    for course in courses.values():
        played = [list(player.states(course, str(seed))) for seed in range(1, 41)]
        results = [states[-1]["result"] for states in played]
        assert {result["passed"] for result in results} == {True, False}
        assert {result["score"] for result in results} >= {0, 100}
        assert any(state["question"] and state["question"]["again"] for states in played for state in states)
        assert all(states[-1] == states[-2] for states in played[9::10])
