"""What does every trust answer in every case that is compared? The ground of all pages that set trusts side by side."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from handbook.cases import Facts, cases, in_order
from handbook.library import Library
from handbook.sharing import each
from handbook.strictness import difference, relation, widest
from handbook.ways import Way
from quiz.decisions import DECISIONS
from quiz.decisions.decision import Decision
from quiz.facts import Choice, Number, Situation
from quiz.positions import Position
from quiz.rulings import NOT_COVERED, weighed

# The verdict of a trust that has no position on a decision yet.
UNANSWERED = "unanswered"


@dataclass(frozen=True)
class Answer:
    """A trust's verdict in one case, and the refs of the provisions that decide it, the most decisive first.

    `alike` are the refs that come first in it or in any case that no trust's verdict tells from it.
    """

    verdict: str
    refs: tuple[str, ...] = ()
    alike: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Case:
    """One situation, and the names of the facts by which it is told; all else is in order, or makes no difference."""

    facts: Facts
    told: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """A decision's cases, each with another verdict somewhere, the plainest first; each trust's `answers` in them."""

    decision: str
    cases: tuple[Case, ...]
    answers: Mapping[str, tuple[Answer, ...]]

    def verdicts(self, trust: str) -> tuple[str, ...]:
        """Return a trust's verdicts in the order of the cases."""
        return tuple(one.verdict for one in self.answers[trust])


type Place = tuple[str, int]


@dataclass(frozen=True)
class Comparison:
    """All questions by decision; by topic the cases (decision, number) that a provision on it decides at some trust."""

    questions: Mapping[str, Question]
    topics: Mapping[str, Mapping[Place, int]]

    def answer(self, trust: str, place: Place) -> Answer:
        """Return a trust's answer in one case."""
        decision, number = place
        return self.questions[decision].answers[trust][number]

    def case(self, place: Place) -> Case:
        """Return one case."""
        return self.questions[place[0]].cases[place[1]]

    @cached_property
    def tallies(self) -> Mapping[Place, Counter[str]]:
        """How many trusts give each verdict, by case."""
        return {
            (decision, number): Counter(answers[number].verdict for answers in question.answers.values())
            for decision, question in self.questions.items()
            for number in range(len(question.cases))
        }

    def places(self, decision: str) -> tuple[Place, ...]:
        """Return all cases of a decision."""
        return tuple((decision, number) for number in range(len(self.questions[decision].cases)))

    def relation(self, one: str, other: str, places: Sequence[Place]) -> str:
        """Return how a trust stands to another in some cases (see `handbook.strictness`)."""
        ours, theirs = ([self.answer(trust, place).verdict for place in places] for trust in (one, other))
        return relation(ours, theirs)

    def greatest_difference(self, one: str, other: str, places: Sequence[Place]) -> Place | None:
        """Return the case in which two trusts lie furthest apart, the plainest of several; None if they agree."""
        apart = [place for place in places if self._difference(one, other, place)]
        return min(
            apart, key=lambda it: (-abs(self._difference(one, other, it)), len(self.case(it).told)), default=None
        )

    def furthest_apart(self, topic: str) -> Place | None:
        """Return the case of a topic in which strictest and mildest trust lie furthest apart; None if they never do.

        Of several it is the one that the topic decides at most trusts, and the plainest of those.
        """
        spread = {place: widest(self.tallies[place]) for place in self.topics[topic]}
        apart = [place for place, steps in spread.items() if steps]
        return min(
            apart,
            key=lambda it: (-spread[it], -self.topics[topic][it], len(self.case(it).told)),
            default=None,
        )

    def _difference(self, one: str, other: str, place: Place) -> int:
        return difference(self.answer(one, place).verdict, self.answer(other, place).verdict)


def compared(library: Library) -> Comparison:
    """Return what every trust of the library answers in every case."""
    ways = {trust.id: trust.ways for trust in library.trusts.values()}
    found = each(lambda decision: _question(decision, ways), DECISIONS.values(), trusts=len(ways))
    questions = {question.decision: question for question in found}
    return Comparison(questions, _topics(library, questions))


def _question(decision: Decision, ways: Mapping[str, Mapping[str, Way]]) -> Question:
    """Return the decision's cases without those that no trust tells from a plainer one, and the answers in them."""
    own = {trust: of_trust.get(decision.id) for trust, of_trust in ways.items()}
    positions = {way: way.position if way else None for way in own.values()}
    known = [one for one in positions.values() if one]
    tried = cases(decision, known)
    columns = [_column(decision, positions.values(), facts) for facts in tried]
    alike: dict[tuple[str, ...], list[int]] = {}
    for number, column in enumerate(columns):
        alike.setdefault(tuple(one.verdict for one in column), []).append(number)
    told = _Told(decision, in_order(decision, known), tried, columns)
    answers = {
        way: tuple(_merged([columns[number][place] for number in numbers]) for numbers in alike.values())
        for place, way in enumerate(positions)
    }
    return Question(
        decision.id,
        tuple(told.cases([numbers[0] for numbers in alike.values()])),
        {trust: _in_own_refs(answers[way], way) for trust, way in own.items()},
    )


def _merged(answers: list[Answer]) -> Answer:
    return replace(answers[0], alike=frozenset(ref for one in answers for ref in one.refs[:1]))


def _in_own_refs(answers: tuple[Answer, ...], way: Way | None) -> tuple[Answer, ...]:
    """Return the answers as a trust that decides in this way gives them, equal ones as one: there are very many."""
    if way is None or not way.refs:
        return answers
    own = {
        one: Answer(one.verdict, tuple(map(way.ref, one.refs)), frozenset(map(way.ref, one.alike))) for one in answers
    }
    return tuple(own[one] for one in answers)


def _column(decision: Decision, positions: Iterable[Position | None], facts: Facts) -> tuple[Answer, ...]:
    situation = Situation(decision.facts, facts)
    return tuple(_answer(decision, position, situation) for position in positions)


def _answer(decision: Decision, position: Position | None, situation: Situation) -> Answer:
    if position is None:
        return Answer(UNANSWERED)
    if position.silent:
        return Answer(NOT_COVERED)
    return Answer(*weighed(decision.rule(situation, position)))


class _Told:
    """By which facts is a case told from those that differ from it in one fact alone?"""

    def __init__(self, decision: Decision, best: Facts, tried: list[Facts], columns: list[tuple[Answer, ...]]) -> None:
        self.facts = decision.facts
        self.best = best
        self.tried = tried
        self.verdicts: dict[tuple[str, tuple[object, ...]], set[tuple[str, ...]]] = {}
        for facts, column in zip(tried, columns, strict=True):
            verdicts = tuple(one.verdict for one in column)
            for fact in self.facts:
                self.verdicts.setdefault(self._but_for(fact.name, facts), set()).add(verdicts)

    def cases(self, numbers: list[int]) -> Iterator[Case]:
        """Yield the cases with the facts by which they are told: no two are told alike."""
        told = {number: self._needed(number) for number in numbers}
        while groups := _groups(told, self.tried):
            for alike in groups:
                self._tell_apart(alike, told)
        for number in numbers:
            names = [fact.name for fact in self.facts if fact.name in told[number]]
            facts = self.tried[number]
            yield Case(facts, tuple(sorted(names, key=lambda name: facts[name] == self.best[name])))

    def _tell_apart(self, alike: list[int], told: dict[int, set[str]]) -> None:
        for number in alike:
            others = [self.tried[one] for one in alike if one != number]
            told[number] |= {
                name for name, value in self.tried[number].items() if any(one[name] != value for one in others)
            }

    def _needed(self, number: int) -> set[str]:
        """Return what is not in order, and every choice or number that matters here."""
        facts = self.tried[number]
        return {
            fact.name
            for fact in self.facts
            if len(self.verdicts[self._but_for(fact.name, facts)]) > 1
            and (isinstance(fact, Choice | Number) or facts[fact.name] != self.best[fact.name])
        }

    def _but_for(self, name: str, facts: Facts) -> tuple[str, tuple[object, ...]]:
        return name, tuple(value for fact, value in facts.items() if fact != name)


def _groups(told: Mapping[int, set[str]], tried: list[Facts]) -> list[list[int]]:
    """Return the numbers of the cases that are told alike."""
    groups: dict[tuple[tuple[str, object], ...], list[int]] = {}
    for number, names in told.items():
        groups.setdefault(tuple((name, tried[number][name]) for name in sorted(names)), []).append(number)
    return [numbers for numbers in groups.values() if len(numbers) > 1]


def _topics(library: Library, questions: Mapping[str, Question]) -> dict[str, dict[Place, int]]:
    found: dict[str, Counter[Place]] = {topic: Counter() for topic in library.vocabulary.topics}
    for trust in library.trusts.values():
        topic_of = {ref: provision.topic for ref, provision in trust.provisions.items()}
        for question in questions.values():
            for number, answer in enumerate(question.answers[trust.id]):
                for topic in {topic_of[ref] for ref in answer.alike}:
                    found[topic][question.decision, number] += 1
    order = {decision: number for number, decision in enumerate(questions)}
    return {
        topic: {place: places[place] for place in sorted(places, key=lambda one: (order[one[0]], one[1]))}
        for topic, places in found.items()
    }
