"""A change is noticed and built, a mistake is told with its line, and the last good pages stay."""

import os
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from scripts.watching.watch import Watch, stamps
from tests.handbook.built import plant
from tests.handbook.sources.tree import POLICY, TRUST


@dataclass
class Watched:
    """A project that is watched, and what was said."""

    root: Path
    said: list[str] = field(default_factory=list)
    builds: int = 0

    def __post_init__(self) -> None:
        self.watch = Watch(self.root, self.site, self.said.append, self._built)

    def _built(self) -> None:
        self.builds += 1

    @property
    def site(self) -> Path:
        return self.root / ".cache" / "watched"

    @property
    def policy(self) -> Path:
        return self.root / "policy_src" / "oak" / "policy.md"

    def change(self, old: str, new: str) -> None:
        text = self.policy.read_text(encoding="utf-8")
        assert old in text
        self.policy.write_text(text.replace(old, new), encoding="utf-8")

    def page(self, address: str = "handbook/oak/") -> str:
        return (self.site / address / "index.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Watched:
    """A project with the one trust Oak, whose sources have a mistake at first."""
    root = plant(tmp_path_factory.mktemp("watched"))
    for folder in (root / "policy_src").iterdir():
        if folder.is_dir():
            for file in folder.iterdir():
                file.unlink()
            folder.rmdir()
    (root / "policy_src" / "oak").mkdir()
    (root / "policy_src" / "oak" / "trust.yml").write_text(TRUST, encoding="utf-8")
    (root / "policy_src" / "oak" / "policy.md").write_text(POLICY, encoding="utf-8")
    return Watched(root)


def test_from_a_mistake_to_a_page_to_another_mistake(project: Watched) -> None:
    # One story, because each chapter takes a build.
    project.change("### 4.1 Ask before", "### Ask before")
    assert project.watch.look()
    (problem,) = [one for one in project.watch.state.problems if "policy.md:17" in one]
    assert '"Ask" cannot be a ref' in problem
    assert "policy.md:17" in (project.site / "index.html").read_text(encoding="utf-8"), "a page, though none is built"
    assert project.builds == 0

    project.change("### Ask before", "### 4.1 Ask before")
    assert project.watch.look()
    assert not project.watch.state.problems
    assert (project.watch.state.built, project.builds) == (1, 1)
    assert "Ask the Headteacher before you open an account." in project.page()
    assert "Know what you may post" in project.page("")
    assert not project.watch.look(), "nothing has changed"

    untouched = (project.site / "about" / "index.html").stat().st_mtime_ns
    project.change("Ask the Headteacher before", "Ask the Head long before")
    assert project.watch.look()
    assert "Ask the Head long before you open an account." in project.page()
    assert (project.site / "about" / "index.html").stat().st_mtime_ns == untouched
    assert project.watch.state.built == 2
    assert "Changed: policy_src/oak/policy.md" in project.said

    project.change("{.must topic=account-approval", "{.musst topic=account-approval")
    assert project.watch.look()
    assert project.watch.state.built == 2
    assert any("policy_src/oak/policy.md:18" in one for one in project.watch.state.problems)
    assert "Ask the Head long before you open an account." in project.page(), "the last good page stays"


def test_what_the_build_writes_and_what_editors_hide_is_not_watched(tmp_path: Path) -> None:
    for path in ("docs/handbook/index.md", "docs/.index.md.swp", "policy_src/oak/policy.md~", "quiz/__pycache__/a.pyc"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x")
    (tmp_path / "docs" / "index.md").write_text("x")
    assert [path.name for path, _ in stamps(tmp_path)] == ["index.md"]
    before = dict(stamps(tmp_path))
    os.utime(tmp_path / "docs" / "index.md", (1, 1))
    assert dict(stamps(tmp_path)) != before
