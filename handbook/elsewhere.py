"""How do other trusts answer the same question? One small file for each scenario, fetched with the feedback.

They lie under `handbook.addresses.ELSEWHERE`, and are no part of a course: what another trust changes is no new
version of this trust's training.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from handbook.courses import course_data
from handbook.library import Library
from handbook.sharing import each
from quiz.courses import Course, canonical
from quiz.feedback import headline
from quiz.questions import Variant, variants
from quiz.rulings import VERDICTS

# So many trusts are named for each answer, one more than a page shows: the reader's own is taken out there.
MOST_NAMED = 6


def elsewhere_files(library: Library) -> dict[str, str]:
    """Return the file of every scenario by its path under docs/handbook.

    In it, `trusts` are the short names by id, and `variants` the answers to each question that is not answered alike
    everywhere: its id, and a list of [headline, number of trusts, ids of the first few of them].
    """
    courses = [Course(course_data(library, trust)) for trust in library.trusts]

    def file(slug: str) -> str:
        return canonical(_scenario(library, slug, library.scenarios[slug], courses))

    found = zip(library.scenarios, each(file, library.scenarios, trusts=len(courses)), strict=True)
    return {f"elsewhere/{slug}.json": text for slug, text in found}


def _scenario(
    library: Library, slug: str, scenario: Mapping[str, Any], courses: Iterable[Course]
) -> dict[str, Mapping[str, Any]]:
    deciding = [course for course in courses if scenario["decision"] in course.positions]
    found = {one.id: _answers(one, scenario["decision"], deciding) for one in variants(slug, scenario)}
    differing = {variant: answers for variant, answers in found.items() if len(answers) > 1}
    named = sorted({trust for answers in differing.values() for _, _, trusts in answers for trust in trusts})
    return {"trusts": {trust: library.trusts[trust].short_name for trust in named}, "variants": differing}


def _answers(variant: Variant, decision: str, courses: Iterable[Course]) -> list[tuple[str, int, list[str]]]:
    """Return who answers how, in the order of the verdicts.

    A trust whose verdict is none the question is worth asking with is left out: it would teach that a pause is none.
    """
    by_verdict: dict[str, list[str]] = {}
    words: dict[str, str] = {}
    for course in courses:
        ruling = course.rule(decision, variant.facts)
        if ruling.verdict in variant.only_where:
            by_verdict.setdefault(ruling.verdict, []).append(course.trust)
            words[ruling.verdict] = headline(ruling)
    return [
        (words[verdict], len(by_verdict[verdict]), by_verdict[verdict][:MOST_NAMED])
        for verdict in VERDICTS
        if verdict in by_verdict
    ]
