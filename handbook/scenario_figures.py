"""What kind of questions does each scenario make: how many, how hard to read, and could they be guessed?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from handbook.readability import grade
from quiz.courses import Course
from quiz.questions import Variant


@dataclass(frozen=True)
class ScenarioFigures:
    """The figures of one scenario over all trusts.

    `questions` can be asked, in `variants` forms; `grade` is the hardest form's reading grade (see `readability`);
    `ever_right` of `options` are the right one somewhere; `longest_right` questions have the longest option right,
    `by_chance` is how many would if length told nothing; `trusts_differ` counts the variants that trusts answer
    differently.
    """

    slug: str
    decision: str
    critical: bool
    questions: int
    variants: int
    grade: float
    options: int
    ever_right: int
    longest_right: int
    by_chance: float
    trusts_differ: int


def scenario_figures(courses: Iterable[Course]) -> tuple[ScenarioFigures, ...]:
    """Return the figures of every scenario that some trust can be asked, by slug."""
    asked: dict[str, list[tuple[Variant, str]]] = {}
    about: dict[str, Mapping[str, object]] = {}
    for course in courses:
        for variant in course.variants.values():
            asked.setdefault(variant.scenario, []).append((variant, variant.right(course.ruling_on(variant))[0]))
            about[variant.scenario] = course.data["scenarios"][variant.scenario]
    return tuple(_figures(slug, about[slug], asked[slug]) for slug in sorted(asked))


def _figures(slug: str, about: Mapping[str, object], asked: Sequence[tuple[Variant, str]]) -> ScenarioFigures:
    forms = {variant.id: variant for variant, _ in asked}
    answers: dict[str, set[str]] = {}
    for variant, right in asked:
        answers.setdefault(variant.id, set()).add(right)
    return ScenarioFigures(
        slug=slug,
        decision=str(about["decision"]),
        critical=bool(about["critical"]),
        questions=len(asked),
        variants=len(forms),
        grade=max(grade(one.words) for one in forms.values()),
        options=len(asked[0][0].options),
        ever_right=len({right for _, right in asked}),
        longest_right=sum(right in longest(variant) for variant, right in asked),
        by_chance=sum(len(longest(variant)) / len(variant.options) for variant, _ in asked),
        trusts_differ=sum(len(rights) > 1 for rights in answers.values()),
    )


def longest(variant: Variant) -> frozenset[str]:
    """Return the keys of the longest option, or options."""
    most = max(len(text) for _, text, _ in variant.options)
    return frozenset(key for key, text, _ in variant.options if len(text) == most)
