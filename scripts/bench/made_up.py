"""Trusts that do not exist: how does a handbook of a thousand look? The same seed makes the same trusts, files and all.

Each has a policy in words of its own, made from the vocabulary and the sentences below. What it decides it decides like
one of the real trusts, another one for each decision, so that every question can be asked there; what it rests on is
its own. Some trusts have not answered every decision, a few none at all.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import batched
from pathlib import Path
from typing import Any

import yaml

from handbook.library import Library, Provision, Trust
from quiz.decisions import DECISIONS

SEED = 6
# As large as the real ones are on average: so many provisions, so many of them to a clause.
PROVISIONS, TOGETHER = 127, 3
UNANSWERED_TRUSTS, PARTLY_ANSWERED_TRUSTS, UNANSWERED_DECISIONS = 0.03, 0.3, 0.2
REVIEW_YEARS = range(2023, 2031)

BEGINNINGS = [
    "Alder",
    "Amber",
    "Ash",
    "Barley",
    "Birch",
    "Briar",
    "Clover",
    "Copper",
    "Elder",
    "Fern",
    "Flint",
    "Hazel",
    "Heron",
    "Larch",
    "Linden",
    "Marl",
]
ENDINGS = [
    "bourne",
    "brook",
    "combe",
    "croft",
    "dale",
    "fold",
    "garth",
    "ham",
    "holt",
    "hurst",
    "ley",
    "mere",
    "mouth",
    "stead",
    "wick",
    "worth",
]
ACCENTS = ("#1d5c2e", "#7a1f3d", "#1f3a7a", "#8a4b08", "#4b2a7a", "#0b5563", "#6b3a0f", "#3d4a12")
DUTIES = ("must", "must-not", "should", "should-not", "may", "process", "info")
MODALS = {"must": "must", "must-not": "must not", "should": "should", "should-not": "should not", "may": "may"}
PEOPLE = ("Staff", "Teachers", "Account holders", "Subject leaders", "Volunteers", "Senior leaders", "Governors")
VERBS = (
    "write about",
    "bring up",
    "pass on",
    "keep a record of",
    "ask a colleague about",
    "publish anything on",
    "reply to a question on",
    "settle",
)
OCCASIONS = (
    "before the first post of a term",
    "while pupils are on site",
    "after the bell has gone",
    "during a trip to {place}",
    "within {number} school days",
    "once the office at {place} has heard of it",
    "unless {number} colleagues are there",
    "in the week of the summer fair",
)
OTHERWISE = {
    "process": "Step {number}: the office at {place} notes {thing} {occasion}.",
    "info": "At {place}, {thing} comes up about {number} times a year.",
    "role": "The team at {place} looks after {thing} {occasion}.",
    "definition": "In this document, {thing} means whatever {place} understands by it.",
}
# The fields of a position's rows that are sentences, and those that name a place of the policy.
SENTENCES = ("note", "step", "condition", "first", "instead")
PLACES = ("send_at", "ask_with", "device_from", "passed_on")


def write_trusts(library: Library, count: int, policies: Path, seed: int = SEED) -> None:
    """Write the folders of so many made-up trusts; `library` has the real ones, whose way to decide they take over."""
    for number in range(count):
        chance = random.Random(f"{seed}/{number}")
        for file, text in _Made(library, number, chance).files().items():
            (policies / file).parent.mkdir(parents=True, exist_ok=True)
            (policies / file).write_text(text, encoding="utf-8", newline="\n")


@dataclass
class _Said:
    """A provision of a made-up trust: what it takes over of a real one, and its own words."""

    duty: str
    topic: str
    who: tuple[str, ...]
    text: str
    ref: str = ""


@dataclass
class _Made:
    """One made-up trust."""

    library: Library
    number: int
    chance: random.Random
    said: dict[tuple[str, str], _Said] = field(default_factory=dict)

    def __post_init__(self) -> None:
        begins, ends = divmod(self.number, len(ENDINGS))
        self.place = f"{BEGINNINGS[begins % len(BEGINNINGS)]}{ENDINGS[ends]}"
        again = self.number // (len(BEGINNINGS) * len(ENDINGS))
        self.id = "-".join((self.place.lower(), "made-up", *([str(again + 1)] if again else [])))
        self.short_name = f"{self.place} {again + 1}" if again else self.place

    def files(self) -> dict[str, str]:
        """Return the trust's files by their path under policy_src."""
        chosen = self._chosen()
        for trust, ref in [(model, ref) for model, decision in chosen for ref in _cited(model.positions[decision])]:
            self._take_over(trust.provisions[ref])
        filling = sorted(self.library.vocabulary.topics)
        while len(self.said) < PROVISIONS:
            topic, duty = self.chance.choice(filling), self.chance.choice(DUTIES)
            self.said["", str(len(self.said))] = _Said(duty, topic, ("staff",), self._sentence(topic, duty))
        policy = self._policy()
        files = {f"{self.id}/policy.md": policy, f"{self.id}/trust.yml": _yaml(self._profile())}
        if chosen:
            files[f"{self.id}/positions.yml"] = _yaml(self._positions(chosen))
        return files

    def _chosen(self) -> list[tuple[Trust, str]]:
        """Return whose way each decision is decided in; nothing for one that is not answered."""
        models = list(self.library.trusts.values())
        luck = self.chance.random()
        if luck < UNANSWERED_TRUSTS:
            return []
        left_out = UNANSWERED_DECISIONS if luck < PARTLY_ANSWERED_TRUSTS else 0
        return [(self.chance.choice(models), one) for one in DECISIONS if self.chance.random() >= left_out]

    def _take_over(self, model: Provision) -> None:
        key = (model.trust, model.ref)
        if key not in self.said:
            self.said[key] = _Said(model.duty, model.topic, model.who, self._sentence(model.topic, model.duty))

    def _sentence(self, topic: str, duty: str) -> str:
        term = self.library.vocabulary.topics[topic]
        number = self.chance.randint(2, 12)
        occasion = self.chance.choice(OCCASIONS).format(place=self.place, number=number)
        thing = f"{self.chance.choice(term.words)} ({term.label.lower()})"
        if duty in MODALS:
            who, verb = self.chance.choice(PEOPLE), self.chance.choice(VERBS)
            return f"{who} at {self.place} {MODALS[duty]} {verb} {thing} {occasion}."
        return OTHERWISE[duty].format(place=self.place, number=number, thing=thing, occasion=occasion)

    def _policy(self) -> str:
        """Return the policy; gives every provision its ref."""
        topics = sorted({one.topic for one in self.said.values()})
        self.chance.shuffle(topics)
        lines = ["---", f"trust: {self.id}", "---", "", f"# The made-up policy of {self.place}", ""]
        lines += ["## About this document", "", "### control This document", '{topic=document-control who="staff"}', ""]
        lines += [f'[The policy of {self.place} does not exist.]{{.info ref="control/title"}}']
        lines += ['[It was never approved, and is reviewed all the same.]{.info ref="control/dates"}', ""]
        for section, topic in enumerate(topics, start=1):
            label = self.library.vocabulary.topics[topic].label
            lines += [f"## {label}", ""]
            of_topic = [one for one in self.said.values() if one.topic == topic]
            for clause, together in enumerate(batched(of_topic, TOGETHER), start=1):
                ref = f"{section}.{clause}"
                words = self.chance.choice(self.library.vocabulary.topics[topic].words)
                lines += [f"### {ref} {label}: {words}", f'{{topic={topic} who="staff"}}', ""]
                for place, one in enumerate(together, start=1):
                    one.ref = f"{ref}/{place}"
                    lines += [f'[{one.text}]{{.{one.duty} ref="{one.ref}" who="{" ".join(one.who)}"}}']
                lines += [""]
        return "\n".join(lines)

    def _profile(self) -> Mapping[str, Any]:
        chance = self.chance
        places = sorted(one.ref for one in self.said.values())
        binding = sorted({one.ref.rpartition("/")[0] for one in self.said.values() if one.duty.startswith("must")})
        year, month = chance.choice(REVIEW_YEARS), chance.randint(1, 12)
        return {
            "name": f"{self.short_name} Made-up Trust",
            "short_name": self.short_name,
            "kind": "trust",
            "accent": chance.choice(ACCENTS),
            "document": {
                "title": {"value": f"Social media at {self.place}", "cites": ["control/title"]},
                "approved": {"value": f"{year - 2}-{month:02}-01", "cites": ["control/dates"]},
                "review_due": {"value": f"{year}-{month:02}-01", "cites": ["control/dates"]},
            },
            "roles": [
                {"role": role, "name": f"{name} of {self.place}", "does": "Decides.", "cites": [chance.choice(places)]}
                for role, name in (("headteacher", "Head"), ("dsl", "Safeguarding lead"), ("slt", "Senior team"))
            ],
            "training": {
                "training_version": 1,
                "pass_mark": 80,
                "validity_months": chance.choice((12, 24)),
                "questions": 12,
                "required_for": ["staff"],
                "read": binding[:4] or ["control"],
                "critical_topics": [],
            },
        }

    def _positions(self, chosen: Sequence[tuple[Trust, str]]) -> Mapping[str, Any]:
        given = {decision: self._position(model, model.positions[decision]) for model, decision in chosen}
        return {decision: given.get(decision, "not-yet-answered") for decision in DECISIONS}

    def _position(self, model: Trust, position: Mapping[str, Any]) -> Mapping[str, Any]:
        if "silent" in position:
            return {"silent": f"The policy of {self.place} does not say."}
        return {table: [self._row(model, row) for row in rows] for table, rows in position.items()}

    def _row(self, model: Trust, row: Mapping[str, Any]) -> Mapping[str, Any]:
        own = {name: self._field(model, name, value) for name, value in row.items()}
        return {**own, "cites": list(dict.fromkeys(self.said[model.id, ref].ref for ref in row["cites"]))}

    def _field(self, model: Trust, name: str, value: Any) -> Any:
        if name in PLACES:
            return [self.said[model.id, ref].ref for ref in _listed(value)]
        if name in SENTENCES:
            return f"Settle it with the office at {self.place} {self.chance.choice(OCCASIONS[:3])}."
        return value


def _cited(position: Mapping[str, Any]) -> Iterator[str]:
    rows = (row for table in position.values() if not isinstance(table, str) for row in table)
    for row in rows:
        yield from (*row["cites"], *(ref for name in PLACES for ref in _listed(row.get(name, ()))))


def _listed(value: str | Sequence[str]) -> Sequence[str]:
    return (value,) if isinstance(value, str) else value


def _yaml(content: Mapping[str, Any]) -> str:
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=1000)
