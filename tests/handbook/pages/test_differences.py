"""Cases and differences in words, and the links that lead to the same case."""

import pytest

from handbook.comparison import Case, Comparison
from handbook.library import Library
from handbook.may_i import ASKED
from handbook.pages.differences import IN_ORDER, answers_in, case_words, query, shortened
from quiz.decisions import DECISIONS
from quiz.facts import Choices, Flag, Number, Situation


def test_every_case_is_told_in_words_of_its_own(comparison: Comparison) -> None:
    for decision, question in comparison.questions.items():
        words = [case_words(decision, case) for case in question.cases]
        assert len(set(words)) == len(words), decision
        for said, case in zip(words, question.cases, strict=True):
            asked = ASKED[decision].facts
            assert all(asked[name].question in said for name in case.told)


def test_a_case_that_needs_no_telling_is_in_order() -> None:
    assert case_words("use-photo", Case({}, ())) == IN_ORDER


def test_a_set_is_told_by_what_is_in_it_or_missing() -> None:
    def says(*given: str) -> str:
        return case_words("use-photo", Case({"consents": frozenset(given)}, ("consents",)))

    assert says("parent") == "Who has agreed? All but this: The pupil."
    assert says() == "Who has agreed? Nothing yet."


@pytest.mark.parametrize("decision", DECISIONS)
def test_the_link_to_a_case_holds_all_its_facts(comparison: Comparison, decision: str) -> None:
    facts = {fact.name: fact for fact in DECISIONS[decision].facts}
    for case in comparison.questions[decision].cases:
        given: dict[str, object] = {}
        for name, value in query(decision, case):
            match facts[name]:
                case Choices():
                    given[name] = [*given.get(name, []), *([value] if value else [])]  # type: ignore[misc]
                case Flag():
                    given[name] = value == "true"
                case Number():
                    given[name] = int(value)
                case _:
                    given[name] = value
        assert Situation(DECISIONS[decision].facts, given).values == case.facts


def test_who_answers_how_begins_with_the_strictest(library: Library, comparison: Comparison) -> None:
    place = comparison.greatest_difference("cockburn", "lydiate", comparison.places("use-photo"))
    assert place
    shown = answers_in(comparison, place, [library.trusts[one] for one in ("cockburn", "lydiate")])
    verdicts = [comparison.answer(trust, place).verdict for trust in ("cockburn", "lydiate")]
    first, second = ("Cockburn", "Lydiate") if verdicts[0] == "forbidden" else ("Lydiate", "Cockburn")
    assert shown.index(">No<") < shown.index(first) < shown.index(second)


def test_many_names_are_counted() -> None:
    assert shortened(["a", "b", "c", "d"]) == ["a", "b", "c", "d"]
    assert shortened(["a", "b", "c", "d", "e"]) == ["a", "b", "c", "2 more"]
