"""Does an unchanged handbook keep its search index, byte for byte? Pagefind shuffles the filters; this sorts them.

Pagefind names its files by a hash of what is in them, and writes filters and their values in an order of chance: each
build would be a new version to every browser that keeps the handbook for offline use. The files are CBOR (RFC 8949),
gzipped, behind a mark of Pagefind's own.
"""

import gzip
import json
from hashlib import sha256
from pathlib import Path

MARK = b"pagefind_dcd"
ENTRY = "pagefind-entry.json"
# The parts of what Pagefind calls the meta index: which of them lists the filters.
FILTERS = 3
# Kinds of CBOR items, and how many bytes of length may follow the first byte.
BYTES, TEXT, ARRAY = 2, 3, 4
LENGTHS = {24: 1, 25: 2, 26: 4, 27: 8}


class IndexUnknown(Exception):
    """The index is not as expected; the message says what to do."""

    def __init__(self, what: str) -> None:
        super().__init__(f"Pagefind has written {what}: install the version of Pagefind that the lock file names.")


def put_in_order(folder: Path) -> None:
    """Sort the filters of an index, and name its files by what is in them now.

    Raises IndexUnknown if the index is not as expected.
    """
    entry = json.loads((folder / ENTRY).read_text(encoding="utf-8"))
    for language, index in entry["languages"].items():
        meta = folder / f"pagefind.{index['hash']}.pf_meta"
        content = _content(meta)
        for file in sorted((folder / "filter").glob(f"{language}_*.pf_filter")):
            named = _renamed(file, _sorted_filter(_content(file)), language)
            content = content.replace(file.stem.encode(), named.encode())
        index["hash"] = _renamed(meta, _sorted_meta(content), language, "pagefind.")
    (folder / ENTRY).write_text(json.dumps(entry, separators=(",", ":")), encoding="utf-8")


def _sorted_filter(content: bytes) -> bytes:
    """A filter is its name, and a list of values, each with the numbers of the records that have it."""
    head, (name, values) = _array(content)
    return head + name + _in_order(values)


def _sorted_meta(content: bytes) -> bytes:
    head, parts = _array(content)
    return head + b"".join(_in_order(part) if n == FILTERS else part for n, part in enumerate(parts))


def _in_order(array: bytes) -> bytes:
    head, items = _array(array)
    return head + b"".join(sorted(items))


def _array(data: bytes) -> tuple[bytes, list[bytes]]:
    """Return the head of the array that `data` is, and its items as they stand."""
    kind, count, start = _head(data, 0)
    if kind != ARRAY:
        raise IndexUnknown("something other than a list")
    items, at = [], start
    for _ in range(count):
        end = _end(data, at)
        items.append(data[at:end])
        at = end
    if at != len(data):
        raise IndexUnknown("more than a list")
    return data[:start], items


def _end(data: bytes, at: int) -> int:
    """Return where the item that starts at a place ends."""
    kind, number, after = _head(data, at)
    if kind in (BYTES, TEXT):
        return after + number
    for _ in range(number if kind == ARRAY else 0):
        after = _end(data, after)
    return after


def _head(data: bytes, at: int) -> tuple[int, int, int]:
    """Return an item's kind, its number (a value, a length or a count), and where its content starts."""
    kind, number = data[at] >> 5, data[at] & 31
    if kind > ARRAY or number > max(LENGTHS):
        raise IndexUnknown("something of an unknown kind")
    length = LENGTHS.get(number, 0)
    value = int.from_bytes(data[at + 1 : at + 1 + length]) if length else number
    return kind, value, at + 1 + length


def _content(file: Path) -> bytes:
    content = gzip.decompress(file.read_bytes())
    if not content.startswith(MARK):
        raise IndexUnknown(f"{file.name} in an unknown form")
    return content.removeprefix(MARK)


def _renamed(file: Path, content: bytes, language: str, before: str = "") -> str:
    """Write a file's new content under a name that comes from it, and return the name as Pagefind notes it."""
    _, _, drawn = file.stem.removeprefix(before).rpartition("_")
    # As long as the name it had, so that the lists that name it stay as long as they were.
    name = f"{language}_{sha256(content).hexdigest()[: len(drawn)]}"
    file.unlink()
    data = gzip.compress(MARK + content, compresslevel=9, mtime=0)
    file.with_name(f"{before}{name}{file.suffix}").write_bytes(data)
    return name
