"""A trust's required training: what is read, which questions exist, and which of them one person's paper holds."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
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


def drawn[T](items: Iterable[T], *seed: str) -> T:
    """Return the one of the items that the seed draws."""
    return shuffled(items, *seed)[0]


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
        """Say whether a scenario is marked critical: every paper holds it."""
        return bool(self.data["scenarios"][slug]["critical"])

    def has_to_be_right(self, slug: str) -> bool:
        """Say whether a scenario has to be right in the end, whatever the score: critical, or on a critical topic."""
        return self.critical(slug) or not self.critical_topics.isdisjoint(self.topics(slug))

    @cached_property
    def critical_topics(self) -> frozenset[str]:
        """The topics the trust names as critical: every paper asks about each; old courses name none."""
        return frozenset(self.data.get("critical_topics", ()))

    def topics(self, slug: str) -> tuple[str, ...]:
        """Return the topics a scenario belongs to."""
        return tuple(self.data["scenarios"][slug]["topics"])

    @cached_property
    def is_training(self) -> bool:
        """Whether there is anything to ask: without a question nobody can pass, and nobody is clear to post."""
        return any(
            askable(one, self.rule(scenario["decision"], one.facts))
            for slug, scenario in self.data["scenarios"].items()
            if scenario["decision"] in self.positions
            for one in variants(slug, scenario)
        )

    @cached_property
    def opening(self) -> Variant:
        """The question every paper begins with; it stands in the page before any program has been loaded."""
        slug = min(self.scenarios, key=lambda one: (not self.critical(one), one))
        return self.scenarios[slug][0]

    def paper(self, seed: str) -> list[Variant]:
        """Return the questions of one attempt: the opening, then in the seed's order what `next_place` lets it draw.

        There are as many as the course asks for; more only if the critical ones alone are more, fewer only if fewer
        scenarios can be asked of this trust: none where none can.
        """
        if not self.is_training:
            return []
        chosen = [self.opening.scenario]
        while groups := self.next_place(chosen):
            place = str(len(chosen))
            group = groups[drawn(groups, seed, "group", place)]
            chosen.append(drawn(group, seed, "scenario", place))
        return [self.opening, *(self.drawn_variant(slug, seed) for slug in shuffled(chosen[1:], seed, "order"))]

    def next_place(self, chosen: Collection[str]) -> Mapping[str, list[str]]:
        """Return what the next place of a paper is drawn from: a group, and then a scenario of it; none if it is full.

        Every critical scenario has a place, and every critical topic that none of those is about. The others go to the
        topics asked about least so far, each with the same chance; but the last is open to any scenario, so that none
        is left out for ever because its topics are always asked about.
        """
        for slug in self._critical:
            if slug not in chosen:
                return {slug: [slug]}
        asked = Counter(topic for slug in chosen for topic in self.topics(slug))
        for topic in sorted(self.critical_topics):
            if topic in self._by_topic and not asked[topic]:
                return {topic: self._by_topic[topic]}
        open_places = int(self.data["questions"]) - len(chosen)
        if open_places <= 0 or len(chosen) == len(self.scenarios):
            return {}
        if open_places == 1:
            return {"any": [slug for slug in self.scenarios if slug not in chosen]}
        left = {topic: [slug for slug in slugs if slug not in chosen] for topic, slugs in self._by_topic.items()}
        least = min(asked[topic] for topic, slugs in left.items() if slugs)
        return {topic: slugs for topic, slugs in left.items() if slugs and asked[topic] == least}

    @cached_property
    def _critical(self) -> list[str]:
        return [slug for slug in self.scenarios if self.critical(slug)]

    @cached_property
    def _by_topic(self) -> Mapping[str, list[str]]:
        """The scenarios of every topic that has any."""
        found: dict[str, list[str]] = {}
        for slug in self.scenarios:
            for topic in self.topics(slug):
                found.setdefault(topic, []).append(slug)
        return found

    def drawn_variant(self, slug: str, seed: str) -> Variant:
        """Return the form in which a paper asks a scenario."""
        return self.variants[drawn((one.id for one in self.scenarios[slug]), seed, "variant")]

    def other_variant(self, variant: Variant, seed: str) -> Variant:
        """Return another variant of the same scenario, or the same one if there is no other."""
        others = [one.id for one in self.scenarios[variant.scenario] if one.id != variant.id]
        return self.variants[drawn(others, seed, "again")] if others else variant


@lru_cache(maxsize=32)
def read_course(text: str) -> Course:
    """Return the course in the text of a `course.json`."""
    return Course(json.loads(text))
