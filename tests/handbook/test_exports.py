"""Pyodide without what its assembly exports for packages: the engine needs none."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.exports import asked_for, exports
from tests.handbook.built import ROOT, Built

PACKAGE = ROOT / "node_modules" / "pyodide"
HEADER = b"\0asm\1\0\0\0"
NAMES = ("main", "free", "b2Body")
PROGRAM = (
    "var HEAP;function assignWasmExports(wasmExports){"
    '_main=Module["_main"]=wasmExports["main"];_free=wasmExports["free"];_b2Body=wasmExports["b2Body"].value>>>0;'
    "HEAP=1}var _main,_free,_b2Body;run(_main);"
)


def number(value: int) -> bytes:
    return bytes([value & 0x7F | 0x80]) + number(value >> 7) if value > 0x7F else bytes([value])


def section(kind: int, content: bytes) -> bytes:
    return bytes([kind]) + number(len(content)) + content


def exporting(names: tuple[str, ...]) -> bytes:
    """Return the section of exports of functions, numbered from 200 on."""
    entries = [number(len(name.encode())) + name.encode() + b"\0" + number(200 + n) for n, name in enumerate(names)]
    return section(7, number(len(entries)) + b"".join(entries))


def test_what_nobody_mentions_is_left_out_of_both() -> None:
    before, after = section(1, b"types"), section(10, bytes(300))
    assembly, program = asked_for(HEADER + before + exporting(NAMES) + after, PROGRAM)
    assert assembly == HEADER + before + exporting(NAMES[:1]) + after
    assert program == (
        'var HEAP;function assignWasmExports(wasmExports){_main=Module["_main"]=wasmExports["main"];HEAP=1}'
        "var _main;run(_main);"
    )


def test_what_another_text_mentions_stays() -> None:
    assembly, program = asked_for(HEADER + exporting(NAMES), PROGRAM, ["module._b2Body()"])
    assert list(exports(assembly)) == ["main", "b2Body"]
    assert 'wasmExports["b2Body"]' in program
    assert "var _main,_b2Body;" in program


@given(st.lists(st.text(min_size=1, max_size=200), unique=True, max_size=200))
def test_exports_are_read_whatever_they_are_called(names: list[str]) -> None:
    assert list(exports(HEADER + exporting(tuple(names)))) == names


@pytest.mark.parametrize(
    "program", ["run();", "var _main,_free;run();", PROGRAM.replace("var _main,_free", "let _main,_free")]
)
def test_a_program_of_another_form_is_left_as_it_is_and_its_assembly_too(program: str) -> None:
    assembly = HEADER + exporting(NAMES)
    assert asked_for(assembly, program) == (assembly, program)


def test_what_is_no_assembly_is_said_to_be_none() -> None:
    with pytest.raises(ValueError, match="no WebAssembly"):
        asked_for(b"<!doctype html>", PROGRAM)


def test_of_the_thousands_that_pyodide_exports_its_program_asks_for_some_hundreds(handbook: Built) -> None:
    (served,) = (handbook.site / "assets" / "runtime").iterdir()
    whole, some = (exports((folder / "pyodide.asm.wasm").read_bytes()) for folder in (PACKAGE, served))
    assert len(whole) > 5000
    assert len(some) < 500
    assert some.items() <= whole.items()


def test_the_program_mentions_no_export_that_has_gone(handbook: Built) -> None:
    (served,) = (handbook.site / "assets" / "runtime").iterdir()
    gone = exports((PACKAGE / "pyodide.asm.wasm").read_bytes()).keys() - exports(
        (served / "pyodide.asm.wasm").read_bytes()
    )
    program = re.sub(
        r"(?<=assignWasmExports\(wasmExports\)\{)[^{}]*", "", (served / "pyodide.asm.mjs").read_text("utf-8")
    )
    declared = re.sub(r"(?<=var )[\w$]+(?:,[\w$]+){100,}", "", program)
    words = set(re.findall(r"[\w$]+", declared + (served / "pyodide.mjs").read_text("utf-8")))
    assert {name for name in gone if name in words or f"_{name}" in words} == set()
