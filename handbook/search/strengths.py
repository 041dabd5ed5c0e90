"""How strongly does a clause speak of a word, in its title, its topic, its provisions? BM25F, worked out beforehand."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from handbook.library import Clause, Provision, Term, Trust, Vocabulary
from handbook.search.sayings import Sayings
from handbook.search.situations import situations
from handbook.search.words import SMALL, stem

TITLE, SECTION, TOPIC, OTHER_TOPIC, PEOPLE, TRUST, NOTE = 2.2, 0.6, 0.9, 0.7, 0.25, 0.6, 0.25
SITUATION, ASKED = 0.75, 0.5
# Where a word stands more often, it counts more, but less and less; in a long provision it counts less.
CLAUSE_HALF, PROVISION_HALF = 1.5, 1.0
USUAL_LENGTH, LENGTH_COUNTS = 18, 0.5
STEPS = 9
SMALL_STEMS = frozenset(map(stem, SMALL))
PLACES = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Strengths:
    """The strengths of the terms of clauses, in one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.sayings = Sayings(vocabulary)
        self._topics = {id: self._expanded(term) for id, term in vocabulary.topics.items()}
        self._audiences = {id: self._expanded(term) for id, term in vocabulary.audiences.items()}
        self._questions = {question: self._said(ways) for question, ways in vocabulary.asked.items()}
        self._shared = cache(self._weights_shared)
        self._situations: dict[str, Mapping[str, str]] = {}

    def of(self, trust: Trust, clause: Clause) -> Mapping[str, str]:
        """Return the strength of every term a clause can be found by; filters and references are terms too.

        A digit from 0 to 9 is for what holds for all of the clause; then come pairs, a provision's place and a digit.
        """
        found = {term: _step(weight / (weight + CLAUSE_HALF)) for term, weight in self._whole(trust, clause).items()}
        if trust.id not in self._situations:
            self._situations[trust.id] = situations(trust)
        asked = self._situations[trust.id]
        for place, provision in zip(_places(), clause.provisions, strict=False):
            questions = trust.asked.get(provision.ref, ())
            for term, share in self._provision(clause, provision, asked.get(provision.ref, ""), questions):
                found[term] = f"{found.get(term, '0')}{place}{_step(share)}"
            for name in (f"duty:{provision.duty}", _reference(provision.ref)):
                found[name] = f"{found.get(name, '0')}{place}{STEPS}"
        topics = {clause.topic, *(one.topic for one in clause.provisions)}
        return {_reference(clause.ref): str(STEPS)} | found | {f"topic:{one}": str(STEPS) for one in topics}

    def _whole(self, trust: Trust, clause: Clause) -> Mapping[str, float]:
        weights = dict(self._shared(f"{trust.name} {trust.short_name} {trust.id}", clause.topic, clause.who))
        for text, weight in ((clause.title, TITLE), (clause.section, SECTION), (" ".join(clause.notes), NOTE)):
            for term in set(self.sayings.of(text)):
                weights[term] = weights.get(term, 0) + weight
        return weights

    def _weights_shared(self, trust: str, topic: str, who: tuple[str, ...]) -> Mapping[str, float]:
        """What many clauses of a trust have in common."""
        weights: dict[str, float] = {}
        rows = [(self.sayings.of(trust), TRUST), (self._topics[topic], TOPIC)]
        for terms, weight in (*rows, *((self._audiences[one], PEOPLE) for one in who)):
            for term in set(terms):
                weights[term] = weights.get(term, 0) + weight
        return weights

    def _provision(
        self, clause: Clause, provision: Provision, asked: str, questions: Iterable[str]
    ) -> Iterator[tuple[str, float]]:
        counted = Counter(self.sayings.of(provision.text))
        half = PROVISION_HALF * (1 - LENGTH_COUNTS + LENGTH_COUNTS * counted.total() / USUAL_LENGTH)
        weights: dict[str, float] = dict(counted)
        if provision.topic != clause.topic:
            for term in self._topics[provision.topic]:
                weights[term] = weights.get(term, 0) + OTHER_TOPIC
        for term in set(self.sayings.of(asked)):
            weights[term] = weights.get(term, 0) + SITUATION
        for term in frozenset[str]().union(*(self._questions.get(one, ()) for one in questions)):
            weights[term] = weights.get(term, 0) + ASKED
        yield from ((term, weight / (weight + half)) for term, weight in weights.items())

    def _said(self, ways: Iterable[str]) -> frozenset[str]:
        """The terms of a question, in all the ways it is put, without the words that only hold one together."""
        return frozenset(one for way in ways for one in self.sayings.of(way)) - SMALL_STEMS

    def _expanded(self, term: Term) -> frozenset[str]:
        return frozenset(one for words in (term.label, *term.words) for one in self.sayings.of(words))


def _reference(ref: str) -> str:
    return f"ref:{ref.lower()}"


def _places() -> Iterator[str]:
    """A sign for each provision; those beyond the sixty-second share the last."""
    yield from PLACES
    while True:
        yield PLACES[-1]


def _step(share: float) -> str:
    return str(max(1, min(STEPS, round(share * STEPS))))
