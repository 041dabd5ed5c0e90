"""Everything the sources say, checked, as one immutable object; all pages and courses are made from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from handbook.ways import Way, way
from quiz.courses import canonical

# Why training does not ask about a provision (a trust.yml may give these reasons).
NO_SITUATION, SAME_DUTY = "no-situation", "same-duty"


@dataclass(frozen=True)
class Term:
    """One word of the vocabulary: its id, label, one-line meaning and the words people search for instead."""

    id: str
    label: str
    meaning: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Vocabulary:
    """The shared language, each list by id in the file's own order.

    For the search alone: `alike` has the words that mean the same, by the one we use, `swaps` which of its lines have
    words that stand for one another within a phrase, `leads` the policies' words for what people type, and `asked`
    how people put a question that provisions answer (`Trust.asked` says which).
    """

    duties: Mapping[str, Term]
    topics: Mapping[str, Term]
    audiences: Mapping[str, Term]
    roles: Mapping[str, Term]
    platforms: Mapping[str, Term]
    alike: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    swaps: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    leads: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    asked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Provision:
    """What can be cited: one rule, duty or fact. `text` is plain, `html` has its inline markup."""

    trust: str
    ref: str
    duty: str
    topic: str
    who: tuple[str, ...]
    text: str
    html: str
    line: int

    @property
    def id(self) -> str:
        """`<trust>/<ref>`, the same in addresses, citations, rulings and records."""
        return f"{self.trust}/{self.ref}"


@dataclass(frozen=True)
class Clause:
    """What a reader reads: a numbered heading, a few sentences, and the provisions in them.

    `html` is the body with every provision as `<span class="provision" data-duty=… id="<ref>">`; where the clause is
    itself a provision, that is the first of `provisions` and bears the clause's own ref; it is what the clause says
    outside its spans, and has no element of its own in `html`. `text` is the body, plain; `notes` are our remarks, as
    html.
    """

    trust: str
    ref: str
    title: str
    section: str
    topic: str
    who: tuple[str, ...]
    html: str
    text: str
    notes: tuple[str, ...]
    provisions: tuple[Provision, ...]
    line: int

    @property
    def id(self) -> str:
        """`<trust>/<ref>`."""
        return f"{self.trust}/{self.ref}"


@dataclass(frozen=True)
class Cited:
    """A fact about the document with the refs it stands at."""

    value: str
    cites: tuple[str, ...]


@dataclass(frozen=True)
class NamedRole:
    """A role a policy names: our word for it, its own name for it, and what it decides or does."""

    role: str
    name: str
    does: str
    cites: tuple[str, ...]


@dataclass(frozen=True)
class Training:
    """What a trust requires: percent to pass, months it lasts, number of questions, whom it binds, clauses to read.

    Every paper asks about each of the critical topics, and what it asks there has to be right in the end.
    """

    training_version: int
    pass_mark: int
    validity_months: int
    questions: int
    required_for: tuple[str, ...]
    read: tuple[str, ...]
    critical_topics: tuple[str, ...]


@dataclass(frozen=True)
class NotAsked:
    """Provisions that training does not ask about, and why not.

    `reason` is `no-situation` (`why` says it in a sentence) or `same-duty` (`same_as` is the ref of the provision that
    is asked about); `line` is where trust.yml says so.
    """

    cites: tuple[str, ...]
    reason: str
    why: str
    same_as: str
    line: int


@dataclass(frozen=True)
class Trust:
    """One trust: its own data, its clauses in the document's order, its raw positions by decision id.

    `folder` is where its sources are, relative to the project's root. `advice` is whom the policy names for doubts: a
    role, and a provision's id. `guesses` are the marks of its policy that an import guessed and nobody has confirmed.
    `asked` has, by the ref of a provision, the questions of the vocabulary's `asked` that it answers.
    """

    id: str
    name: str
    short_name: str
    kind: str
    parent: str | None
    accent: str
    document: Mapping[str, Cited]
    roles: tuple[NamedRole, ...]
    training: Training
    clauses: tuple[Clause, ...]
    positions: Mapping[str, Mapping[str, Any]]
    advice: tuple[str, str] | None
    folder: Path
    motto: Cited | None = None
    not_asked: tuple[NotAsked, ...] = ()
    guesses: int = 0
    asked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def provisions(self) -> Mapping[str, Provision]:
        """Every provision by its ref, in the document's order."""
        return {one.ref: one for clause in self.clauses for one in clause.provisions}

    @cached_property
    def ways(self) -> Mapping[str, Way]:
        """The way in which it decides each decision that it has a position on."""
        duties = {ref: one.duty for ref, one in self.provisions.items()}
        return {decision: way(decision, raw, duties) for decision, raw in self.positions.items()}


@dataclass(frozen=True)
class GuideCase:
    """One case of a guide: a decision with the facts that make it, and topics whose steps belong to it as well.

    `vary` is a fact that is asked with each of its values in turn.
    """

    title: str
    decision: str
    facts: Mapping[str, Any]
    vary: str | None = None
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class Guide:
    """A step-by-step guide, the same for all trusts; what its steps are at one of them follows from its policy."""

    id: str
    title: str
    intro: str
    cases: tuple[GuideCase, ...]


@dataclass(frozen=True)
class Library:
    """All trusts by id, the vocabulary, the scenarios (as course data has them) by slug, and the build's date."""

    vocabulary: Vocabulary
    trusts: Mapping[str, Trust]
    scenarios: Mapping[str, Mapping[str, Any]]
    built_on: date
    guides: tuple[Guide, ...] = ()

    @cached_property
    def scenarios_text(self) -> str:
        """The scenarios as they stand in the text of a course."""
        return canonical(self.scenarios)
