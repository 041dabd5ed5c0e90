"""A guide's steps at a trust follow from its decisions and its provisions; where there is no process it says so."""

from dataclasses import replace

import pytest

from handbook.guides import Answered, answered
from handbook.library import Library
from quiz.courses import Course


def case(library: Library, courses: dict[str, Course], trust: str, guide: str, number: int) -> Answered:
    found = next(one for one in library.guides if one.id == guide)
    return answered(library, library.trusts[trust], courses[trust], found.cases[number])


def refs(found: Answered) -> list[str]:
    return [ref for step in found.steps for ref in step.refs]


def test_the_five_guides_are_there(library: Library) -> None:
    assert [one.id for one in library.guides] == [
        "open-account", "hand-over", "photo-consent", "something-went-wrong", "serious-incident",
    ]  # fmt: skip


def test_opening_an_account_is_told_in_the_order_of_the_policy(library: Library, courses: dict[str, Course]) -> None:
    found = refs(case(library, courses, "collaborative", "open-account", 0))
    assert found.index("approval/1") < found.index("approval/2") < found.index("approval/6")
    assert "school-accounts/1a" in found


def test_a_step_says_who_is_told_and_by_when_where_the_policy_does(
    library: Library, courses: dict[str, Course]
) -> None:
    found = case(library, courses, "cockburn", "something-went-wrong", 2)
    assert [(step.tell, step.by) for step in found.steps] == [(("SLT",), ("immediately",))]
    leaving = case(library, courses, "collaborative", "hand-over", 0)
    assert leaving.steps[0].by == ("before your last day",)


@pytest.mark.parametrize("trust", ["creating-tomorrow", "wren-spinney"])
def test_consent_depends_on_the_year_where_the_policy_says_so(
    trust: str, library: Library, courses: dict[str, Course]
) -> None:
    found = case(library, courses, trust, "photo-consent", 0)
    assert [(one.first, one.last, len(one.ruling.unmet)) for one in found.spans] == [
        ("Nursery", "Year 6", 1), ("Year 7", "Year 11", 2), ("Year 12", "Year 13", 1),
    ]  # fmt: skip


def test_consent_is_one_rule_for_all_years_elsewhere(library: Library, courses: dict[str, Course]) -> None:
    (span,) = case(library, courses, "cockburn", "photo-consent", 0).spans
    assert (span.first, span.last) == ("Nursery", "Year 13")


def test_silence_is_said_and_no_step_is_made_up(library: Library, courses: dict[str, Course]) -> None:
    found = case(library, courses, "cockburn", "hand-over", 0)
    assert found.silent
    assert not found.steps
    assert not found.in_short


def test_every_step_cites_provisions_of_its_own_clause(library: Library, courses: dict[str, Course]) -> None:
    for trust in library.trusts.values():
        for guide in library.guides:
            for one in guide.cases:
                for step in answered(library, trust, courses[trust.id], one).steps:
                    assert step.refs
                    assert set(step.refs) <= {provision.ref for provision in step.clause.provisions}


def test_a_trust_without_positions_is_open_and_not_silent(library: Library, courses: dict[str, Course]) -> None:
    trust = replace(library.trusts["cockburn"], positions={})
    data = {**courses["cockburn"].data, "positions": {}}
    found = answered(library, trust, Course(data), library.guides[0].cases[0])
    assert found.open
    assert found.silent is None
    assert "sanctioned/1d" in refs(found)
