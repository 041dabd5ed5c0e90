"""Which part of Python's standard library does the engine need? That part, compiled. Runs inside Pyodide.

Pyodide ships the library as source; compiling it takes two thirds of every start. Only the same Python can compile it.
"""

import importlib.util
import io
import marshal
import sys
import zipfile
from collections.abc import Iterable

# The earliest time a zip can hold: the archive depends on nothing but its content.
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
# How such a file begins (PEP 552): with a hash of the source that nobody compares, instead of a time.
HASHED_AND_UNCHECKED = importlib.util.MAGIC_NUMBER + (1).to_bytes(4, "little")


def imported_from(archive: str) -> frozenset[str]:
    """Return the names of all modules that have been imported from a zip so far."""
    specs = ((name, getattr(module, "__spec__", None)) for name, module in list(sys.modules.items()))
    return frozenset(name for name, spec in specs if spec and str(spec.origin).startswith(f"{archive}/"))


def compiled(archive: str, modules: Iterable[str]) -> bytes:
    """Return a zip with the compiled form of some modules of another zip; nothing checks it against a source."""
    wanted, made = frozenset(modules), io.BytesIO()
    with zipfile.ZipFile(archive) as sources, zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as target:
        for name in sorted(sources.namelist()):
            if name.endswith(".py") and name[:-3].replace("/", ".").removesuffix(".__init__") in wanted:
                source = sources.read(name)
                code = compile(source, f"{archive}/{name}", "exec", dont_inherit=True)
                data = HASHED_AND_UNCHECKED + importlib.util.source_hash(source) + marshal.dumps(code)
                target.writestr(zipfile.ZipInfo(f"{name}c", ZIP_EPOCH), data)
    return made.getvalue()
