"""The sources' own history, from a real git repository; a plain copy has none and is no worse for it."""

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from handbook.history import NO_HISTORY, read_history

POLICY = Path("policy_src/north/policy.md")


def git(root: Path, *arguments: str, at: str = "2026-01-05T09:00:00+01:00") -> None:
    who = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_AUTHOR_DATE": at}
    by = {"GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org", "GIT_COMMITTER_DATE": at}
    env = {**os.environ, **who, **by, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(["git", "-C", root, *arguments], check=True, capture_output=True, env=env)


def commit(root: Path, path: Path, text: str, at: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8", newline="\n")
    git(root, "add", "-A")
    git(root, "commit", "-m", "a change", at=at)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path, POLICY, "one – first\n", "2026-01-05T09:00:00+01:00")
    commit(tmp_path, Path("README.md"), "nothing to do with it\n", "2026-01-06T09:00:00+01:00")
    commit(tmp_path, POLICY, "two\n", "2026-02-01T23:30:00-05:00")
    return tmp_path


def test_every_edit_of_a_policy_is_there_with_both_texts_the_newest_first(repository: Path) -> None:
    history = read_history(repository)
    assert history.known
    assert history.since_start
    assert [(one.trust, one.before, one.after) for one in history.edits] == [
        ("north", "one – first\n", "two\n"),
        ("north", None, "one – first\n"),
    ]
    assert history.edits[0].at == datetime(2026, 2, 2, 4, 30, tzinfo=UTC)


def test_a_policy_that_is_taken_away_has_no_text_after(repository: Path) -> None:
    git(repository, "rm", "-q", POLICY.as_posix())
    git(repository, "commit", "-m", "gone", at="2026-03-01T09:00:00+01:00")
    assert read_history(repository).edits[0].after is None


def test_a_project_within_a_larger_repository_has_its_own_history(repository: Path) -> None:
    inner = repository / "handbook"
    commit(repository, Path("handbook") / POLICY, "inner\n", "2026-04-01T09:00:00+01:00")
    assert [one.after for one in read_history(inner).edits] == ["inner\n"]


def test_a_plain_copy_has_no_history(tmp_path: Path) -> None:
    assert read_history(tmp_path) == NO_HISTORY


def test_a_copy_nobody_has_committed_has_no_history(repository: Path) -> None:
    inner = repository / "copy"
    (inner / POLICY).parent.mkdir(parents=True)
    (inner / POLICY).write_text("text", encoding="utf-8")
    assert read_history(inner) == NO_HISTORY


def test_a_history_that_is_cut_off_says_so(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    clone = tmp_path_factory.mktemp("clone") / "shallow"
    git(repository, "clone", "-q", "--depth", "1", repository.as_uri(), str(clone))
    history = read_history(clone)
    assert history.known
    assert not history.since_start
