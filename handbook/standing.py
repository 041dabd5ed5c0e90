"""How do the other trusts stand to one clause?

Asked in one case: of the question for which the clause matters most, the plainest of the strictest cases it decides.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from handbook.comparison import UNANSWERED, Comparison, Place
from handbook.strictness import LOOSER, RANKS, SAME, STRICTER, relation
from quiz.rulings import NOT_COVERED

# In this order they are counted under a clause.
ORDER = (SAME, STRICTER, LOOSER, NOT_COVERED, UNANSWERED)


@dataclass(frozen=True)
class Standing:
    """The case, and how many other trusts are stricter, looser or the same, or say nothing, by that word.

    The words are the relations of `handbook.strictness`, and `not-covered` or `unanswered`.
    """

    place: Place
    others: Mapping[str, int]


class Standings:
    """What one trust's provisions decide, and how the others answer there."""

    def __init__(self, comparison: Comparison, trust: str) -> None:
        self.comparison = comparison
        self.trust = trust
        self.decided: dict[str, list[Place]] = {}
        for decision, question in comparison.questions.items():
            for number, answer in enumerate(question.answers[trust]):
                for ref in answer.refs:
                    self.decided.setdefault(ref, []).append((decision, number))

    def of(self, refs: Collection[str]) -> Standing | None:
        """Return how others stand to a clause that holds these provisions; None if they decide no case."""
        places = [place for ref in refs for place in self.decided.get(ref, ())]
        if not places or len(self.comparison.questions[places[0][0]].answers) == 1:
            return None
        share = self._shares(places)
        place = min(places, key=lambda one: (-share[one[0]], *self._distance(one, refs)))
        own = self.comparison.answer(self.trust, place).verdict
        others = self.comparison.tallies[place] - Counter([own])
        counts: Counter[str] = Counter()
        for verdict, number in others.items():
            silent = verdict in (NOT_COVERED, UNANSWERED) and verdict != own
            counts[verdict if silent else relation([verdict], [own])] += number
        return Standing(place, {word: counts[word] for word in ORDER if word in counts})

    def _shares(self, places: Collection[Place]) -> Mapping[str, float]:
        """Return by question the share of its cases that are among these: largest where the clause matters most."""
        decided = Counter(decision for decision, _ in set(places))
        return {one: number / len(self.comparison.questions[one].cases) for one, number in decided.items()}

    def _distance(self, place: Place, refs: Collection[str]) -> tuple[bool, int, int, int]:
        """Return how far a case is from what the clause is about: decided by another first, mild, or hard to tell."""
        answer = self.comparison.answer(self.trust, place)
        told = len(self.comparison.case(place).told)
        return answer.refs[0] not in refs, -RANKS[answer.verdict], told, place[1]
