"""What every trust answers in every case: computed from its positions and its duties, for any number of trusts."""

from dataclasses import replace

import pytest

from handbook.comparison import UNANSWERED, Comparison, compared
from handbook.library import Clause, Library, Trust
from handbook.strictness import SAME, SILENT, STRICTER, widest
from quiz.courses import Course
from quiz.decisions import DECISIONS
from quiz.rulings import NOT_COVERED


def with_trust(library: Library, trust: Trust) -> Library:
    """Return the library with one more trust."""
    return replace(library, trusts={**library.trusts, trust.id: trust})


def copied(trust: Trust, name: str) -> Trust:
    """Return a trust that says the same in every word under another name."""
    return replace(trust, id=name, clauses=tuple(_copied_clause(one, name) for one in trust.clauses))


def _copied_clause(clause: Clause, name: str) -> Clause:
    provisions = tuple(replace(one, trust=name) for one in clause.provisions)
    return replace(clause, trust=name, provisions=provisions)


def reworded(trust: Trust, ref: str, duty: str) -> Trust:
    """Return a trust of whose provisions one has another duty."""
    clauses = (
        replace(one, provisions=tuple(replace(it, duty=duty) if it.ref == ref else it for it in one.provisions))
        for one in trust.clauses
    )
    return replace(trust, clauses=tuple(clauses))


def test_every_answer_is_the_engines_own(comparison: Comparison, courses: dict[str, Course]) -> None:
    for decision, question in comparison.questions.items():
        for trust, answers in question.answers.items():
            for case, answer in zip(question.cases, answers, strict=True):
                ruling = courses[trust].rule(decision, case.facts)
                assert answer.verdict == ruling.verdict
                assert tuple(f"{trust}/{ref}" for ref in answer.refs) == ruling.because


def test_no_two_cases_of_a_question_are_answered_alike_by_all(comparison: Comparison) -> None:
    for question in comparison.questions.values():
        columns = list(zip(*(question.verdicts(trust) for trust in question.answers), strict=True))
        assert len(columns) == len(set(columns)) == len(question.cases)


def test_no_two_cases_of_a_question_are_told_alike(comparison: Comparison) -> None:
    for question in comparison.questions.values():
        told = [tuple((name, case.facts[name]) for name in case.told) for case in question.cases]
        assert len(told) == len(set(told)), question.decision


def test_a_trust_without_positions_is_compared_as_not_yet_answered(library: Library) -> None:
    new = replace(copied(library.trusts["cockburn"], "new"), positions={})
    comparison = compared(with_trust(library, new))
    for decision, question in comparison.questions.items():
        assert set(question.verdicts("new")) == {UNANSWERED}
        assert comparison.relation("new", "lydiate", comparison.places(decision)) == SILENT


def test_a_trust_that_says_the_same_is_the_same_on_everything(library: Library) -> None:
    comparison = compared(with_trust(library, copied(library.trusts["lydiate"], "twin")))
    for decision in DECISIONS:
        assert comparison.relation("twin", "lydiate", comparison.places(decision)) == SAME
        assert comparison.greatest_difference("twin", "lydiate", comparison.places(decision)) is None


def test_a_should_not_that_becomes_a_must_not_makes_the_policy_stricter(library: Library) -> None:
    milder = library.trusts["cockburn"]
    assert milder.provisions["personal-use/7"].duty == "should-not"
    harder = reworded(copied(milder, "harder"), "personal-use/7", "must-not")
    comparison = compared(with_trust(library, harder))
    places = comparison.places("use-photo")
    assert comparison.relation("harder", "cockburn", places) == STRICTER
    place = comparison.greatest_difference("harder", "cockburn", places)
    assert place
    answer = comparison.answer("harder", place)
    assert (answer.verdict, answer.refs[0]) == ("forbidden", "personal-use/7")
    assert comparison.answer("cockburn", place).verdict == "advised-against"


def test_the_greatest_difference_is_the_greatest(comparison: Comparison) -> None:
    for decision in DECISIONS:
        places = comparison.places(decision)
        found = comparison.greatest_difference("cockburn", "lydiate", places)
        spread = {
            place: widest([comparison.answer(trust, place).verdict for trust in ("cockburn", "lydiate")])
            for place in places
        }
        assert (spread[found] if found else 0) == max(spread.values())


def test_every_case_of_a_topic_is_decided_by_a_provision_on_it(library: Library, comparison: Comparison) -> None:
    assert comparison.topics["images-consent"]
    for topic, places in comparison.topics.items():
        for place, number in places.items():
            deciding = [
                trust.id
                for trust in library.trusts.values()
                if any(trust.provisions[ref].topic == topic for ref in comparison.answer(trust.id, place).alike)
            ]
            assert number == len(deciding) > 0


@pytest.mark.parametrize("decision", DECISIONS)
def test_a_silent_position_is_silent_in_every_case(library: Library, comparison: Comparison, decision: str) -> None:
    for trust in library.trusts.values():
        if "silent" in trust.positions[decision]:
            assert set(comparison.questions[decision].verdicts(trust.id)) == {NOT_COVERED}
