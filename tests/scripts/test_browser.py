from __future__ import annotations

import sys
from pathlib import Path

import pytest

from scripts import browser
from scripts.browser import ensure_chromium, find_chromium
from scripts.progress import Failure
from tests.scripts.conftest import Program

IS_A_BROWSER = "echo Chromium 140"
NO_BROWSER_BUT_ADVICE = "echo 'install the snap' >&2; exit 1"


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"PATH": str(tmp_path / "bin"), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "playwright")}


@pytest.fixture
def in_playwrights_cache(tmp_path: Path) -> Path:
    return tmp_path / "playwright" / "chromium-1200" / "chrome-linux64" / "chrome"


def makes(browser_path: Path) -> str:
    """A script of an installer that leaves a browser behind."""
    text = "#!/bin/sh\\necho Chromium 140\\n"
    return f"/bin/mkdir -p '{browser_path.parent}'; printf '{text}' >'{browser_path}'; /bin/chmod +x '{browser_path}'"


def test_the_one_named_in_the_environment_comes_first(
    tmp_path: Path, environ: dict[str, str], program: Program
) -> None:
    program(tmp_path / "bin" / "chromium", IS_A_BROWSER)
    named = program(tmp_path / "my browser", IS_A_BROWSER)
    assert find_chromium({**environ, "CHROMIUM": str(named)}) == named


def test_the_machines_own_comes_before_playwrights(
    tmp_path: Path, environ: dict[str, str], program: Program, in_playwrights_cache: Path
) -> None:
    program(in_playwrights_cache, IS_A_BROWSER)
    machines = program(tmp_path / "bin" / "chromium", IS_A_BROWSER)
    assert find_chromium(environ) == machines


def test_a_stub_that_only_names_the_snap_is_passed_over(
    tmp_path: Path, environ: dict[str, str], program: Program, in_playwrights_cache: Path
) -> None:
    program(tmp_path / "bin" / "chromium-browser", NO_BROWSER_BUT_ADVICE)
    program(in_playwrights_cache, IS_A_BROWSER)
    assert find_chromium(environ) == in_playwrights_cache


def test_a_machine_without_one_has_none(environ: dict[str, str]) -> None:
    assert find_chromium(environ) is None


def test_where_one_is_found_nothing_is_installed(tmp_path: Path, environ: dict[str, str], program: Program) -> None:
    program(tmp_path / "bin" / "chromium", IS_A_BROWSER)
    ensure_chromium(tmp_path / "no python", environ)


def test_a_wrong_name_in_the_environment_is_said_and_nothing_is_installed(
    tmp_path: Path, environ: dict[str, str], program: Program
) -> None:
    program(tmp_path / "bin" / "chromium", IS_A_BROWSER)
    with pytest.raises(Failure, match="CHROMIUM is set to /nowhere, which does not run"):
        ensure_chromium(tmp_path / "no python", {**environ, "CHROMIUM": "/nowhere"})


def test_root_on_debian_gets_debians(
    tmp_path: Path, environ: dict[str, str], program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "is_root", lambda: True)
    chromium = tmp_path / "bin" / "chromium"
    program(tmp_path / "bin" / "apt-get", f'[ "$1" = update ] || {{ {makes(chromium)}; }}')
    ensure_chromium(tmp_path / "no python", environ)
    assert find_chromium(environ) == chromium


def test_where_apt_fails_playwrights_is_installed(
    tmp_path: Path,
    environ: dict[str, str],
    program: Program,
    in_playwrights_cache: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(browser, "is_root", lambda: True)
    program(tmp_path / "bin" / "apt-get", "exit 100")
    ensure_chromium(program(tmp_path / "python", makes(in_playwrights_cache)), environ)
    assert find_chromium(environ) == in_playwrights_cache
    assert capsys.readouterr().out.startswith(
        "Installing Chromium with apt …  stopped\nInstalling Chromium with Playwr"
    )


def test_a_browser_that_cannot_be_installed_is_never_passed_over(
    tmp_path: Path, environ: dict[str, str], program: Program
) -> None:
    with pytest.raises(Failure, match="it could not be installed: install it, or set CHROMIUM"):
        ensure_chromium(program(tmp_path / "python", "exit 1"), environ)


@pytest.mark.parametrize("platform", ["darwin", "freebsd14", "linux", "win32"])
def test_every_platform_has_a_place_to_look(platform: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert list(browser.candidates({"PATH": ""})) == []
