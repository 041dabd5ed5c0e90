"""What can be asked of every trust? Found once for each way to decide, and not again by every trust's course."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from handbook.courses import course_data, is_answered
from handbook.library import Library
from handbook.ways import Way
from quiz.courses import Course
from quiz.decisions import DECISIONS
from quiz.questions import Variant, askable, variants

type Scenarios = Mapping[str, tuple[Variant, ...]]


@dataclass(frozen=True)
class KnownCourse(Course):
    """A course of which is known already what can be asked."""

    known: Scenarios = field(default_factory=dict, repr=False)

    @cached_property
    def scenarios(self) -> Scenarios:
        """Every scenario with those of its variants that can be asked of this trust."""
        return self.known


class Asked:
    """The courses of a library."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.variants: dict[str, dict[str, tuple[Variant, ...]]] = {}
        for slug, scenario in library.scenarios.items():
            self.variants.setdefault(scenario["decision"], {})[slug] = tuple(variants(slug, scenario))
        self.found: dict[Way, Scenarios] = {}

    def course(self, trust: str) -> KnownCourse:
        """Return a trust's course, which asks nothing before every decision is answered."""
        asked = self.library.trusts[trust]
        ways = asked.ways.values() if is_answered(asked) else ()
        known = {slug: several for way in ways for slug, several in self._of(way).items()}
        return KnownCourse(course_data(self.library, trust), dict(sorted(known.items())))

    def _of(self, way: Way) -> Scenarios:
        """Return the scenarios that can be asked wherever a decision is decided in this way."""
        if way not in self.found:
            decision = DECISIONS[way.decision]
            tried = {
                slug: tuple(one for one in several if askable(one, decision.decide(way.position, one.facts)))
                for slug, several in self.variants.get(way.decision, {}).items()
            }
            self.found[way] = {slug: several for slug, several in tried.items() if several}
        return self.found[way]
