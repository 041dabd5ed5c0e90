"""How do other trusts answer the same question? One small file for each scenario, fetched with the feedback.

They lie under `handbook.addresses.ELSEWHERE`, and are no part of a course: what another trust changes is no new
version of this trust's training.
"""

from collections.abc import Mapping
from typing import Any

from handbook.library import Library
from handbook.sharing import each
from handbook.ways import Way
from quiz.courses import canonical
from quiz.decisions import DECISIONS
from quiz.decisions.decision import Decision
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

    def file(slug: str) -> str:
        return canonical(_scenario(library, slug, library.scenarios[slug]))

    found = zip(library.scenarios, each(file, library.scenarios, trusts=len(library.trusts)), strict=True)
    return {f"elsewhere/{slug}.json": text for slug, text in found}


def _scenario(library: Library, slug: str, scenario: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    decision = DECISIONS[scenario["decision"]]
    deciding = {trust.id: trust.ways[decision.id] for trust in library.trusts.values() if decision.id in trust.ways}
    found = {one.id: _answers(one, decision, deciding) for one in variants(slug, scenario)}
    differing = {variant: answers for variant, answers in found.items() if len(answers) > 1}
    named = sorted({trust for answers in differing.values() for _, _, trusts in answers for trust in trusts})
    return {"trusts": {trust: library.trusts[trust].short_name for trust in named}, "variants": differing}


def _answers(variant: Variant, decision: Decision, deciding: Mapping[str, Way]) -> list[tuple[str, int, list[str]]]:
    """Return who answers how, in the order of the verdicts.

    A trust whose verdict is none the question is worth asking with is left out: it would teach that a pause is none.
    """
    rulings = {way: decision.decide(way.position, variant.facts) for way in set(deciding.values())}
    by_verdict: dict[str, list[str]] = {}
    for trust, way in deciding.items():
        verdict = rulings[way].verdict
        if verdict in variant.only_where:
            by_verdict.setdefault(verdict, []).append(trust)
    words = {one.verdict: headline(one) for one in rulings.values()}
    return [
        (words[verdict], len(by_verdict[verdict]), by_verdict[verdict][:MOST_NAMED])
        for verdict in VERDICTS
        if verdict in by_verdict
    ]
