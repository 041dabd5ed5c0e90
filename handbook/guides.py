"""What are the steps of a guide at one trust? They follow from its decisions, and from what it says on the topics."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handbook.courses import role_names
from handbook.library import Clause, GuideCase, Library, Trust
from handbook.may_i import ASKED, asking
from quiz.courses import Course
from quiz.decisions import DECISIONS
from quiz.feedback import cited, to_do
from quiz.rulings import NOT_COVERED, Ruling

# What tells nobody what to do is no step.
_NO_STEP = frozenset({"definition", "info"})


@dataclass(frozen=True)
class GuideStep:
    """One clause in the order of the policy, and the refs of those provisions of it that belong to the case.

    `who` are audiences, as the trust calls them; `tell` roles; `by` deadlines, only where the policy gives them.
    """

    clause: Clause
    refs: tuple[str, ...]
    who: tuple[str, ...]
    tell: tuple[str, ...]
    by: tuple[str, ...]


@dataclass(frozen=True)
class Span:
    """The values of the varied fact that are all answered alike, from the first to the last, and their ruling."""

    first: str
    last: str
    ruling: Ruling


@dataclass(frozen=True)
class Answered:
    """A case at one trust.

    `in_short` says what to do first; `spans` are the answers to a varied fact; `note` is what is odd here. Where the
    policy has no answer, `silent` says why, in words that may be empty; `open` means that nobody has answered the
    decision for this trust yet.
    """

    case: GuideCase
    in_short: tuple[str, ...] = ()
    steps: tuple[GuideStep, ...] = ()
    spans: tuple[Span, ...] = ()
    note: str | None = None
    silent: str | None = None
    open: bool = False


def answered(library: Library, trust: Trust, course: Course, case: GuideCase) -> Answered:
    """Return what a case comes to at the trust whose course is given."""
    told = [one.ref for one in trust.provisions.values() if one.topic in case.topics and one.duty not in _NO_STEP]
    if case.decision not in course.positions:
        return Answered(case, steps=_steps(library, trust, (), told), open=True)
    spans = _spans(course, case) if case.vary else ()
    rulings = [one.ruling for one in spans] or [course.rule(case.decision, case.facts)]
    steps = _steps(library, trust, rulings, told)
    if not _covers(rulings):
        return Answered(case, steps=steps, silent=rulings[0].note or "")
    if spans:
        return Answered(case, steps=steps, spans=spans)
    # What is still to be met stands among the steps; here is only what to do.
    doing = rulings[0]._replace(verdict="allowed-if", unmet=())
    return Answered(case, tuple(to_do(course, doing)), steps, note=rulings[0].note)


def _covers(rulings: Sequence[Ruling]) -> bool:
    return any(one.verdict != NOT_COVERED or one.steps for one in rulings)


def _spans(course: Course, case: GuideCase) -> tuple[Span, ...]:
    """Return the values of the varied fact, in their order; neighbours with one answer are one span."""
    decision = DECISIONS[case.decision]
    fact = next(one for one in decision.facts if one.name == case.vary)
    labels = asking(decision, ASKED, fact).values
    spans: list[Span] = []
    for value, label in labels.items():
        given = int(value) if value.lstrip("-").isdigit() else value
        ruling = course.rule(case.decision, {**case.facts, fact.name: given})
        if spans and _same(spans[-1].ruling, ruling):
            spans[-1] = Span(spans[-1].first, label, ruling)
        else:
            spans.append(Span(label, label, ruling))
    return tuple(spans)


def _same(one: Ruling, other: Ruling) -> bool:
    return (one.verdict, one.because, one.unmet, one.steps) == (other.verdict, other.because, other.unmet, other.steps)


def _steps(library: Library, trust: Trust, rulings: Sequence[Ruling], told: Sequence[str]) -> tuple[GuideStep, ...]:
    prefix = f"{trust.id}/"
    covered = [one for one in rulings if _covers([one])]
    wanted = {*told, *(id.removeprefix(prefix) for one in covered for id in cited(one))}
    tell: dict[str, list[str]] = {}
    by: dict[str, list[str]] = {}
    names = role_names(library, trust)
    for step in (step for one in covered for step in one.steps):
        ref = step.provision.removeprefix(prefix)
        if step.to:
            tell.setdefault(ref, []).append(names.get(step.to, step.to))
        if step.by:
            by.setdefault(ref, []).append(step.by)
    found = []
    for clause in trust.clauses:
        here = [one for one in clause.provisions if one.ref in wanted]
        if here:
            refs = tuple(one.ref for one in here)
            who = dict.fromkeys(audience for one in here for audience in one.who)
            found.append(
                GuideStep(
                    clause,
                    refs,
                    tuple(called(library, trust, one) for one in who),
                    _of(tell, refs),
                    _of(by, refs),
                )
            )
    return tuple(found)


def _of(said: Mapping[str, Sequence[str]], refs: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for ref in refs for one in said.get(ref, ())))


def called(library: Library, trust: Trust, audience: str) -> str:
    """Return what a trust calls an audience: its policy's own name for the role, or the vocabulary's label."""
    own = next((one.name for one in trust.roles if one.role == audience), None)
    return own or library.vocabulary.audiences[audience].label
