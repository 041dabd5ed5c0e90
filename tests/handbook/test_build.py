"""The build: all or nothing, and the last good site stays."""

import json
import multiprocessing
import shutil
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from handbook.build import build
from handbook.courses import course_json
from handbook.library import Library
from handbook.problems import BuildFailed, SourceErrors
from tests.handbook.built import TODAY, Built, plant


def prints(folder: Path) -> dict[str, str]:
    """Return a fingerprint of every file under a folder."""
    files = sorted(one for one in folder.rglob("*") if one.is_file())
    return {one.relative_to(folder).as_posix(): sha256(one.read_bytes()).hexdigest() for one in files}


def silent(_: str) -> None:
    """Nobody listens."""


@pytest.fixture
def project(handbook: Built, tmp_path: Path) -> Path:
    """A project with a good site, which a test may break."""
    root = plant(tmp_path / "project")
    shutil.copytree(handbook.root / "docs" / "handbook", root / "docs" / "handbook")
    shutil.copytree(handbook.site, root / "site")
    return root


def test_the_report_counts_what_was_built(handbook: Built, library: Library) -> None:
    assert handbook.report.trusts == 5
    assert handbook.report.provisions == sum(len(trust.provisions) for trust in library.trusts.values()) == 634
    assert handbook.report.files > 100
    assert handbook.report.site_bytes > 10_000_000
    assert list(handbook.report.seconds) == [said.rpartition(" (")[0] for said in handbook.said]


def test_the_course_of_every_trust_lies_where_the_register_looks_for_it(handbook: Built, library: Library) -> None:
    for trust in library.trusts:
        course = handbook.site / "handbook" / trust / "course.json"
        assert course.read_text(encoding="utf-8") == course_json(library, trust)


def test_a_mistake_in_a_source_leaves_everything_as_it_was(project: Path) -> None:
    before = prints(project / "site"), prints(project / "docs")
    policy = project / "policy_src" / "cockburn" / "policy.md"
    policy.write_text(policy.read_text(encoding="utf-8").replace("topic=images-consent", "topic=photos"), "utf-8")
    with pytest.raises(SourceErrors, match="photos"):
        build(project, project / "site", TODAY, silent)
    assert (prints(project / "site"), prints(project / "docs")) == before
    assert sorted(one.name for one in project.iterdir() if one.name.startswith(".site-building-")) == []


def test_a_broken_link_in_a_hand_written_page_is_told_and_leaves_the_old_site(project: Path) -> None:
    before = prints(project / "site")
    about = project / "docs" / "about.md"
    about.write_text(about.read_text(encoding="utf-8") + "\n[gone](nowhere.md)\n", "utf-8")
    with pytest.raises(BuildFailed, match=r"nowhere\.md"):
        build(project, project / "site", TODAY, silent)
    assert prints(project / "site") == before


def test_an_anchor_that_no_page_has_is_told_with_the_page_that_links_to_it(project: Path) -> None:
    before = prints(project / "site")
    about = project / "docs" / "about.md"
    about.write_text(about.read_text(encoding="utf-8") + '\n<a href="/handbook/cockburn/#99.9">gone</a>\n', "utf-8")
    with pytest.raises(BuildFailed, match=r"^about/index\.html: /handbook/cockburn/#99\.9$"):
        build(project, project / "site", TODAY, silent)
    assert prints(project / "site") == before


def test_a_missing_runtime_says_what_to_do_and_leaves_the_old_site(project: Path) -> None:
    before = prints(project / "site")
    (project / "node_modules").unlink()
    with pytest.raises(BuildFailed, match="npm ci"):
        build(project, project / "site", TODAY, silent)
    assert prints(project / "site") == before


def test_a_second_build_makes_the_same_files_and_forgets_those_that_are_gone(project: Path) -> None:
    before = prints(project / "site"), prints(project / "docs" / "handbook")
    (project / "site" / "handbook" / "old.html").write_text("gone", "utf-8")
    (project / "docs" / "handbook" / "old.md").write_text("gone", "utf-8")
    build(project, project / "site", TODAY, silent)
    assert (prints(project / "site"), prints(project / "docs" / "handbook")) == before


def test_two_builds_at_once_both_end_with_a_whole_site(project: Path, handbook: Built) -> None:
    fresh = multiprocessing.get_context("spawn")
    both = [fresh.Process(target=build, args=(project, project / "site", TODAY, silent)) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join(timeout=120)
    assert [one.exitcode for one in both] == [0, 0]
    assert prints(project / "site") == prints(handbook.site)


def test_the_day_of_the_build_is_the_day_of_the_review_state(project: Path) -> None:
    build(project, project / "site", date(2022, 9, 30), silent)
    page = (project / "site" / "handbook" / "cockburn" / "index.html").read_text(encoding="utf-8")
    assert "Review is due this month, September 2022." in page
    assert "As of 30 September 2022." in page


def test_the_manifest_names_files_that_are_there(handbook: Built) -> None:
    manifest = json.loads((handbook.site / "assets" / "engine" / "manifest.json").read_text(encoding="utf-8"))
    assert (handbook.site / manifest["pyodide"].lstrip("/") / "pyodide.mjs").is_file()
    assert (handbook.site / manifest["engine"].lstrip("/")).is_file()
