"""Times rulings in whatever home of the engine it runs in (see `scripts.homes`); prints rulings per second as JSON.

    python rulings_timed.py FOLDER

The cases are timed in small batches, each as often as there are rounds. `undisturbed` counts every batch with its
fastest round: whatever else the machine does can only make it slower. `median` is that of whole rounds.
"""

import json
import platform
import sys
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from time import perf_counter

from quiz.courses import Course

type Case = tuple[Course, str, Mapping[str, object]]

ROUNDS, BATCH = 25, 100


def main(folder: Path) -> None:
    """Decide all cases in every round, and print the rates."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((folder / "courses").glob("*.json"))]
    cases = [
        (course, course.data["scenarios"][variant.scenario]["decision"], variant.facts)
        for course in (Course(json.loads(text)) for text in texts)
        for variant in course.variants.values()
    ]
    batches = [cases[start : start + BATCH] for start in range(0, len(cases), BATCH)]
    rounds = [[_seconds(batch) for batch in batches] for _ in range(ROUNDS)]
    print(
        json.dumps(
            {
                "python": platform.python_version(),
                "cases": len(cases),
                "rounds": ROUNDS,
                "undisturbed": len(cases) / sum(map(min, zip(*rounds, strict=True))),
                "median": len(cases) / median(map(sum, rounds)),
            }
        )
    )


def _seconds(cases: list[Case]) -> float:
    started = perf_counter()
    for course, decision, facts in cases:
        course.rule(decision, facts)
    return perf_counter() - started


if __name__ == "__main__":
    main(Path(sys.argv[1]))
