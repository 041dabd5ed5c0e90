from __future__ import annotations

import pytest

from tests.scripts.conftest import Machine


def test_it_becomes_pytest_with_the_arguments_given(machine: Machine) -> None:
    tested = machine.run("test.py", "-k", "two words")
    assert tested.stdout.splitlines()[-1] == "ran -m pytest -k two words"
    assert "python -m pip install --quiet" in machine.calls()[0]


def test_without_arguments_the_browsers_have_the_machine_to_themselves_in_the_end(machine: Machine) -> None:
    tested = machine.run("test.py")
    assert tested.stdout.splitlines()[-2:] == [
        "ran -m pytest -n auto --dist loadfile -m not browser",
        "ran -m pytest -m browser",
    ]


@pytest.mark.parametrize("part", ["not browser", "browser"])
def test_a_failure_in_either_part_is_one_of_the_whole(machine: Machine, part: str) -> None:
    machine.venv_runs(f'for last; do :; done; [ "$2" = pytest ] && [ "$last" = "{part}" ] && exit 1 || exit 0')
    assert machine.run("test.py").returncode == 1


@pytest.mark.parametrize("code", [0, 1, 5])
def test_the_exit_code_of_pytest_is_passed_on(machine: Machine, code: int) -> None:
    machine.venv_runs(f'[ "$2" = pytest ] && exit {code} || exit 0')
    assert machine.run("test.py").returncode == code


def test_it_does_not_start_without_a_browser(machine: Machine) -> None:
    machine.without("chromium")
    machine.venv_runs('[ "$2" = playwright ] && exit 1; echo "$*"')
    tested = machine.run("test.py")
    assert tested.returncode == 1
    assert "The browser tests need Chromium" in tested.stderr
    assert "pytest" not in tested.stdout
