"""How different are two papers? Per trust: how many there are at least, and how much two random ones have in common.

Two papers are the same here if they ask the same questions, in whatever order. Every way that `Course.next_place`
leaves open is walked, which gives the sets of scenarios a seed can draw; where these are too many for the last two
places, the number is a lower bound. Each set counts as many papers as its scenarios have variants, multiplied, since
each scenario's variant is drawn by itself (the opening has one).
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
MOST_WALKED = 50_000


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
        "distinct papers, at least": fewest_papers(course),
        "distinct papers in the sample": len(set(map(frozenset, papers))),
        "pairs compared": len(pairs),
        "same scenarios, mean %": mean(same_scenarios),
        "same scenarios, min %": min(same_scenarios),
        "same scenarios, max %": max(same_scenarios),
        "same questions, mean %": mean(same_questions),
        "same questions, min %": min(same_questions),
        "same questions, max %": max(same_questions),
    }


def fewest_papers(course: Course) -> int:
    """Return how many different sets of questions the seeds can draw at least; exactly so many if all were walked."""
    opening = course.opening.scenario
    variants = {slug: len(several) for slug, several in course.scenarios.items()} | {opening: 1}
    open_sets = {frozenset({opening})}
    while True:
        after = {chosen: _choices(course, chosen) for chosen in open_sets}
        if not any(after.values()):
            return sum(_papers(chosen, variants) for chosen in open_sets)
        longer = {chosen | {slug} for chosen, choices in after.items() for slug in choices}
        places_left = int(course.data["questions"]) - len(next(iter(open_sets)))
        if len(longer) > MOST_WALKED and places_left <= 2:
            return _bound(course, after, variants)
        open_sets = longer


def _bound(course: Course, after: Mapping[frozenset[str], frozenset[str]], variants: Mapping[str, int]) -> int:
    """Return the least number of papers that grow out of some sets, given what each may grow by.

    A set of n scenarios beside the opening grows out of n sets at most: out of one for each that may have come last.
    """
    size = len(next(iter(after)))
    papers = sum(
        _papers(chosen, variants) * sum(variants[slug] for slug in choices) for chosen, choices in after.items()
    )
    papers //= size
    last = int(course.data["questions"])
    if size + 1 < last:
        # The last place is open to every scenario that has none; at worst, those with the most variants have one.
        least = sorted(variants.values())[: len(variants) - (last - 1)]
        papers = papers * sum(least) // (last - 1)
    return papers


def _choices(course: Course, chosen: frozenset[str]) -> frozenset[str]:
    return frozenset(slug for slugs in course.next_place(chosen).values() for slug in slugs)


def _papers(chosen: Iterable[str], variants: Mapping[str, int]) -> int:
    return prod(variants[slug] for slug in chosen)


def _shared(one: Iterable[str], other: Iterable[str]) -> float:
    """Return what share of the first is in the second too, in percent."""
    first, second = set(one), set(other)
    return 100 * len(first & second) / len(first)


def _scenario(variant: str) -> str:
    return variant.partition("/")[0]


if __name__ == "__main__":
    main()
