"""What a scenario asks: its variants, and which of its options the policy makes right.

Nobody writes down which option is right. Each claims a ruling, and the engine decides whether the claim is true.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from quiz.positions import listed
from quiz.rulings import NOT_COVERED, VERDICTS, Ruling


@dataclass(frozen=True)
class Variant:
    """One form of a scenario: its id (`<scenario>/<choices>`), filled texts, the facts of the case, its options.

    Options are (key, text, claims); the key is the option's place in the scenario and stays when they are shuffled.
    `only_where` are the verdicts with which it is worth asking: nothing is learnt of a pause where nothing pauses.
    """

    id: str
    scenario: str
    story: str
    asks: str
    facts: Mapping[str, Any]
    options: tuple[tuple[str, str, Mapping[str, Any]], ...]
    only_where: frozenset[str] = frozenset(VERDICTS)

    @property
    def words(self) -> str:
        """All that somebody reads before answering."""
        return "\n".join((self.story, self.asks, *(text for _, text, _ in self.options)))

    def right(self, ruling: Ruling) -> tuple[str, ...]:
        """Return the keys of the options whose claim is true of the ruling."""
        return tuple(key for key, _, claims in self.options if claim_holds(claims, ruling))


def variants(slug: str, scenario: Mapping[str, Any]) -> Iterator[Variant]:
    """Yield every form of a scenario, in a fixed order."""
    varied = sorted(scenario.get("vary", {}).items())
    for places in product(*(range(len(values)) for _, values in varied)):
        chosen = {name: values[place] for (name, values), place in zip(varied, places, strict=True)}
        says = {name: one["says"] for name, one in chosen.items()}
        yield Variant(
            id=f"{slug}/{'-'.join(map(str, places)) or '0'}",
            scenario=slug,
            story=scenario["story"].format_map(says),
            asks=scenario["question"].format_map(says),
            facts=merged([scenario.get("facts", {}), *(one.get("facts", {}) for one in chosen.values())]),
            options=tuple(
                (str(place), option["text"].format_map(says), option["claims"])
                for place, option in enumerate(scenario["options"])
            ),
            only_where=frozenset(VERDICTS).intersection(*(one.get("only_where", VERDICTS) for one in chosen.values())),
        )


def claim_holds(claims: Mapping[str, Any], ruling: Ruling) -> bool:
    """Say whether a ruling has a claimed verdict and exactly the unmet conditions and steps that are claimed."""
    if ruling.verdict not in listed(claims["verdict"]):
        return False
    if "unmet" in claims and {one.key for one in ruling.unmet} != set(listed(claims["unmet"])):
        return False
    return "steps" not in claims or {one.key for one in ruling.steps if one.key} == set(listed(claims["steps"]))


def merged(parts: list[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the facts of all parts; lists add up, for anything else the later part wins."""
    facts: dict[str, Any] = {}
    for part in parts:
        for name, value in part.items():
            both = isinstance(value, list) and isinstance(facts.get(name), list)
            facts[name] = [*facts[name], *value] if both else value
    return facts


def askable(variant: Variant, ruling: Ruling) -> bool:
    """Say whether a question is worth asking: where the policy is silent, only if an option says so."""
    if ruling.verdict not in variant.only_where:
        return False
    return ruling.verdict != NOT_COVERED or bool(variant.right(ruling))


def fault(variant: Variant, ruling: Ruling) -> str | None:
    """Return why a question cannot be asked as it stands, or None: exactly one option has to be right.

    No two options may read the same either, once the varied words stand in them.
    """
    texts = [text.casefold() for _, text, _ in variant.options]
    if len(set(texts)) < len(texts):
        return f"two options read the same in variant {variant.id}"
    right = variant.right(ruling)
    if len(right) == 1 or not askable(variant, ruling):
        return None
    found = f"the ruling is {ruling.verdict}" + "".join(f", {one.key} unmet" for one in ruling.unmet)
    where = f"for {ruling.trust} in variant {variant.id} ({found})"
    if right:
        return f"options {' and '.join(str(int(key) + 1) for key in right)} are all right {where}; claim more exactly"
    return f"no option is right {where}; add one that claims this, or name in only_where the verdicts it is asked with"
