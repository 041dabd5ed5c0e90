"""How many rulings a second does the engine give in this Python?"""

import platform
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter

from handbook.courses import course_data
from handbook.sources import load
from quiz.courses import Course
from scripts.bench.report import show

ROUNDS, SECONDS = 7, 1.0


def main() -> None:
    """Decide every askable variant of every trust, over and over; report the median of several rounds."""
    library = load(Path(__file__).resolve().parents[2], date.today())
    courses = [Course(course_data(library, trust)) for trust in library.trusts]
    cases = [
        (course, course.data["scenarios"][variant.scenario]["decision"], variant.facts)
        for course in courses
        for variant in course.variants.values()
    ]
    rates = [_rate(cases) for _ in range(ROUNDS)]
    show(
        "rulings",
        {
            "python": platform.python_version(),
            "cases": len(cases),
            "rounds": ROUNDS,
            "rulings_per_second_median": round(median(rates)),
            "rulings_per_second_min": round(min(rates)),
            "rulings_per_second_max": round(max(rates)),
        },
    )


def _rate(cases: list[tuple[Course, str, Mapping[str, object]]]) -> float:
    done, started = 0, perf_counter()
    while (elapsed := perf_counter() - started) < SECONDS:
        for course, decision, facts in cases:
            course.rule(decision, facts)
        done += len(cases)
    return done / elapsed


if __name__ == "__main__":
    main()
