"""`clearpost impact`: two folders, two revisions, and clear words where there is nothing to compare."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from scripts.clearpost import app

ROOT = Path(__file__).resolve().parents[2]
SCENARIOS = ("friend-request", "tag-the-winner")
TAGS = ('{.should-not ref="5.1/4"', '{.must-not ref="5.1/4"')
# A developer's own settings for git are not for tests.
GIT = {
    **os.environ,
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    **{f"GIT_{who}_{what}": "somebody@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
}


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["impact", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def copied(folder: Path) -> Path:
    shutil.copytree(ROOT / "policy_src", folder / "policy_src")
    (folder / "quiz" / "scenarios").mkdir(parents=True)
    for slug in SCENARIOS:
        shutil.copy(ROOT / "quiz" / "scenarios" / f"{slug}.md", folder / "quiz" / "scenarios")
    return folder


def stricter(folder: Path) -> Path:
    """Let the policy forbid tags, where it advises against them."""
    policy = folder / "policy_src" / "creating-tomorrow" / "policy.md"
    text = policy.read_text(encoding="utf-8")
    assert TAGS[0] in text
    policy.write_text(text.replace(*TAGS), encoding="utf-8")
    return folder


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", folder, *arguments], env=GIT, check=True, capture_output=True)


def committed(folder: Path) -> None:
    git(folder, "add", ".")
    git(folder, "commit", "--message", "A state of the sources")


def test_two_folders_are_compared_in_words(tmp_path: Path) -> None:
    old, new = copied(tmp_path / "old"), stricter(copied(tmp_path / "new"))
    status, printed, _ = run(old, new)
    assert status == 0
    for words in (
        "creating-tomorrow/5.1/4 duty should-not -> must-not",
        "then: Better not: Better not, because the policy advises against it.",
        "now:  No: No, because the policy forbids it.",
        "because of creating-tomorrow/5.1/4: This was “Should not” and is now “Must not”.",
        "Due again is only whoever was asked one of ",
    ):
        assert words in printed
    assert printed.endswith("Nothing changes for Cockburn Multi-Academy Trust, Collaborative Learning Trust, "
                            "Lydiate Learning Trust, Wren Spinney Community School.\n")  # fmt: skip


def test_the_same_sources_twice_change_nothing(tmp_path: Path) -> None:
    status, printed, _ = run(copied(tmp_path / "old"), copied(tmp_path / "new"))
    assert status == 0
    assert printed.startswith("Nothing changes for Cockburn")
    assert len(printed.splitlines()) == 1


def test_two_revisions_are_compared_and_the_working_copy_is_left_alone(tmp_path: Path) -> None:
    project = copied(tmp_path / "a project")
    git(project.parent, "init", str(project))
    committed(project)
    git(project, "tag", "adopted")
    committed(stricter(project))
    (project / "policy_src" / "vocabulary.yml").write_text("half an edit", encoding="utf-8")
    status, printed, _ = run("adopted", "HEAD", "--json", "--root", project)
    assert status == 0
    told = json.loads(printed)
    assert {one["trust"]: one["due"] for one in told["trusts"]} == {
        "cockburn": "nobody",
        "collaborative": "nobody",
        "creating-tomorrow": "asked",
        "lydiate": "nobody",
        "wren-spinney": "nobody",
    }
    assert (project / "policy_src" / "vocabulary.yml").read_text(encoding="utf-8") == "half an edit"


def test_a_revision_is_compared_with_the_folder_as_it_is_now(tmp_path: Path) -> None:
    project = copied(tmp_path / "project")
    git(project.parent, "init", str(project))
    committed(project)
    stricter(project)
    _, printed, _ = run("HEAD", project, "--root", project)
    assert "creating-tomorrow/5.1/4 duty should-not -> must-not" in printed


def test_errors_are_listed_with_the_side_they_are_on(tmp_path: Path) -> None:
    old, new = copied(tmp_path / "old"), copied(tmp_path / "new")
    (new / "policy_src" / "cockburn" / "policy.md").unlink()
    status, printed, error = run(old, new)
    assert status == 1
    assert f"{new}: policy_src/cockburn/policy.md:1: this file is missing" in printed
    assert error == f"clearpost: the sources of {new} have errors, so that nothing can be compared\n"


@pytest.mark.parametrize("named", ["no-such-thing", "--upload-pack=x", ":/", ""])
def test_what_is_neither_a_folder_nor_a_revision_is_said_to_be_neither(tmp_path: Path, named: str) -> None:
    project = copied(tmp_path / "project")
    git(project.parent, "init", str(project))
    committed(project)
    status, printed, error = run("--root", project, "--", named, "HEAD")
    assert (status, printed) == (2, "")
    assert error == (
        f"clearpost: there is neither a folder nor a git revision {named!r}; `git log --oneline` lists revisions\n"
    )


def test_a_folder_and_a_revision_without_sources_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty" / "quiz" / "scenarios").mkdir(parents=True)
    status, _, error = run(tmp_path / "empty", ROOT)
    assert status == 2
    assert f"the folder {tmp_path / 'empty'} has no policy_src in it; name the folder above them" in error
    git(tmp_path, "init", str(tmp_path / "other"))
    git(tmp_path / "other", "commit", "--allow-empty", "--message", "Nothing yet")
    status, _, error = run("HEAD", ROOT, "--root", tmp_path / "other")
    assert status == 2
    assert "the revision HEAD has no policy_src or no quiz/scenarios in it" in error


def test_outside_a_checkout_and_without_git_there_is_no_revision_to_be_had(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    status, _, error = run("HEAD", ROOT, "--root", tmp_path)
    assert status == 2
    assert f"there is no folder HEAD, and no revision to be had from {tmp_path}: git says 'fatal: not a git" in error
    monkeypatch.setenv("PATH", str(tmp_path))
    status, _, error = run("HEAD", ROOT, "--root", tmp_path)
    assert status == 2
    assert "there is no folder HEAD, and git is not installed to look for a revision of that name" in error
