"""Which exports of Pyodide's assembly does its program ask for? The thousands of others are left out of both.

They are there for packages that are linked to it while it runs, of which the engine needs none. Emscripten takes every
export by name into two objects and a table at every start, and the program has a statement for each.

The form of an assembly: WebAssembly core specification, 5.5.2 (sections) and 5.5.10 (exports).
"""

import re
from collections.abc import Iterable, Iterator, Mapping

HEADER = 8
EXPORTS = 7
MORE, BITS = 0x80, 7
WORD = re.compile(r"[\w$]+")
ASSIGNING = re.compile(r"(?<=function assignWasmExports\(wasmExports\)\{)[^{}]*(?=\})")
# `var _a,_b,_c;`: what the statements assign to.
DECLARING = re.compile(r"(?<=var )[\w$]+(?:,[\w$]+)+(?=;)")
ASSIGNED = re.compile(r'wasmExports\["([^"]+)"\]')


def asked_for(assembly: bytes, program: str, others: Iterable[str] = ()) -> tuple[bytes, str]:
    """Return an assembly and its program without the exports that neither the program nor the other texts mention.

    A program that does not have the form that is known is returned as it is, and its assembly too. Raises ValueError
    if the assembly is none.
    """
    assigning = ASSIGNING.search(program)
    declaring = max(DECLARING.finditer(program), key=lambda found: len(found[0]), default=None)
    if assigning is None or declaring is None:
        return assembly, program
    statements = assigning[0].split(";")
    rest = _replaced(program, {assigning.span(): "", declaring.span(): ""})
    mentioned = {word for text in (rest, *others) for word in WORD.findall(text)}
    kept = {name for name in exports(assembly) if mentioned & {name, f"_{name}"}}
    staying = [one for one in statements if (found := ASSIGNED.search(one)) is None or found[1] in kept]
    assigned = {word for one in staying for word in WORD.findall(one)}
    names = ",".join(name for name in declaring[0].split(",") if name in assigned or name in mentioned)
    shorter = _replaced(program, {assigning.span(): ";".join(staying), declaring.span(): names})
    return _exporting(assembly, kept), shorter


def exports(assembly: bytes) -> dict[str, bytes]:
    """Return what an assembly exports: the bytes of each entry by its name."""
    entries = {}
    for kind, content in _sections(assembly):
        if kind == EXPORTS:
            count, at = _number(content, 0)
            for _ in range(count):
                start = at
                length, at = _number(content, at)
                name = content[at : at + length].decode()
                # The kind of thing it is, one byte, and its number.
                _, at = _number(content, at + length + 1)
                entries[name] = content[start:at]
    return entries


def _exporting(assembly: bytes, names: set[str]) -> bytes:
    entries = [entry for name, entry in exports(assembly).items() if name in names]
    made = [assembly[:HEADER]]
    for kind, content in _sections(assembly):
        body = _encoded(len(entries)) + b"".join(entries) if kind == EXPORTS else content
        made += [bytes([kind]), _encoded(len(body)), body]
    return b"".join(made)


def _sections(assembly: bytes) -> Iterator[tuple[int, bytes]]:
    if not assembly.startswith(b"\0asm"):
        raise ValueError("This is no WebAssembly.")
    at = HEADER
    while at < len(assembly):
        kind = assembly[at]
        size, at = _number(assembly, at + 1)
        yield kind, assembly[at : at + size]
        at += size


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A number seven bits at a time, the lowest first (LEB128), and where it ends."""
    value = shift = 0
    while True:
        value |= (data[at] & ~MORE) << shift
        shift += BITS
        at += 1
        if not data[at - 1] & MORE:
            return value, at


def _encoded(number: int) -> bytes:
    low, high = number & (MORE - 1), number >> BITS
    return bytes([low | MORE]) + _encoded(high) if high else bytes([low])


def _replaced(text: str, pieces: Mapping[tuple[int, int], str]) -> str:
    """The text with other words in some places, given by where they begin and end."""
    for (start, end), words in sorted(pieces.items(), reverse=True):
        text = text[:start] + words + text[end:]
    return text
