"""The order of a search index: what Pagefind wrote stays what it is, and only its order is ours."""

import gzip
import json
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from handbook.search_order import MARK, IndexUnknown, put_in_order
from tests.handbook.built import Built


@pytest.fixture
def index(handbook: Built, tmp_path: Path) -> Path:
    """A copy of the handbook's index, which is in order."""
    return Path(shutil.copytree(handbook.site / "pagefind", tmp_path / "pagefind"))


def contents(index: Path) -> dict[str, bytes]:
    """Return what is in the files that Pagefind names by their content."""
    found = [*index.glob("*.pf_meta"), *index.glob("filter/*")]
    return {file.name: gzip.decompress(file.read_bytes()) for file in found}


def turned_round(content: bytes) -> bytes:
    """Return a filter of three values with the values the other way round."""
    head, parts = content[: content.index(b"\x82aa")], content[content.index(b"\x82aa") :]
    a, b, c = (b"\x82a" + one for one in parts.split(b"\x82a")[1:])
    return head + c + b + a


def test_every_filter_is_named_by_what_is_in_it_and_found_by_the_index(index: Path) -> None:
    entry = json.loads((index / "pagefind-entry.json").read_text(encoding="utf-8"))
    meta = gzip.decompress((index / f"pagefind.{entry['languages']['en']['hash']}.pf_meta").read_bytes())
    filters = list(index.glob("filter/*.pf_filter"))
    assert len(filters) == 3
    for file in filters:
        assert file.stem.encode() in meta
        content = gzip.decompress(file.read_bytes()).removeprefix(MARK)
        assert file.stem == f"en_{sha256(content).hexdigest()[:7]}"


def test_an_index_in_order_stays_as_it_is(index: Path) -> None:
    before = contents(index)
    put_in_order(index)
    assert contents(index) == before


def test_the_order_pagefind_chose_makes_no_difference(index: Path) -> None:
    (topics, *_) = sorted(index.glob("filter/*.pf_filter"), key=lambda file: file.stat().st_size)
    # A filter "abc" with the values a, b and c, of one, two and three hundred records.
    values = b"\x82aa\x81\x01\x82ab\x82\x02\x18\x29\x82ac\x99\x01\x2c" + b"\x00" * 300
    found: list[dict[str, bytes]] = []
    for content in (b"\x82cabc\x83" + values, turned_round(b"\x82cabc\x83" + values)):
        folder = index.with_name(f"other-{len(found)}")
        shutil.copytree(index, folder)
        (folder / "filter" / topics.name).write_bytes(gzip.compress(MARK + content))
        put_in_order(folder)
        found.append(contents(folder))
    assert found[0] == found[1]
    assert MARK + b"\x82cabc\x83" + values in found[0].values()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"something else", "unknown form"),
        (MARK + b"\x82cabc\xa0", "unknown kind"),
        (MARK + b"\x82cabc\x00", "other than a list"),
        (MARK + b"\x82cabc\x80\x00", "more than a list"),
    ],
)
def test_an_index_of_another_form_is_refused_with_what_to_do(index: Path, content: bytes, says: str) -> None:
    for file in index.glob("filter/*.pf_filter"):
        file.write_bytes(gzip.compress(content))
    with pytest.raises(IndexUnknown, match=f"{says}.*install the version of Pagefind"):
        put_in_order(index)
