from __future__ import annotations

import pytest

from tests.scripts.conftest import Machine


@pytest.fixture
def started(machine: Machine) -> Machine:
    assert machine.run("start.py", "--setup-only").returncode == 0
    machine.calls()
    return machine


def test_it_becomes_the_server(started: Machine) -> None:
    start = started.run("start.py")
    data = started.place.root / "var"
    assert start.stdout == f"ran -m scripts.clearpost serve --data {data} --port 8000 --demo\n"
    assert start.stderr == ""


def test_port_data_and_demonstration_people_can_be_chosen(started: Machine) -> None:
    start = started.run("start.py", "--port", "80", "--data", "my data", "--no-demo")
    data = f"{started.place.environ['HOME']}/my data"
    assert start.stdout == f"ran -m scripts.clearpost serve --data {data} --port 80 --no-demo\n"


def test_setting_up_only_prepares_the_data_and_shows_the_links(started: Machine) -> None:
    start = started.run("start.py", "--setup-only", "--port", "9000")
    data = started.place.root / "var"
    demo = f"-m scripts.clearpost demo --data {data} --port 9000"
    assert start.stdout.splitlines()[-1] == f"ran {demo}"
    assert started.calls() == [f"python -m scripts.clearpost migrate --data {data}", f"python {demo}"]


def test_setting_up_only_can_do_without_demonstration_people(started: Machine) -> None:
    started.run("start.py", "--setup-only", "--no-demo")
    assert started.calls() == [f"python -m scripts.clearpost migrate --data {started.place.root / 'var'}"]


def test_a_failure_ends_in_words(machine: Machine) -> None:
    machine.venv_runs("echo no route to host; exit 1")
    start = machine.run("start.py")
    assert start.returncode == 1
    assert start.stderr.splitlines()[0] == "no route to host"
    assert "run this again" in start.stderr
    assert "Traceback" not in start.stderr
