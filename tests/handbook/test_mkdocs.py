"""A site that several processes make in parts is the same site, and what is wrong in any part is told."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from handbook.mkdocs import run_mkdocs
from handbook.problems import BuildFailed
from handbook.sharing import MANY
from tests.handbook.built import Built, plant
from tests.handbook.test_build import prints

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or (os.cpu_count() or 1) < 2, reason="this machine has no second processor to share with"
)


@pytest.fixture
def project(handbook: Built, tmp_path: Path) -> Path:
    """A project whose pages are written, which a test may break."""
    root = plant(tmp_path / "project")
    shutil.copytree(handbook.root / "docs" / "handbook", root / "docs" / "handbook")
    return root


def test_a_site_made_in_parts_is_the_site_made_at_once(project: Path) -> None:
    run_mkdocs(project, project / "at-once", register=True, trusts=MANY - 1)
    run_mkdocs(project, project / "in-parts", register=True, trusts=MANY)
    assert (project / "in-parts" / "handbook" / "cockburn" / "index.html").is_file()
    assert prints(project / "in-parts") == prints(project / "at-once")
    assert not [one for one in project.iterdir() if one.name.startswith("tmp")]


def test_a_hand_written_page_may_link_to_a_page_that_another_process_makes(project: Path) -> None:
    add(project / "docs" / "about.md", "[the rules](/handbook/cockburn/index.md)")
    run_mkdocs(project, project / "site", register=True, trusts=MANY)
    assert '<a href="../handbook/cockburn/">the rules</a>' in (project / "site/about/index.html").read_text("utf-8")


def test_what_is_wrong_in_every_part_is_told_at_once(project: Path) -> None:
    for page in ("about.md", "handbook/matrix/index.md", "handbook/cockburn/index.md", "handbook/lydiate/index.md"):
        add(project / "docs" / page, "[gone](nowhere.md)")
    with pytest.raises(BuildFailed) as failed:
        run_mkdocs(project, project / "site", register=True, trusts=MANY)
    told = "\n".join(failed.value.messages)
    for page in ("about.md", "handbook/matrix/index.md", "handbook/cockburn/index.md", "handbook/lydiate/index.md"):
        assert f"Doc file '{page}' contains a link 'nowhere.md'" in told


def add(page: Path, words: str) -> None:
    page.write_text(f"{page.read_text('utf-8')}\n{words}\n", "utf-8")
