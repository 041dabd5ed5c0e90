"""What does a browser need beside the pages: fonts, Python itself, and the quiz's engine?"""

import json
import shutil
import zipfile
from hashlib import sha256
from io import BytesIO
from pathlib import Path

FONTS = "@fontsource-variable/atkinson-hyperlegible-next"
PYODIDE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
PYODIDE_LOCK = "pyodide-lock.json"
# The earliest time a zip can hold: the archive depends on nothing but its content.
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


class RuntimeMissing(Exception):
    """A file of the browser runtime is not where npm puts it."""


def write_runtime(root: Path, assets: Path) -> None:
    """Copy fonts and Pyodide out of node_modules, and pack the engine; manifest.json says where they lie."""
    modules = root / "node_modules"
    fonts = modules / FONTS / "files"
    _copy(fonts, sorted(file.name for file in fonts.glob("*.woff2")), assets / "fonts")
    _copy(modules / FONTS, ["LICENSE"], assets / "fonts")
    version = _version(modules / "pyodide")
    _copy(modules / "pyodide", PYODIDE, assets / "runtime" / version)
    lock = lock_without_packages(modules / "pyodide" / PYODIDE_LOCK)
    (assets / "runtime" / version / PYODIDE_LOCK).write_text(lock, encoding="utf-8")
    archive = engine_archive(root / "quiz")
    engine = f"quiz-{sha256(archive).hexdigest()[:12]}.zip"
    folder = assets / "engine"
    folder.mkdir(parents=True)
    (folder / engine).write_bytes(archive)
    manifest = {"pyodide": f"/assets/runtime/{version}/", "engine": f"/assets/engine/{engine}"}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def lock_without_packages(lock: Path) -> str:
    """Return Pyodide's list of packages without any: the engine needs none, and all of them take 22 kB on the wire."""
    try:
        return json.dumps({**json.loads(lock.read_text(encoding="utf-8")), "packages": {}}, sort_keys=True)
    except FileNotFoundError as error:
        raise RuntimeMissing(f"{error.filename} is missing: run npm ci, or scripts/start.py") from error


def engine_archive(quiz: Path) -> bytes:
    """Return the Python files of the engine as a zip, the same bytes for the same files."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(quiz.rglob("*.py")):
            entry = zipfile.ZipInfo(file.relative_to(quiz.parent).as_posix(), ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, file.read_bytes())
    return packed.getvalue()


def _version(pyodide: Path) -> str:
    try:
        return str(json.loads((pyodide / "package.json").read_text(encoding="utf-8"))["version"])
    except FileNotFoundError as error:
        raise RuntimeMissing(f"{error.filename} is missing: run npm ci, or scripts/start.py") from error


def _copy(source: Path, names: list[str] | tuple[str, ...], target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    if not names:
        raise RuntimeMissing(f"{source} is missing or empty: run npm ci, or scripts/start.py")
    for name in names:
        try:
            shutil.copyfile(source / name, target / name)
        except FileNotFoundError as error:
            raise RuntimeMissing(f"{source / name} is missing: run npm ci, or scripts/start.py") from error
