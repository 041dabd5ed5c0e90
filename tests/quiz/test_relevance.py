"""Relevance: what is not asked could not change the answer, and what is asked can."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz import relevance
from quiz.courses import Course
from quiz.decisions import DECISIONS
from quiz.decisions.decision import Decision
from quiz.facts import CONTENTS, Choice, Choices, Fact, FactValue, Flag, Number
from quiz.positions import Cites, Position, Row
from quiz.relevance import asked, mattering, told_apart
from quiz.rulings import Ruling

type Situation = dict[str, FactValue]


@pytest.fixture(scope="session")
def matters(courses: dict[str, Course]) -> dict[tuple[str, str], Any]:
    """Return what matters, by trust and decision."""
    return {
        (trust, decision): mattering(DECISIONS[decision], position)
        for trust, course in courses.items()
        for decision, position in course.positions.items()
    }


def values(fact: Fact) -> st.SearchStrategy[Any]:
    match fact:
        case Flag():
            return st.booleans()
        case Number():
            return st.integers(fact.least, fact.most) | st.integers(max(fact.least, 0), min(fact.most, 20))
        case Choice():
            return st.sampled_from(fact.values)
        case Choices():
            return st.frozensets(st.sampled_from(fact.values))


def situations(decision: Decision) -> st.SearchStrategy[Situation]:
    return st.fixed_dictionaries({fact.name: values(fact) for fact in decision.facts})


def given_facts(situation: Situation, names: set[str]) -> dict[str, object]:
    """Return some facts of a situation as JSON has them."""
    return {
        name: sorted(value) if isinstance(value, frozenset) else value
        for name, value in situation.items()
        if name in names
    }


def said(ruling: Ruling) -> object:
    return ruling.verdict, ruling.because, ruling.unmet, ruling.steps, ruling.note


def mixed(asks: dict[str, tuple[str, ...]], asked_for: Situation, rest: Situation) -> Situation:
    """Return the second situation, but with the first one's answers to everything that is asked."""
    found = dict(rest)
    for name, parts in asks.items():
        one, other = asked_for[name], rest[name]
        if isinstance(one, frozenset) and isinstance(other, frozenset):
            found[name] = (one & set(parts)) | (other - set(parts))
        else:
            found[name] = one
    return found


TWO = st.sampled_from(sorted(DECISIONS)).flatmap(
    lambda one: st.tuples(
        st.just(one),
        situations(DECISIONS[one]),
        situations(DECISIONS[one]),
        st.sets(st.sampled_from([fact.name for fact in DECISIONS[one].facts])),
    )
)


@given(case=TWO)
def test_what_does_not_matter_never_changes_a_ruling(
    courses: dict[str, Course], matters: dict[tuple[str, str], Any], case: Any
) -> None:
    decision, one, other, _ = case
    for trust, course in courses.items():
        same = mixed(matters[trust, decision], one, other)
        position = course.positions[decision]
        assert said(DECISIONS[decision].decide(position, one)) == said(DECISIONS[decision].decide(position, same)), (
            trust
        )


@given(case=TWO)
def test_what_is_no_longer_asked_never_changes_a_ruling_on_these_answers(
    courses: dict[str, Course], matters: dict[tuple[str, str], Any], case: Any
) -> None:
    decision, one, other, names = case
    for trust, course in courses.items():
        position = course.positions[decision]
        asks = asked(DECISIONS[decision], position, given_facts(one, names), matters[trust, decision])
        same = mixed(dict(asks), one, other)
        assert said(DECISIONS[decision].decide(position, one)) == said(DECISIONS[decision].decide(position, same)), (
            trust
        )


def test_what_matters_is_what_the_policies_tell_apart(matters: dict[tuple[str, str], Any]) -> None:
    assert matters["cockburn", "use-photo"] == {
        "consents": ("parent",), "named_with_photo": (), "account": (), "dignified": (),
    }  # fmt: skip
    assert "year_group" in matters["creating-tomorrow", "use-photo"]
    assert matters["lydiate", "connect-with"] == {"person": (), "from_account": ()}
    assert matters["creating-tomorrow", "open-account"]["approvals"] == ("line-manager", "it-lead")


def test_as_much_matters_as_if_every_fact_were_tried_in_every_situation(
    courses: dict[str, Course], matters: dict[tuple[str, str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relevance._Trial, "_looked_at", lambda _, base: base.keys())
    assert matters == {
        (trust, decision): mattering(DECISIONS[decision], position)
        for trust, course in courses.items()
        for decision, position in course.positions.items()
    }


def test_nothing_matters_where_the_policy_is_silent(
    courses: dict[str, Course], matters: dict[tuple[str, str], Any]
) -> None:
    silent = [
        (trust, decision)
        for trust, course in courses.items()
        for decision, position in course.positions.items()
        if position.silent
    ]
    assert silent
    assert all(matters[one] == {} for one in silent)


def test_an_answer_takes_away_the_questions_below_it_that_it_settles(
    courses: dict[str, Course], matters: dict[tuple[str, str], Any]
) -> None:
    def questions(facts: dict[str, object]) -> list[str]:
        position = courses["creating-tomorrow"].positions["use-photo"]
        return list(asked(DECISIONS["use-photo"], position, facts, matters["creating-tomorrow", "use-photo"]))

    assert "pupil_cannot_decide" in questions({})
    assert "pupil_cannot_decide" in questions({"year_group": 12})
    assert "pupil_cannot_decide" not in questions({"year_group": 9})
    assert "year_group" in questions({"pupil_cannot_decide": True})


def test_what_a_refused_post_would_need_as_well_is_still_asked(
    courses: dict[str, Course], matters: dict[tuple[str, str], Any]
) -> None:
    """A refusal hides what is allowed beside it, but not what would have to be met."""
    refused = {"account": "school-official", "platform": "whatsapp", "equipment": "organisation", "authorised": True}
    for trust in ("creating-tomorrow", "wren-spinney"):
        position = courses[trust].positions["publish-post"]
        asks = asked(DECISIONS["publish-post"], position, refused, matters[trust, "publish-post"])
        assert asks["contains"] == CONTENTS


def test_of_a_number_every_stretch_a_position_tells_apart_is_tried() -> None:
    rows = tuple(Row(Cites((("any/1", "must"),)), bounds=(bound,)) for bound in (("age", "to", 6), ("age", "from", 12)))
    tried = told_apart(Number("age", "", 0, 0, 99), Position("any", {"rows": rows}))
    assert any(6 < one < 12 for one in tried if isinstance(one, int))
    assert {0, 6, 12, 99} <= set(tried)
