from __future__ import annotations

import json
import os
import re
import tomllib
from pathlib import Path

import pytest

from scripts.environment import prepare
from scripts.progress import Failure
from tests.scripts.conftest import ROOT, Machine

LOCKS = ("requirements.lock", "requirements-test.lock", "requirements-node.lock")
PIP = "python -m pip install --quiet --no-input --disable-pip-version-check"
INSTALL_LOCKED = f"{PIP} --require-hashes --only-binary :all: --requirement"
NPM_CI = "npm ci --ignore-scripts --include=dev --no-audit --no-fund --loglevel=error"
BUILD = "python -m scripts.clearpost build"


@pytest.fixture
def prepared(machine: Machine, capsys: pytest.CaptureFixture[str]) -> Machine:
    prepare(machine.place, "requirements.lock")
    machine.calls()
    capsys.readouterr()
    return machine


def change(path: Path) -> None:
    path.write_text(path.read_text() + "\n")


def pins(lock: str) -> set[str]:
    return set(re.findall(r"^[\w.-]+==[^ ;\\]+", (ROOT / lock).read_text(), re.MULTILINE))


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[<>=]", requirement)[0] for requirement in requirements}


def test_the_first_time_everything_is_installed_fetched_and_built(machine: Machine) -> None:
    prepare(machine.place, "requirements.lock")
    assert machine.calls() == [
        f"{INSTALL_LOCKED} requirements.lock",
        f"{PIP} --no-deps --no-build-isolation --editable {machine.place.root}",
        NPM_CI,
        BUILD,
    ]


def test_every_step_is_one_line(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    prepare(machine.place, "requirements.lock")
    steps = [line.split(" …")[0] for line in capsys.readouterr().out.splitlines()]
    count = len(pins("requirements.lock"))
    assert steps == [
        f"Installing {count} Python packages",
        "Fetching the browser runtime from npm",
        "Building the site",
    ]


def test_the_second_time_nothing_is_run_and_nothing_said(prepared: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    prepare(prepared.place, "requirements.lock")
    assert prepared.calls() == []
    assert capsys.readouterr().out == ""


def test_a_checkout_that_only_touches_files_is_no_change(prepared: Machine) -> None:
    for path in prepared.place.root.rglob("*.*"):
        if prepared.place.venv not in path.parents:
            os.utime(path, (0, 0))
    prepare(prepared.place, "requirements.lock")
    assert prepared.calls() == []


def test_changed_words_are_built_and_nothing_else_is_done(prepared: Machine) -> None:
    change(prepared.place.root / "policy_src" / "policy.md")
    prepare(prepared.place, "requirements.lock")
    assert prepared.calls() == [BUILD]


def test_a_site_that_was_removed_is_built_again(prepared: Machine) -> None:
    (prepared.place.root / "site").rmdir()
    prepare(prepared.place, "requirements.lock")
    assert prepared.calls() == [BUILD]


def test_a_changed_lock_is_installed(prepared: Machine) -> None:
    change(prepared.place.root / "requirements.lock")
    prepare(prepared.place, "requirements.lock")
    assert prepared.calls()[0] == f"{INSTALL_LOCKED} requirements.lock"


def test_changed_npm_packages_are_fetched(prepared: Machine) -> None:
    change(prepared.place.root / "package-lock.json")
    prepare(prepared.place, "requirements.lock")
    assert prepared.calls()[0] == NPM_CI


def test_the_tests_get_their_own_packages_in_addition(prepared: Machine) -> None:
    prepare(prepared.place, "requirements-test.lock")
    assert prepared.calls()[0] == f"{INSTALL_LOCKED} requirements-test.lock"
    prepare(prepared.place, "requirements.lock")
    assert prepared.calls() == []


@pytest.mark.parametrize("node", ["echo v18.19.0", "exit 127"])
def test_a_node_that_is_old_or_broken_is_replaced_by_the_one_from_pypi(machine: Machine, node: str) -> None:
    machine.have("node", node)
    prepare(machine.place, "requirements.lock")
    assert f"{INSTALL_LOCKED} requirements-node.lock" in machine.calls()


def test_a_node_without_npm_is_not_enough(machine: Machine) -> None:
    machine.without("npm")
    with pytest.raises(Failure, match="without npm"):
        prepare(machine.place, "requirements.lock")
    assert f"{INSTALL_LOCKED} requirements-node.lock" in machine.calls()


def test_an_installation_that_was_interrupted_is_started_again_from_nothing(machine: Machine) -> None:
    machine.venv_runs("echo no network; exit 1")
    with pytest.raises(Failure, match="reaches PyPI"):
        prepare(machine.place, "requirements.lock")
    (machine.place.root / "requirements.lock").write_text("")
    # Without the lock there is no build backend, so the real Python that replaced ours fails at the project itself.
    with pytest.raises(Failure) as failure:
        prepare(machine.place, "requirements.lock")
    assert "setuptools" in failure.value.tail
    assert machine.place.python.resolve().name.startswith("python3")


def test_a_site_that_failed_to_build_is_built_again_next_time(prepared: Machine) -> None:
    change(prepared.place.root / "policy_src" / "policy.md")
    works = prepared.place.python.read_text().removeprefix("#!/bin/sh\n")
    prepared.venv_runs("echo policy.md:3: no such clause; exit 1")
    with pytest.raises(Failure) as failure:
        prepare(prepared.place, "requirements.lock")
    assert failure.value.tail == "policy.md:3: no such clause"
    prepared.venv_runs(works)
    prepare(prepared.place, "requirements.lock")
    assert prepared.calls() == [BUILD]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_place_to_fetch_from(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert re.findall(r".*(?:://|index-url|find-links|trusted-host|file:|/opt|@ ).*", text) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_in_a_lock_is_pinned_with_hashes(lock: str) -> None:
    text = re.sub(r"^#.*\n", "", (ROOT / lock).read_text(), flags=re.MULTILINE)
    entry = r"[\w.-]+==[^ ;\\\n]+(?: ; [^\\\n]+)?(?: \\\n    --hash=sha256:[0-9a-f]{64})+\n"
    assert re.fullmatch(f"(?:{entry})+", text)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_says_how_to_make_it_again(lock: str) -> None:
    assert re.search(rf"^#    uv pip compile .* -o {lock}$", (ROOT / lock).read_text(), re.MULTILINE)


def test_the_tests_run_with_the_versions_that_are_served() -> None:
    assert pins("requirements.lock") <= pins("requirements-test.lock")


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    served = names([*project["project"]["dependencies"], *groups["build"]])
    assert served <= {pin.split("==")[0] for pin in pins("requirements.lock")}
    assert served | names(groups["test"]) <= {pin.split("==")[0] for pin in pins("requirements-test.lock")}


def test_every_npm_package_is_locked_by_its_contents_and_not_by_an_address() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    wanted = json.loads((ROOT / "package.json").read_text())
    assert packages.pop("")["dependencies"] == wanted["dependencies"]
    assert {f"node_modules/{name}" for name in wanted["dependencies"] | wanted["devDependencies"]} <= packages.keys()
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [name for name, package in packages.items() if not package.get("integrity")] == []
