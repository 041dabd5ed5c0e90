"""How does a downloaded list prove that no row was edited, added, removed or moved since?

The proof travels in the list's last column, so that it stays with its rows whatever program opens, sorts and saves the
file: the name of the column carries the manifest with its signature, and each row its place and a signature over that
place and all it says. A manifest beside the file would be lost, and one before the rows is no table any more.

Signing is what takes long. So four rows share a signature: it is over the top of a small tree of digests, and each row
carries it with the two digests that lead from its own to the top. Every row is still proved by itself, whatever has
become of the others. In lists of form 1, made before, each row has a signature of its own.
"""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from quiz.courses import canonical
from register.signatures import is_signed

COLUMN = "proof"
SIGNED_ONE_BY_ONE, FORM = 1, 2
TOGETHER = 4
_HEAD = re.compile(rf"{COLUMN} ([A-Za-z0-9_=-]+)\.([A-Za-z0-9_=-]+)")
_ROW = re.compile(r"r(\d{1,9})\.([A-Za-z0-9_=-]+)")
_SIGNATURE, _DIGEST = 64, 32
# As spreadsheet programs here write a day that was one before they saved it.
_BRITISH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)[ T]00:00(:00)?")
_WHOLE = re.compile(r"(\d+)\.0+")


@dataclass(frozen=True)
class Manifest:
    """What a download is: whose, which columns and rows, chosen how, when, and where the log of events ended then.

    `digest` stands for all rows in their order.
    """

    form: int
    trust: str
    columns: tuple[str, ...]
    rows: int
    digest: str
    filter: str
    made_at: str
    head: str


@dataclass(frozen=True)
class Line:
    """A row as somebody has it now, and its number in the spreadsheet."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Checked:
    """What a file proves: its manifest, if that is genuine, and everything that is not as it was."""

    manifest: Manifest | None
    wrong: tuple[str, ...]


def prove(
    key: Ed25519PrivateKey,
    rows: Sequence[Sequence[str]],
    *,
    trust: str,
    columns: Sequence[str],
    filtered: str,
    made_at: str,
    head: str,
) -> tuple[str, list[str]]:
    """Return the name of the last column, and what stands in it for each row."""
    # A school, a day or a status stands in many rows.
    cell_written = cache(_cell_written)
    digest, leaves = sha256(), []
    for place, row in enumerate(rows, 1):
        written = _row_written(place, map(cell_written, row))
        digest.update(written if place == 1 else b"\n" + written)
        leaves.append(_leaf(written))
    manifest = Manifest(FORM, trust, tuple(columns), len(rows), digest.hexdigest(), filtered, made_at, head)
    said = canonical(asdict(manifest)).encode()
    about = sha256(said).digest()
    cells = [f"r{place}.{_written(proof)}" for place, proof in enumerate(_row_proofs(key, about, leaves), 1)]
    return f"{COLUMN} {_written(said)}.{_written(key.sign(b'manifest' + said))}", cells


def check(key: Ed25519PublicKey, head: Sequence[str], lines: Sequence[Line]) -> Checked:
    """Say what was changed in a list since the owner of the key signed it."""
    found = next(((place, one) for place, name in enumerate(head) if (one := _HEAD.fullmatch(name))), None)
    if found is None:
        return Checked(None, (f"The last column, {COLUMN}, is missing, or its name was changed: nothing is proved.",))
    proof_at, written = found
    said, signature = _read(written[1]), _read(written[2])
    if not is_signed(key, signature, b"manifest" + said):
        return Checked(None, ("The manifest was changed, or it was signed by another register.",))
    manifest = _manifest(json.loads(said))
    if manifest.form not in (SIGNED_ONE_BY_ONE, FORM):
        return Checked(manifest, ("The list was made by a newer version, which has to check it: nothing is proved.",))
    missing = [name for name in manifest.columns if name not in head]
    if missing:
        return Checked(manifest, tuple(f"The column {name} was removed or renamed." for name in missing))
    places = [head.index(name) for name in manifest.columns]
    rows = _Rows(key, sha256(said).digest(), manifest)
    for line in lines:
        cells = [*line.cells, *[""] * (len(head) - len(line.cells))]
        rows.take(line.number, tuple(_plain(cells[place]) for place in places), cells[proof_at])
    return Checked(manifest, (*_added_columns(head, {proof_at, *places}, lines), *rows.wrong()))


def _added_columns(head: Sequence[str], known: Container[int], lines: Sequence[Line]) -> Iterator[str]:
    """Yield what stands beside the columns there were: a second one of a name, too, and cells under no name."""
    for place, name in enumerate(head):
        if name and place not in known:
            yield f"The column {name} was added: nothing proves what it says."
    for line in lines:
        for place, cell in enumerate(line.cells):
            if cell.strip() and (place >= len(head) or not head[place]):
                yield f"Row {line.number} has a cell under no column: nothing proves what it says."
                break


class _Rows:
    """The rows of a file, each with what its proof makes of it."""

    def __init__(self, key: Ed25519PublicKey, about: bytes, manifest: Manifest) -> None:
        self.key, self.about, self.manifest = key, about, manifest
        self.genuine: dict[int, tuple[int, tuple[str, ...]]] = {}
        self.doubtful: list[tuple[int, tuple[str, ...], int | None]] = []
        self.copies: list[tuple[int, tuple[str, ...], int]] = []
        # Four rows have the same one, which is looked at once.
        self.is_signed = cache(lambda signature, message: is_signed(key, signature, message))

    def take(self, number: int, row: tuple[str, ...], proof: str) -> None:
        """Look at the next row of the file."""
        found = _ROW.fullmatch(proof.strip())
        place = int(found[1]) if found else None
        if found and place and self._is_genuine(place, row, _read(found[2])):
            if place in self.genuine:
                self.copies.append((number, row, self.genuine[place][0]))
            else:
                self.genuine[place] = (number, row)
        else:
            self.doubtful.append((number, row, place))

    def _is_genuine(self, place: int, row: tuple[str, ...], proof: bytes) -> bool:
        written = _row_written(place, map(canonical, row))
        if self.manifest.form == SIGNED_ONE_BY_ONE:
            return self.is_signed(proof, b"row" + self.about + written)
        if len(proof) != _SIGNATURE + 2 * _DIGEST:
            return False
        signature, beside, across = proof[:_SIGNATURE], proof[_SIGNATURE:-_DIGEST], proof[-_DIGEST:]
        return self.is_signed(signature, _signed(self.about, _top(place, _leaf(written), beside, across)))

    def wrong(self) -> Iterator[str]:
        """Yield what is wrong, in the order of the file; rows that are gone come last."""
        edited: dict[int, tuple[int, tuple[str, ...]]] = {}
        said: list[tuple[int, str]] = []
        for number, row, place in self.doubtful:
            known = place is not None and 1 <= place <= self.manifest.rows
            if known and place not in self.genuine and place not in edited:
                assert place is not None
                edited[place] = (number, row)
                said.append((number, f"{_named(number, row)} was edited."))
            else:
                said.append((number, f"{_named(number, row)} was added."))
        said += [(number, f"{_named(number, row)} was added: it is a copy of row {first}.")
                 for number, row, first in self.copies]  # fmt: skip
        there = {**self.genuine, **edited}
        said += [(number, f"{_named(number, row)} was moved: it was row {place + 1}.")
                 for place, number, row in _moved(there)]  # fmt: skip
        yield from (one for _, one in sorted(said))
        yield from (f"Row {place + 1} of the list as it was made was removed."
                    for place in range(1, self.manifest.rows + 1) if place not in there)  # fmt: skip


def _moved(there: Mapping[int, tuple[int, tuple[str, ...]]]) -> list[tuple[int, int, tuple[str, ...]]]:
    """Return the fewest rows whose moving explains the order, by their place in the list as it was made."""
    in_file = sorted(there, key=lambda place: there[place][0])
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for place in in_file:
        at = bisect_left(ends, place)
        before[place] = ends[at - 1] if at else None
        ends[at : at + 1] = [place]
    kept: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return [(place, *there[place]) for place in in_file if place not in kept]


def _named(number: int, row: Sequence[str]) -> str:
    return f"Row {number} ({row[0]})" if row and row[0] else f"Row {number}"


def _manifest(said: Mapping[str, Any]) -> Manifest:
    return Manifest(**{**said, "columns": tuple(said["columns"])})


def _row_proofs(key: Ed25519PrivateKey, about: bytes, leaves: Sequence[bytes]) -> Iterator[bytes]:
    """Yield for each row, of which its digest is given, the signature over its four and the digests that lead there."""
    # Where rows are missing for a whole four, none can ever have stood.
    missing = [_leaf(b"")] * (TOGETHER - 1)
    for start in range(0, len(leaves), TOGETHER):
        first, second, third, fourth = [*leaves[start : start + TOGETHER], *missing][:TOGETHER]
        left, right = _node(first, second), _node(third, fourth)
        signature = key.sign(_signed(about, _node(left, right)))
        paths = (second + right, first + right, fourth + left, third + left)
        yield from (signature + path for path in paths[: len(leaves) - start])


def _top(place: int, leaf: bytes, beside: bytes, across: bytes) -> bytes:
    """Return the top of the tree in which a row stands at its place, from its own digest upwards."""
    at = (place - 1) % TOGETHER
    half = _node(beside, leaf) if at % 2 else _node(leaf, beside)
    return _node(across, half) if at >= TOGETHER // 2 else _node(half, across)


def _signed(about: bytes, top: bytes) -> bytes:
    return b"rows" + about + top


def _leaf(written: bytes) -> bytes:
    # Marked, so that no digest of two others can ever pass for that of a row.
    return sha256(b"\0" + written).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()


def _row_written(place: int, cells: Iterable[str]) -> bytes:
    """Return what is signed of a row: the JSON of its place and its cells."""
    return f"[{','.join((str(place), *cells))}]".encode()


def _cell_written(cell: str) -> str:
    return canonical(_plain(cell))


def _plain(cell: str) -> str:
    """Return a cell as it is compared: what spreadsheet programs do to a day or a number changes nothing."""
    text = " ".join(cell.split())
    if not text[:1].isdigit():
        return text
    if british := _BRITISH_DAY.fullmatch(text):
        return f"{british[3]}-{british[2]:0>2}-{british[1]:0>2}"
    if midnight := _MIDNIGHT.fullmatch(text):
        return midnight[1]
    if whole := _WHOLE.fullmatch(text):
        return whole[1]
    return text


def _written(said: bytes) -> str:
    return urlsafe_b64encode(said).decode()


def _read(text: str) -> bytes:
    try:
        return urlsafe_b64decode(text)
    except ValueError:
        return b""
