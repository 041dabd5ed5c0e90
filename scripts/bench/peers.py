"""What is our start of Python measured against? Pyodide as its manual has it, and our own second way."""

import json
import shutil
from pathlib import Path
from typing import Any

import brotli

RUNTIME = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "pyodide-lock.json", "python_stdlib.zip")
PAGE = """<!doctype html>
<html lang="en"><title>Pyodide as it comes</title>
<p>Python is loading.</p>
<script type="module" src="/plain/page.mjs"></script>
"""
# In a worker, like ours, so that the page can be read meanwhile.
SCRIPT = """const worker = new Worker("/plain/worker.mjs", { type: "module" });
worker.addEventListener("message", () => performance.mark("engine-ready"));
"""
WORKER = """import {{ loadPyodide }} from "/plain/runtime/pyodide.mjs";
const [python, engine] = await Promise.all([loadPyodide(), fetch("{engine}").then((file) => file.arrayBuffer())]);
python.unpackArchive(engine, "zip");
python.pyimport("quiz.engine");
self.postMessage("ready");
"""


def add_plain(folder: Path, site: Path, packages: Path) -> None:
    """Write the page `/plain/` into a folder: `loadPyodide`, the whole library, then the engine's zip.

    `packages` is the folder of npm's packages. The files are those of the package, compressed as the site's are.
    """
    runtime = folder / "plain" / "runtime"
    runtime.mkdir(parents=True)
    for name in RUNTIME:
        shutil.copyfile(packages / "pyodide" / name, runtime / name)
        _compress(runtime / name, site)
    manifest = _manifest(site)
    for name, words in {
        "index.html": PAGE,
        "page.mjs": SCRIPT,
        "worker.mjs": WORKER.format(engine=manifest["engine"]),
    }.items():
        (folder / "plain" / name).write_text(words, encoding="utf-8")


def add_fallback(folder: Path, site: Path) -> None:
    """Write a manifest into a folder whose memory image is not there, so that ours starts from the compiled library."""
    manifest = _manifest(site)
    manifest["snapshot"] = absent = "/assets/engine/absent.bin"
    manifest["bytes"][absent] = 0
    place = folder / "assets" / "engine"
    place.mkdir(parents=True)
    (place / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def _manifest(site: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((site / "assets/engine/manifest.json").read_text("utf-8"))
    return found


def _compress(file: Path, site: Path) -> None:
    """Put the compressed form beside a file: the site's, if it has the same file, since this takes long."""
    for same in site.glob(f"assets/runtime/*/{file.name}"):
        packed = same.with_name(f"{same.name}.br")
        if packed.is_file() and same.read_bytes() == file.read_bytes():
            shutil.copyfile(packed, file.with_name(packed.name))
            return
    file.with_name(f"{file.name}.br").write_bytes(brotli.compress(file.read_bytes()))
