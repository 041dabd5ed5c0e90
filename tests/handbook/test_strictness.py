"""Stricter, looser, the same: an order that does not depend on who is asked first."""

from hypothesis import given
from hypothesis import strategies as st

from handbook.comparison import UNANSWERED
from handbook.strictness import FLIPPED, LOOSER, MIXED, RANKS, SAME, SILENT, STRICTER, difference, relation, widest
from quiz.rulings import NOT_COVERED, STRICTNESS, VERDICTS

VERDICT = st.sampled_from([*VERDICTS, UNANSWERED])
SPOKEN = st.sampled_from(STRICTNESS)


def lists_of(*kinds: st.SearchStrategy[str]) -> st.SearchStrategy[list[tuple[str, ...]]]:
    """Return answers of several trusts to the same cases."""
    return st.lists(st.tuples(*kinds), min_size=1, max_size=8)


@given(st.lists(VERDICT, max_size=8))
def test_every_policy_is_the_same_as_itself(verdicts: list[str]) -> None:
    assert relation(verdicts, verdicts) == SAME


@given(lists_of(VERDICT, VERDICT))
def test_it_makes_no_difference_who_is_asked_first(cases: list[tuple[str, ...]]) -> None:
    one, other = zip(*cases, strict=True)
    assert relation(one, other) == FLIPPED[relation(other, one)]


@given(st.lists(VERDICT, min_size=1, max_size=8))
def test_a_policy_that_says_nothing_is_never_stricter_or_looser(verdicts: list[str]) -> None:
    silent = [NOT_COVERED] * len(verdicts)
    assert relation(silent, verdicts) == (SAME if set(verdicts) == {NOT_COVERED} else SILENT)


@given(lists_of(SPOKEN, SPOKEN, SPOKEN))
def test_stricter_than_what_is_stricter_is_stricter(cases: list[tuple[str, ...]]) -> None:
    one, other, third = zip(*cases, strict=True)
    if relation(one, other) == relation(other, third) == STRICTER:
        assert relation(one, third) == STRICTER


@given(lists_of(SPOKEN, SPOKEN), st.data())
def test_a_stricter_answer_never_makes_a_policy_looser(cases: list[tuple[str, ...]], data: st.DataObject) -> None:
    one, other = (list(found) for found in zip(*cases, strict=True))
    place = data.draw(st.integers(0, len(one) - 1))
    harder = [*one[:place], "forbidden", *one[place + 1 :]]
    before = relation(one, other)
    assert (
        before == MIXED
        or relation(harder, other)
        in {
            STRICTER: {STRICTER},
            SAME: {SAME, STRICTER},
            LOOSER: {LOOSER, SAME, STRICTER, MIXED},
        }[before]
    )


@given(lists_of(VERDICT, VERDICT))
def test_the_relation_is_what_the_differences_say(cases: list[tuple[str, ...]]) -> None:
    steps = [difference(one, other) for one, other in cases]
    found = relation(*zip(*cases, strict=True))
    assert (found in (STRICTER, MIXED)) == any(step > 0 for step in steps)
    assert (found in (LOOSER, MIXED)) == any(step < 0 for step in steps)


@given(st.lists(VERDICT, max_size=8))
def test_the_widest_difference_is_between_two_of_them(verdicts: list[str]) -> None:
    assert widest(verdicts) == max([abs(difference(one, other)) for one in verdicts for other in verdicts], default=0)


def test_the_order_is_that_of_the_rulings() -> None:
    assert sorted(RANKS, key=lambda one: RANKS[one]) == list(STRICTNESS)
    assert relation(["forbidden", "allowed"], ["allowed", "forbidden"]) == MIXED
    assert relation(["ask-first", NOT_COVERED], ["allowed-if", "forbidden"]) == STRICTER
