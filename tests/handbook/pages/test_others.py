"""What stands beside a clause about other trusts."""

from handbook.comparison import UNANSWERED, Comparison
from handbook.library import Library
from handbook.pages.others import OthersOn, counts
from handbook.standing import Standing
from quiz.rulings import NOT_COVERED
from tests.handbook.built import Page


def test_the_others_are_counted_in_words() -> None:
    place = ("use-photo", 0)
    assert (
        counts(Standing(place, {"same": 2, "stricter": 1, NOT_COVERED: 1}))
        == "2 the same · 1 stricter · 1 does not say"
    )
    assert counts(Standing(place, {"looser": 3, NOT_COVERED: 2, UNANSWERED: 1})) == (
        "3 looser · 2 do not say · 1 has not answered"
    )


def test_a_clause_shows_the_case_and_leads_to_every_answer(library: Library, comparison: Comparison) -> None:
    trust = library.trusts["cockburn"]
    clause = next(one for one in trust.clauses if one.ref == "sanctioned/4")
    page = Page(OthersOn(library, comparison).fold(trust, clause))
    assert page.all("summary")[0].text.startswith("Other trusts: ")
    assert "Will the pupil's name stand with the picture? Yes." in page.text
    assert page.all("a")[-1].attributes["href"] == "/handbook/matrix/#use-photo"


def test_a_clause_that_decides_nothing_shows_nothing(library: Library, comparison: Comparison) -> None:
    trust = library.trusts["cockburn"]
    clause = next(one for one in trust.clauses if one.ref == "vision")
    assert OthersOn(library, comparison).fold(trust, clause) == ""
