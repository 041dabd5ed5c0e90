"""How many rulings a second does the engine give, in this Python and in Pyodide under Node?

Both run the same program (`rulings_timed.py`): it decides the case of every askable question of every trust, several
times. The rate is that of an undisturbed machine (best of the rounds); the median of the rounds stands beside it.
"""

import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from handbook.courses import course_json
from handbook.sources import load
from scripts.bench import rulings_timed
from scripts.bench.report import show
from scripts.homes import ROOT, cpython, furnished, pyodide

PROGRAM = Path(rulings_timed.__file__)


def main() -> None:
    """Time one home after the other, and report both and how many times faster CPython is."""
    library = load(ROOT, date.today())
    with tempfile.TemporaryDirectory() as made:
        folder = furnished(Path(made), PROGRAM, {trust: course_json(library, trust) for trust in library.trusts})
        here, there = cpython(sys.executable, folder).run(PROGRAM), pyodide(folder).run(PROGRAM)
    show(
        "rulings",
        {
            "cases": here["cases"],
            "rounds": here["rounds"],
            **_figures("cpython", here),
            **_figures("pyodide", there),
            "times_faster_in_cpython": here["undisturbed"] / there["undisturbed"],
        },
    )


def _figures(home: str, timed: dict[str, Any]) -> dict[str, int | str]:
    return {
        f"{home}_python": timed["python"],
        f"{home}_rulings_per_second": round(timed["undisturbed"]),
        f"{home}_rulings_per_second_median": round(timed["median"]),
    }


if __name__ == "__main__":
    main()
