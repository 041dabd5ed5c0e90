"""Does the handbook survive its tools? MkDocs' successor makes the same addresses and anchors of the same tree."""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from handbook.build import UNUSED
from tests.handbook.built import Built, Page

LINKS = ("href", "src", "action", "data-trusts", "data-cases", "data-course")

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("zensical") is None,
    reason="Zensical is not installed here, so nobody has checked that it builds this tree: pip install zensical",
)


@pytest.fixture(scope="module")
def successor(handbook: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site that Zensical makes of the tree that MkDocs was given."""
    root = tmp_path_factory.mktemp("zensical")
    shutil.copytree(handbook.root / "docs", root / "docs")
    shutil.copyfile(handbook.root / "mkdocs.yml", root / "mkdocs.yml")
    command = [sys.executable, "-m", "zensical", "build", "--strict", "--config-file", "mkdocs.yml"]
    environ = {**os.environ, "CLEARPOST_REGISTER": "true"}
    done = subprocess.run(command, cwd=root, env=environ, capture_output=True, encoding="utf-8", check=False)
    assert not done.returncode, done.stdout + done.stderr
    return root / "site"


def test_zensical_makes_the_same_addresses(handbook: Built, successor: Path) -> None:
    ours, theirs = set(_from_the_tree(handbook.site)), set(_from_the_tree(successor))
    assert len(ours) > 300
    # What is added after MkDocs has run is no part of the tree: fonts, Python, PDFs, lists for use offline.
    later = {one for one in ours - theirs if one.startswith(("assets/fonts/", "assets/runtime/", "assets/engine/"))}
    later |= {one for one in ours if one.endswith(("/policy.pdf", "offline.json"))}
    assert theirs == ours - later


def test_zensical_makes_the_same_anchors_and_links(handbook: Built, successor: Path) -> None:
    for address, page in handbook.pages().items():
        other = Page.at(successor, address)
        assert other.ids == page.ids, address
        assert _links(other) == _links(page), address


def test_zensical_says_the_same(handbook: Built, successor: Path) -> None:
    for address, page in handbook.pages().items():
        assert Page.at(successor, address).text == page.text, address


def _from_the_tree(site: Path) -> Iterator[str]:
    """Yield every file of a site, but neither compressed forms nor what either tool brings along for its own theme."""
    for file in site.rglob("*"):
        path = file.relative_to(site).as_posix()
        if file.is_file() and file.suffix not in (".br", ".gz") and not path.startswith((*UNUSED, "search.json")):
            yield path


def _links(page: Page) -> list[tuple[str, str]]:
    return [(name, one.attributes[name]) for one in page.elements for name in LINKS if name in one.attributes]
