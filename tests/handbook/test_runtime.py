"""What the browser gets beside the pages: fonts, Pyodide, and an engine that runs."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from handbook.runtime import PYODIDE, PYODIDE_LOCK, RuntimeMissing, engine_archive, write_runtime
from tests.handbook.built import ROOT, Built


def test_the_engine_is_the_same_bytes_for_the_same_files() -> None:
    assert engine_archive(ROOT / "quiz") == engine_archive(ROOT / "quiz")


def test_the_engine_holds_python_and_nothing_else(handbook: Built) -> None:
    (archive,) = (handbook.site / "assets" / "engine").glob("quiz-*.zip")
    names = zipfile.ZipFile(archive).namelist()
    assert "quiz/engine.py" in names
    assert all(name.startswith("quiz/") and name.endswith(".py") for name in names)


def test_the_engine_plays_the_course_straight_from_its_zip(handbook: Built) -> None:
    (archive,) = (handbook.site / "assets" / "engine").glob("quiz-*.zip")
    course = handbook.site / "handbook" / "lydiate" / "course.json"
    program = (
        f"import sys; sys.path[:0] = [{str(archive)!r}]; from pathlib import Path; import quiz.engine as engine;"
        f"assert '.zip' in engine.__file__; print(engine.play(Path({str(course)!r}).read_text('utf-8'), 'a', '[]'))"
    )
    played = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert '"asked":1' in played.stdout


def test_all_of_pyodide_that_a_worker_loads_is_there(handbook: Built) -> None:
    (runtime,) = (handbook.site / "assets" / "runtime").iterdir()
    assert {file.name for file in runtime.iterdir() if file.suffix not in (".br", ".gz")} == {*PYODIDE, PYODIDE_LOCK}


def test_the_list_of_packages_keeps_what_pyodide_checks_and_names_no_package(handbook: Built) -> None:
    (lock,) = (handbook.site / "assets" / "runtime").glob(f"*/{PYODIDE_LOCK}")
    whole = json.loads((ROOT / "node_modules" / "pyodide" / PYODIDE_LOCK).read_text(encoding="utf-8"))
    assert json.loads(lock.read_text(encoding="utf-8")) == {**whole, "packages": {}}


def test_the_fonts_named_in_the_stylesheet_are_there_with_their_licence(handbook: Built) -> None:
    sheet = (handbook.site / "assets" / "clearpost.css").read_text(encoding="utf-8")
    named = [part.split('"')[0] for part in sheet.split('url("')[1:]]
    assert named
    assert all((handbook.site / name.lstrip("/")).is_file() for name in named)
    assert "SIL Open Font License" in (handbook.site / "assets" / "fonts" / "LICENSE").read_text(encoding="utf-8")


def test_without_npms_files_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(RuntimeMissing, match="run npm ci"):
        write_runtime(tmp_path, tmp_path / "assets")
