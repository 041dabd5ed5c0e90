"""A trust's required training: what is read, which questions exist, and which of them one person's paper holds."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import Any

from quiz.decisions import DECISIONS
from quiz.positions import Position, read_position
from quiz.questions import Variant, askable, variants
from quiz.rulings import Ruling


def canonical(data: object) -> str:
    """Return data as JSON text that is the same wherever it is made."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(data: Mapping[str, Any]) -> str:
    """Return the SHA-256 of course data (all of it but the digest itself), in hexadecimal."""
    return sha256(canonical({name: value for name, value in data.items() if name != "digest"}).encode()).hexdigest()


def shuffled[T](items: Iterable[T], *seed: str) -> list[T]:
    """Return the items in an order fixed by the seed alone, the same in every version of Python."""
    return sorted(items, key=lambda one: sha256("\0".join((*seed, str(one))).encode()).digest())


@dataclass(frozen=True)
class Course:
    """A trust's course; `data` is what `course.json` holds."""

    data: Mapping[str, Any] = field(repr=False)

    @property
    def trust(self) -> str:
        """The trust's id."""
        return str(self.data["trust"])

    @cached_property
    def positions(self) -> Mapping[str, Position]:
        """What the trust says on every decision."""
        duties = {provision: about["duty"] for provision, about in self.data["provisions"].items()}
        return {
            decision: read_position(self.trust, raw, DECISIONS[decision].tables, duties)
            for decision, raw in self.data["positions"].items()
        }

    @cached_property
    def advice(self) -> tuple[str, str] | None:
        """Whom the policy names for doubts: a role, and the provision's id."""
        advice = self.data["advice"]
        return (advice["to"], advice["provision"]) if advice else None

    @cached_property
    def scenarios(self) -> Mapping[str, tuple[Variant, ...]]:
        """Every scenario with those of its variants that can be asked of this trust; none without any."""
        found: dict[str, list[Variant]] = {}
        for variant, ruling in self._all_variants.values():
            if askable(variant, ruling):
                found.setdefault(variant.scenario, []).append(variant)
        return {slug: tuple(several) for slug, several in found.items()}

    @cached_property
    def _all_variants(self) -> Mapping[str, tuple[Variant, Ruling]]:
        """Every variant, askable or not, with the ruling it is about."""
        return {
            one.id: (one, self.rule(scenario["decision"], one.facts))
            for slug, scenario in sorted(self.data["scenarios"].items())
            for one in variants(slug, scenario)
        }

    @cached_property
    def variants(self) -> Mapping[str, Variant]:
        """Every askable variant by its id."""
        return {one.id: one for several in self.scenarios.values() for one in several}

    def rule(self, decision: str, facts: Mapping[str, object]) -> Ruling:
        """Return the ruling of a decision; raises FactError for facts it does not have."""
        return DECISIONS[decision].decide(self.positions[decision], facts, self.advice)

    def ruling_on(self, variant: Variant) -> Ruling:
        """Return the ruling a variant is about."""
        return self._all_variants[variant.id][1]

    def role_name(self, role: str) -> str:
        """Return what this trust calls a role."""
        return str(self.data["roles"].get(role, role))

    def critical(self, slug: str) -> bool:
        """Say whether a scenario has to be answered rightly in the end, whatever the score."""
        return bool(self.data["scenarios"][slug]["critical"])

    def topics(self, slug: str) -> tuple[str, ...]:
        """Return the topics a scenario belongs to."""
        return tuple(self.data["scenarios"][slug]["topics"])

    @cached_property
    def opening(self) -> Variant:
        """The question every paper begins with; it stands in the page before any program has been loaded."""
        slug = min(self.scenarios, key=lambda one: (not self.critical(one), one))
        return self.scenarios[slug][0]

    def paper(self, seed: str) -> list[Variant]:
        """Return the questions of one attempt, in order: the opening, every critical scenario, a spread over topics.

        There are as many as the course asks for, or as many scenarios as can be asked of this trust if those are fewer.
        """
        first = self.opening.scenario
        rest = [one for one in shuffled(self.scenarios, seed, "scenarios") if one != first]
        critical = [one for one in rest if self.critical(one)]
        places = max(int(self.data["questions"]) - 1, len(critical))
        chosen = [*critical, *self._spread(first, critical, rest)][:places]
        return [self.opening, *(self._drawn(slug, seed) for slug in shuffled(chosen, seed, "order"))]

    def _drawn(self, slug: str, seed: str) -> Variant:
        ids = [one.id for one in self.scenarios[slug]]
        return self.variants[shuffled(ids, seed, "variant")[0]]

    def _spread(self, first: str, critical: list[str], rest: list[str]) -> list[str]:
        """Return the scenarios that are not critical, those whose topics have been asked least first."""
        asked: dict[str, int] = {}
        for slug in (first, *critical):
            for topic in self.topics(slug):
                asked[topic] = asked.get(topic, 0) + 1
        left = [one for one in rest if one not in critical]
        spread: list[str] = []
        while left:
            slug = min(left, key=lambda one: sum(asked.get(topic, 0) for topic in self.topics(one)))
            left.remove(slug)
            spread.append(slug)
            for topic in self.topics(slug):
                asked[topic] = asked.get(topic, 0) + 1
        return spread

    def other_variant(self, variant: Variant, seed: str) -> Variant:
        """Return another variant of the same scenario, or the same one if there is no other."""
        others = [one.id for one in self.scenarios[variant.scenario] if one.id != variant.id]
        return self.variants[shuffled(others, seed, "again")[0]] if others else variant


@lru_cache(maxsize=32)
def read_course(text: str) -> Course:
    """Return the course in the text of a `course.json`."""
    return Course(json.loads(text))
