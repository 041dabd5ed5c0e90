"""What a policy leaves open is told whole: every silence with its reason, every remark, every missing date."""

from dataclasses import replace

from handbook.gaps import gaps_of, silent_at
from handbook.library import Library
from quiz.decisions import DECISIONS


def test_every_silence_and_every_remark_is_there(library: Library) -> None:
    for trust in library.trusts.values():
        found = gaps_of(trust)
        silent = {one for one, position in trust.positions.items() if "silent" in position}
        assert {one.decision for one in found.silences} == silent
        assert all(one.reason for one in found.silences)
        assert [one.ref for one in found.odd] == [one.ref for one in trust.clauses if one.notes]


def test_a_document_without_dates_lacks_them(library: Library) -> None:
    assert gaps_of(library.trusts["collaborative"]).undated == ("approved", "review_due")
    assert gaps_of(library.trusts["cockburn"]).undated == ()


def test_a_decision_nobody_has_answered_is_no_silence(library: Library) -> None:
    found = gaps_of(replace(library.trusts["cockburn"], positions={}))
    assert found.silences == ()
    assert found.unanswered == tuple(DECISIONS)


def test_the_trusts_silent_on_a_question_are_those_that_say_so(library: Library) -> None:
    silent = [one.id for one in silent_at(library.trusts.values(), "leave-account")]
    assert silent == ["cockburn", "creating-tomorrow", "wren-spinney"]
