"""What the browser gets beside the pages: fonts, Pyodide, and an engine that runs."""

import json
import os
import re
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from handbook.caches import KEPT_SECONDS
from handbook.runtime import (
    LIBRARY,
    PYODIDE,
    PYODIDE_LOCK,
    SNAPSHOT,
    RuntimeMissing,
    compiled_at_once,
    engine_archive,
    image_of,
    integrity,
    write_runtime,
)
from tests.handbook.built import ROOT, Built

PACKAGE = ROOT / "node_modules" / "pyodide"


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


def test_pyodides_program_is_the_packages_own_in_brackets_that_have_it_compiled_at_once(handbook: Built) -> None:
    """But for the exports that it takes for packages, of which the engine needs none (test_exports.py)."""
    (runtime,) = (handbook.site / "assets" / "runtime").iterdir()
    for_packages = re.compile(r"(?<=assignWasmExports\(wasmExports\)\{)[^{}]*|(?<=var )[\w$]+(?:,[\w$]+){100,}")
    served, package = (
        for_packages.sub("", (folder / "pyodide.asm.mjs").read_text(encoding="utf-8")) for folder in (runtime, PACKAGE)
    )
    assert served.startswith("export default (async function ")
    function = served.removeprefix("export default (").removesuffix(");\n")
    assert package.startswith(function)
    assert package.removeprefix(function).split() == ["export", "default", "_createPyodideModule;"]


def test_a_program_of_another_form_is_left_as_it_is() -> None:
    assert compiled_at_once("export default () => 1;\n") == "export default () => 1;\n"


def test_the_manifest_names_every_file_of_the_engine_with_its_hash_and_its_size(handbook: Built) -> None:
    manifest = json.loads((handbook.site / "assets" / "engine" / "manifest.json").read_text(encoding="utf-8"))
    named = {manifest[name] for name in ("engine", "library", "no_library", "snapshot")}
    runtime = {f"{manifest['pyodide']}{name}" for name in (*PYODIDE, PYODIDE_LOCK)}
    assert set(manifest["integrity"]) == named | runtime
    for address, hashed in manifest["integrity"].items():
        file = handbook.site / address.lstrip("/")
        assert integrity(file) == hashed
        assert file.stat().st_size == manifest["bytes"][address]


def test_the_same_engine_makes_the_same_image_with_no_clock_and_no_chance_in_it(tmp_path: Path) -> None:
    engine = engine_archive(ROOT / "quiz")
    one, other = (image_of(PACKAGE, PACKAGE / LIBRARY, engine, tmp_path / name) for name in ("one", "other"))
    for name in (LIBRARY, SNAPSHOT):
        assert (one / name).read_bytes() == (other / name).read_bytes()


def test_the_image_in_use_is_kept_and_those_unused_for_long_are_forgotten(tmp_path: Path) -> None:
    engine = engine_archive(ROOT / "quiz")
    image = image_of(PACKAGE, PACKAGE / LIBRARY, engine, tmp_path)
    (tmp_path / "unused").mkdir()
    for one in (image, tmp_path / "unused"):
        os.utime(one, (0, time.time() - KEPT_SECONDS - 60))
    assert image_of(PACKAGE, PACKAGE / LIBRARY, engine, tmp_path) == image
    assert [one.name for one in tmp_path.iterdir()] == [image.name]


def test_the_library_is_compiled_and_holds_what_the_engine_imports(handbook: Built) -> None:
    (library,) = (handbook.site / "assets" / "engine").glob("python_stdlib-*.zip")
    names = zipfile.ZipFile(library).namelist()
    assert {"json/__init__.pyc", "dataclasses.pyc", "functools.pyc", "traceback.pyc"} <= set(names)
    assert all(name.endswith(".pyc") for name in names)


def test_without_node_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    with pytest.raises(RuntimeMissing, match="run scripts/start"):
        image_of(PACKAGE, PACKAGE / LIBRARY, engine_archive(ROOT / "quiz"), tmp_path / "image")


def test_an_engine_that_does_not_run_makes_no_image(tmp_path: Path) -> None:
    (tmp_path / "quiz").mkdir()
    (tmp_path / "quiz" / "engine.py").write_text("import nothing_of_that_name\n")
    with pytest.raises(RuntimeMissing, match="could not make the image"):
        image_of(PACKAGE, PACKAGE / LIBRARY, engine_archive(tmp_path / "quiz"), tmp_path / "image")
    assert [one.name for one in (tmp_path / "image").iterdir() if not one.name.startswith(".")] == []


def test_the_list_of_packages_keeps_what_pyodide_checks_and_names_no_package(handbook: Built) -> None:
    (lock,) = (handbook.site / "assets" / "runtime").glob(f"*/{PYODIDE_LOCK}")
    whole = json.loads((PACKAGE / PYODIDE_LOCK).read_text(encoding="utf-8"))
    assert json.loads(lock.read_text(encoding="utf-8")) == {**whole, "packages": {}}


def test_the_fonts_named_in_the_stylesheet_are_there_with_their_licence(handbook: Built) -> None:
    sheet = (handbook.site / "assets" / "clearpost.css").read_text(encoding="utf-8")
    named = [part.split('"')[0] for part in sheet.split('url("')[1:]]
    assert named
    assert all((handbook.site / name.lstrip("/")).is_file() for name in named)
    assert "SIL Open Font License" in (handbook.site / "assets" / "fonts" / "LICENSE").read_text(encoding="utf-8")


def test_without_npms_files_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(RuntimeMissing, match="run npm ci"):
        write_runtime(tmp_path, tmp_path / "assets", tmp_path / "image")
