"""Compressed forms lie beside the files that get smaller by it, and are not made twice."""

import gzip
import os
import time
from pathlib import Path

import brotli
import pytest

from handbook import compression as module
from handbook.caches import KEPT_SECONDS
from handbook.compression import compress
from tests.handbook.built import ROOT, Built


def test_both_forms_give_the_file_back(tmp_path: Path) -> None:
    page = tmp_path / "site" / "index.html"
    page.parent.mkdir()
    page.write_text("<p>Ask first.</p>" * 50, "utf-8")
    assert compress(page.parent, tmp_path / "cache") == 2
    assert brotli.decompress(page.with_name("index.html.br").read_bytes()) == page.read_bytes()
    assert gzip.decompress(page.with_name("index.html.gz").read_bytes()) == page.read_bytes()


def test_a_file_that_would_grow_stays_alone(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "a.json").write_text("{}", "utf-8")
    (tmp_path / "site" / "b.woff2").write_bytes(b"0" * 1000)
    assert compress(tmp_path / "site", tmp_path / "cache") == 0
    assert sorted(one.name for one in (tmp_path / "site").iterdir()) == ["a.json", "b.woff2"]


def test_what_was_compressed_before_is_taken_from_the_cache(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "a.css").write_text("a {}" * 100, "utf-8")
    compress(tmp_path / "site", tmp_path / "cache")
    (kept,) = (tmp_path / "cache").glob("*.br")
    kept.write_bytes(b"kept")
    compress(tmp_path / "site", tmp_path / "cache")
    assert (tmp_path / "site" / "a.css.br").read_bytes() == b"kept"


def test_the_cache_forgets_what_no_build_has_used_for_long(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "cache").mkdir()
    old = tmp_path / "cache" / "old.br"
    old.write_bytes(b"")
    os.utime(old, (0, time.time() - KEPT_SECONDS - 60))
    compress(tmp_path / "site", tmp_path / "cache")
    assert not old.exists()


def test_every_page_and_the_runtime_go_over_the_wire_compressed(handbook: Built) -> None:
    for file in (*handbook.site.rglob("*.html"), *handbook.site.rglob("*.wasm"), *handbook.site.rglob("course.json")):
        small = file.with_name(f"{file.name}.br")
        assert small.stat().st_size < file.stat().st_size


def test_a_large_handbook_is_compressed_quickly_but_not_what_every_visitor_loads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = (ROOT / "policy_src" / "lydiate" / "policy.md").read_text("utf-8")
    for folder, most in (("small", 25_000_000), ("large", 1000)):
        monkeypatch.setattr(module, "SMALL", most)
        (tmp_path / folder / "assets").mkdir(parents=True)
        (tmp_path / folder / "page.html").write_text(words, "utf-8")
        (tmp_path / folder / "assets" / "style.css").write_text(f"{words} ", "utf-8")
        compress(tmp_path / folder, tmp_path / f"cache-{folder}")

    def compressed(path: str) -> int:
        return (tmp_path / path).stat().st_size

    assert compressed("small/page.html.br") < compressed("large/page.html.br")
    assert compressed("small/assets/style.css.br") == compressed("large/assets/style.css.br")
    assert brotli.decompress((tmp_path / "large" / "page.html.br").read_bytes()).decode() == words
