from __future__ import annotations

import os
from pathlib import Path

import pytest

from scripts.stamps import fingerprint, identity, is_current, write


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "docs" / "handbook").mkdir(parents=True)
    (tmp_path / "docs" / "index.md").write_text("Welcome")
    (tmp_path / "docs" / "handbook" / "made.md").write_text("Made")
    (tmp_path / "mkdocs.yml").write_text("site_name: Clear to Post")
    return tmp_path


def print_of(root: Path) -> str:
    return fingerprint(root, ["docs", "mkdocs.yml"], without=["docs/handbook"])


def test_a_stamp_is_current_for_what_it_was_written_for_only(tmp_path: Path) -> None:
    stamp = tmp_path / "cache" / "site.stamp"
    assert not is_current(stamp, "a")
    write(stamp, "a")
    assert is_current(stamp, "a")
    assert not is_current(stamp, "b")


def test_a_changed_file_changes_the_fingerprint(root: Path) -> None:
    before = print_of(root)
    (root / "docs" / "index.md").write_text("Goodbye")
    assert print_of(root) != before


def test_a_renamed_file_changes_the_fingerprint(root: Path) -> None:
    before = print_of(root)
    (root / "docs" / "index.md").rename(root / "docs" / "home.md")
    assert print_of(root) != before


def test_a_file_that_appears_changes_the_fingerprint(root: Path) -> None:
    before = print_of(root)
    (root / "docs" / "new.md").touch()
    assert print_of(root) != before


def test_a_touched_file_leaves_the_fingerprint_as_it_was(root: Path) -> None:
    before = print_of(root)
    os.utime(root / "mkdocs.yml", (0, 0))
    assert print_of(root) == before


def test_what_python_or_the_build_itself_writes_is_left_out(root: Path) -> None:
    before = print_of(root)
    (root / "docs" / "handbook" / "made.md").write_text("Made again")
    (root / "docs" / "__pycache__").mkdir()
    (root / "docs" / "__pycache__" / "hooks.pyc").touch()
    assert print_of(root) == before


def test_a_missing_source_is_no_error_and_its_arrival_a_change(root: Path) -> None:
    (root / "mkdocs.yml").unlink()
    before = print_of(root)
    (root / "mkdocs.yml").write_text("site_name: Clear to Post")
    assert print_of(root) != before


def test_a_program_behind_a_link_has_a_new_identity_when_it_is_replaced(tmp_path: Path) -> None:
    python, link = tmp_path / "python3.13", tmp_path / "python"
    python.write_text("old")
    link.symlink_to(python)
    before = identity(link)
    python.write_text("newer")
    assert identity(link) != before


def test_a_link_to_nowhere_is_missing(tmp_path: Path) -> None:
    link = tmp_path / "python"
    link.symlink_to(tmp_path / "gone")
    assert identity(link) == "missing"
