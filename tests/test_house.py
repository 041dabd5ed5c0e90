"""The house: which floor may use which, and that nothing goes round in circles."""

import ast
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = {
    "quiz": {"quiz"},
    "handbook": {"quiz", "handbook"},
    "register": {"quiz", "register"},
    "scripts": {"quiz", "handbook", "register", "scripts"},
}


def modules() -> dict[str, Path]:
    """Return every module of the project by its dotted name."""
    found = {}
    for floor in FLOORS:
        for path in sorted((ROOT / floor).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(path: Path) -> set[str]:
    """Return the dotted names a file imports, those inside functions too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


@pytest.mark.parametrize("module", modules())
def test_a_module_uses_only_its_own_floor_and_those_below(module: str) -> None:
    floor = module.partition(".")[0]
    for name in imports(modules()[module]):
        used = name.partition(".")[0]
        assert used not in FLOORS or used in FLOORS[floor], f"{module} imports {name}"


@pytest.mark.parametrize("module", [name for name in modules() if name.startswith("quiz")])
def test_the_quiz_needs_nothing_but_the_standard_library(module: str) -> None:
    for name in imports(modules()[module]):
        top = name.partition(".")[0]
        assert top == "quiz" or top in sys.stdlib_module_names, f"{module} imports {name}"


def test_no_import_goes_round_in_a_circle() -> None:
    known = modules()
    graph = {
        module: {
            name for name in imports(path) if name in known and name != module and not module.startswith(f"{name}.")
        }
        for module, path in known.items()
    }
    TopologicalSorter(graph).prepare()


def test_the_quiz_opens_no_file_and_reads_no_clock() -> None:
    for module, path in modules().items():
        if module.startswith("quiz"):
            assert not imports(path) & {"pathlib", "os", "io", "time", "datetime", "random", "secrets"}, module
            assert "open(" not in path.read_text(encoding="utf-8"), module
