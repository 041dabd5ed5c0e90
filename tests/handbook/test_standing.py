"""How the other trusts stand to a clause, in the plainest case it decides."""

from handbook.comparison import Comparison, compared
from handbook.library import Library
from handbook.standing import Standings
from handbook.strictness import RELATIONS
from quiz.rulings import NOT_COVERED


def test_every_other_trust_is_counted_once(library: Library, comparison: Comparison) -> None:
    seen = 0
    for trust in library.trusts.values():
        standings = Standings(comparison, trust.id)
        for clause in trust.clauses:
            standing = standings.of([one.ref for one in clause.provisions])
            if standing:
                seen += 1
                assert sum(standing.others.values()) == len(library.trusts) - 1
                assert set(standing.others) <= {*RELATIONS, NOT_COVERED}
    assert seen > 80


def test_the_case_is_one_the_clause_decides(library: Library, comparison: Comparison) -> None:
    standing = Standings(comparison, "cockburn").of(["sanctioned/4a", "sanctioned/4b"])
    assert standing
    answer = comparison.answer("cockburn", standing.place)
    assert answer.verdict == "forbidden"
    assert answer.refs[0] == "sanctioned/4b"
    rulings = {trust: comparison.answer(trust, standing.place).verdict for trust in library.trusts}
    assert standing.others == {"looser": sum(one not in ("forbidden", NOT_COVERED) for one in rulings.values())}


def test_a_clause_that_decides_nothing_has_no_standing(comparison: Comparison) -> None:
    assert Standings(comparison, "cockburn").of(["vision/1"]) is None


def test_a_trust_alone_has_nothing_to_be_compared_with(library: Library) -> None:
    alone = compared(Library(library.vocabulary, {"cockburn": library.trusts["cockburn"]}, {}, library.built_on))
    assert Standings(alone, "cockburn").of(["sanctioned/4b"]) is None
