"""What does a browser need beside the pages: fonts, Python itself, and the quiz's engine?"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from handbook.caches import forget_old, used
from handbook.exports import asked_for

FONTS = "@fontsource-variable/atkinson-hyperlegible-next"
LOADER, PROGRAM, ASSEMBLY = PYODIDE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")
PYODIDE_LOCK = "pyodide-lock.json"
LIBRARY, SNAPSHOT, MEMORY = "python_stdlib.zip", "snapshot.bin", "snapshot.json"
IMAGE = Path(__file__).with_name("image")
MOST_OF_A_LINE = 300
# A zip of nothing: a snapshot has everything it needs in it already.
NO_LIBRARY = b"PK\5\6" + bytes(18)
# The earliest time a zip can hold: the archive depends on nothing but its content.
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


class RuntimeMissing(Exception):
    """A file of the browser runtime is not where npm puts it."""


def write_runtime(root: Path, assets: Path, cache: Path) -> None:
    """Copy fonts and Pyodide out of node_modules, pack the engine, make its image; manifest.json says where they lie.

    Raises RuntimeMissing if a file of npm's is not there, there is no Node.js, or the image cannot be made.
    """
    modules = root / "node_modules"
    fonts = modules / FONTS / "files"
    _copy(fonts, sorted(file.name for file in fonts.glob("*.woff2")), assets / "fonts")
    _copy(modules / FONTS, ["LICENSE"], assets / "fonts")
    runtime = pyodide_for_browsers(modules / "pyodide", assets / "runtime")
    archive = engine_archive(root / "quiz")
    image = image_of(runtime, modules / "pyodide" / LIBRARY, archive, cache)
    folder = assets / "engine"
    folder.mkdir(parents=True)
    named = {
        "engine": _kept(folder, "quiz.zip", archive),
        "library": _kept(folder, LIBRARY, (image / LIBRARY).read_bytes()),
        "no_library": _kept(folder, "no_stdlib.zip", NO_LIBRARY),
        "snapshot": _kept(folder, SNAPSHOT, (image / SNAPSHOT).read_bytes()),
    }
    served = [*(runtime / name for name in (*PYODIDE, PYODIDE_LOCK)), *named.values()]
    files = {f"/{file.relative_to(assets.parent).as_posix()}": file for file in served}
    manifest = {
        "pyodide": f"/assets/runtime/{runtime.name}/",
        **{name: f"/assets/engine/{file.name}" for name, file in named.items()},
        **json.loads((image / MEMORY).read_text(encoding="utf-8")),
        "integrity": {path: integrity(file) for path, file in files.items()},
        "bytes": {path: file.stat().st_size for path, file in files.items()},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def pyodide_for_browsers(package: Path, runtimes: Path) -> Path:
    """Put what a browser needs of npm's package into a folder whose name changes with its content; return it.

    Raises RuntimeMissing if a file of the package is not there, or its assembly is none.
    """
    loader, program = _text(package / LOADER), _text(package / PROGRAM)
    (packed,) = _contents([package / ASSEMBLY])
    try:
        assembly, shorter = asked_for(packed, program, [loader])
    except ValueError as error:
        raise RuntimeMissing(f"{package / ASSEMBLY}: {error} Run npm ci, or scripts/start.py") from error
    files = {
        LOADER: loader.encode(),
        PROGRAM: compiled_at_once(shorter).encode(),
        ASSEMBLY: assembly,
        PYODIDE_LOCK: lock_without_packages(package / PYODIDE_LOCK).encode(),
    }
    folder = runtimes / f"{_version(package)}-{sha256(b''.join(files.values())).hexdigest()[:8]}"
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def image_of(pyodide: Path, library: Path, engine: bytes, cache: Path) -> Path:
    """Return a folder with what the engine starts from in the very files that browsers get (see image/make.mjs).

    It is made once. `library` is the standard library as it comes with Pyodide. Raises RuntimeMissing if a file is not
    there, there is no Node.js, or the image cannot be made.
    """
    made_of = [*(pyodide / name for name in PYODIDE), library, *sorted(IMAGE.iterdir())]
    name = sha256(b"".join(sha256(part).digest() for part in (engine, *_contents(made_of)))).hexdigest()
    image = cache / name
    if not image.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".", dir=cache) as beside:
            new = Path(beside) / "new"
            new.mkdir()
            (new / "quiz.zip").write_bytes(engine)
            _make_image(pyodide, library, new)
            try:
                new.rename(image)
            except OSError:
                # Another build may have made the same one meanwhile; then that is it.
                if not image.is_dir():
                    raise
    used(image)
    forget_old(cache)
    return image


def _make_image(pyodide: Path, library: Path, folder: Path) -> None:
    # Where the machine has no Node.js of its own, there is one beside the Python of the virtual environment.
    node = shutil.which("node") or shutil.which("node", path=Path(sys.executable).parent)
    if node is None:
        raise RuntimeMissing("Node.js is missing: run scripts/start.py, which brings one")
    command = [node, str(IMAGE / "make.mjs"), f"{pyodide}/", str(library), str(folder / "quiz.zip"), str(folder)]
    made = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    if made.returncode:
        said = [line for line in made.stderr.splitlines() if "Error" in line[:MOST_OF_A_LINE]] or ["it gave no reason"]
        raise RuntimeMissing(f"Node.js could not make the image of the engine: {said[-1][:MOST_OF_A_LINE]}")


def integrity(file: Path) -> str:
    """Return a file's hash as browsers compare it (W3C Subresource Integrity)."""
    return f"sha256-{b64encode(sha256(file.read_bytes()).digest()).decode()}"


def _contents(files: Iterable[Path]) -> Iterable[bytes]:
    for file in files:
        try:
            if file.is_file():
                yield file.read_bytes()
        except FileNotFoundError as error:
            raise RuntimeMissing(f"{file} is missing: run npm ci, or scripts/start.py") from error


def _kept(folder: Path, name: str, data: bytes) -> Path:
    """Write a file under a name that changes with its content, so that browsers may keep it for good."""
    stem, _, suffix = name.rpartition(".")
    file = folder / f"{stem}-{sha256(data).hexdigest()[:12]}.{suffix}"
    file.write_bytes(data)
    return file


def compiled_at_once(program: str) -> str:
    """Return Pyodide's program, which is one large function, so that browsers compile it when they first read it.

    V8 takes a function in brackets for one that is called at once, and else reads all of it twice. A program that does
    not have the form that is known is returned as it is.
    """
    found = re.fullmatch(r"(async function (\w+)\(.*\})\s*export default \2;\s*", program, re.DOTALL)
    return f"export default ({found[1]});\n" if found else program


def lock_without_packages(lock: Path) -> str:
    """Return Pyodide's list of packages without any: the engine needs none, and all of them take 22 kB on the wire."""
    return json.dumps({**json.loads(_text(lock)), "packages": {}}, sort_keys=True)


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
    return str(json.loads(_text(pyodide / "package.json"))["version"])


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise RuntimeMissing(f"{file} is missing: run npm ci, or scripts/start.py") from error


def _copy(source: Path, names: list[str] | tuple[str, ...], target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    if not names:
        raise RuntimeMissing(f"{source} is missing or empty: run npm ci, or scripts/start.py")
    for name in names:
        try:
            shutil.copyfile(source / name, target / name)
        except FileNotFoundError as error:
            raise RuntimeMissing(f"{source / name} is missing: run npm ci, or scripts/start.py") from error
