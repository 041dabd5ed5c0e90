"""How different are two papers? Per trust: how many there are, and how much two random ones have in common.

Two papers are the same here if they ask the same questions, in whatever order. Their number is exact, not sampled:
every way that `Course.next_place` leaves open is walked, which gives the sets of scenarios a seed can draw. Each set
counts as many papers as its scenarios have variants, multiplied, since each scenario's variant is drawn by itself (the
opening has one).
"""

from collections.abc import Iterable, Mapping
from datetime import date
from math import prod
from pathlib import Path
from statistics import mean

from handbook.courses import course_data
from handbook.sources import load
from quiz.courses import Course
from scripts.bench.report import show

PAIRS = 2000


def main() -> None:
    """Count the papers of every trust and compare random pairs; prints shares in percent."""
    library = load(Path(__file__).resolve().parents[2], date.today())
    figures: dict[str, float | int | str] = {}
    for trust in library.trusts:
        course = Course(course_data(library, trust))
        figures |= {f"{trust}: {name}": value for name, value in _figures(course).items()}
    show("papers", figures)


def _figures(course: Course) -> Mapping[str, float | int]:
    papers = [[one.id for one in course.paper(f"bench {seed}")] for seed in range(2 * PAIRS)]
    pairs = list(zip(papers[::2], papers[1::2], strict=True))
    same_scenarios = [_shared(map(_scenario, one), map(_scenario, other)) for one, other in pairs]
    same_questions = [_shared(one, other) for one, other in pairs]
    return {
        "scenarios that can be asked": len(course.scenarios),
        "questions that can be asked": len(course.variants),
        "questions in a paper": len(papers[0]),
        "distinct papers": distinct_papers(course),
        "distinct papers in the sample": len(set(map(frozenset, papers))),
        "pairs compared": len(pairs),
        "same scenarios, mean %": mean(same_scenarios),
        "same scenarios, min %": min(same_scenarios),
        "same scenarios, max %": max(same_scenarios),
        "same questions, mean %": mean(same_questions),
        "same questions, min %": min(same_questions),
        "same questions, max %": max(same_questions),
    }


def distinct_papers(course: Course) -> int:
    """Return how many different sets of questions the seeds can draw."""
    opening = course.opening.scenario
    variants = {slug: len(several) for slug, several in course.scenarios.items()} | {opening: 1}
    open_sets, full = {frozenset({opening})}, set[frozenset[str]]()
    while open_sets:
        longer = set[frozenset[str]]()
        for chosen in open_sets:
            groups = course.next_place(chosen)
            if not groups:
                full.add(chosen)
            longer.update(chosen | {slug} for slugs in groups.values() for slug in slugs)
        open_sets = longer
    return sum(prod(variants[slug] for slug in chosen) for chosen in full)


def _shared(one: Iterable[str], other: Iterable[str]) -> float:
    """Return what share of the first is in the second too, in percent."""
    first, second = set(one), set(other)
    return 100 * len(first & second) / len(first)


def _scenario(variant: str) -> str:
    return variant.partition("/")[0]


if __name__ == "__main__":
    main()
