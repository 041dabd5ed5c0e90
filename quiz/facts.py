"""What has to be known before a decision can be taken: the kinds of facts, and how given facts are read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quiz.nearest import choices

type FactValue = bool | int | str | frozenset[str]


class FactError(ValueError):
    """A fact that does not exist, or a value it cannot have; the message is fit to show."""


@dataclass(frozen=True)
class Flag:
    """A fact that is so or is not; `default` is the cautious answer."""

    name: str
    help: str
    default: bool

    def read(self, given: object) -> bool:
        """Return the value; raise FactError unless it is true or false."""
        if isinstance(given, bool):
            return given
        raise FactError(f"{self.name}: {given!r} is neither true nor false")

    def describe(self) -> dict[str, object]:
        """Return type, values, default and help for people and forms."""
        return _described(self, "true or false", [True, False], self.default)


@dataclass(frozen=True)
class Number:
    """A whole number from `least` to `most`."""

    name: str
    help: str
    default: int
    least: int
    most: int

    def read(self, given: object) -> int:
        """Return the value; raise FactError unless it is a whole number within the bounds."""
        if isinstance(given, bool) or not isinstance(given, int):
            raise FactError(f"{self.name}: {given!r} is not a whole number")
        if not self.least <= given <= self.most:
            raise FactError(f"{self.name}: {given} is not between {self.least} and {self.most}")
        return given

    def describe(self) -> dict[str, object]:
        """Return type, values, default and help for people and forms."""
        return _described(self, "whole number", [self.least, self.most], self.default)


@dataclass(frozen=True)
class Choice:
    """One of several values."""

    name: str
    help: str
    default: str
    values: tuple[str, ...]

    def read(self, given: object) -> str:
        """Return the value; raise FactError, with the nearest one, unless it is among the values."""
        if isinstance(given, str) and given in self.values:
            return given
        raise FactError(f"{self.name}: {given!r} is not one of its values{choices(given, self.values)}")

    def describe(self) -> dict[str, object]:
        """Return type, values, default and help for people and forms."""
        return _described(self, "one of", list(self.values), self.default)


@dataclass(frozen=True)
class Choices:
    """Any number of several values, each at most once."""

    name: str
    help: str
    values: tuple[str, ...]
    default: frozenset[str] = frozenset()

    def read(self, given: object) -> frozenset[str]:
        """Return the set; raise FactError, with the nearest value, if it is no list or holds another value."""
        if not isinstance(given, list | tuple | set | frozenset):
            raise FactError(f"{self.name}: {given!r} is not a list")
        for one in given:
            if not isinstance(one, str) or one not in self.values:
                raise FactError(f"{self.name}: {one!r} is not one of its values{choices(one, self.values)}")
        return frozenset(given)

    def describe(self) -> dict[str, object]:
        """Return type, values, default and help for people and forms."""
        return _described(self, "any of", list(self.values), sorted(self.default))


type Fact = Flag | Number | Choice | Choices


class Situation:
    """The facts of one case: `values` of all of them, and of those `assumed` that were not given, by name."""

    def __init__(self, facts: tuple[Fact, ...], given: Mapping[str, object]) -> None:
        values: dict[str, FactValue] = {}
        assumed: dict[str, FactValue] = {}
        for fact in facts:
            name = fact.name
            if name in given:
                values[name] = fact.read(given[name])
            else:
                values[name] = assumed[name] = fact.default
        if len(given) + len(assumed) > len(facts):
            unknown = next(name for name in given if name not in values)
            raise FactError(f"there is no fact {unknown!r}{choices(unknown, values)}")
        self.values = values
        self.assumed = assumed

    def __getitem__(self, name: str) -> FactValue:
        """Return the value of any fact."""
        return self.values[name]

    def flag(self, name: str) -> bool:
        """Return a Flag's value."""
        return self.values[name] is True

    def number(self, name: str) -> int:
        """Return a Number's value."""
        value = self.values[name]
        if not isinstance(value, int):
            raise TypeError(f"{name} is no number")
        return value

    def choice(self, name: str) -> str:
        """Return a Choice's value."""
        value = self.values[name]
        if not isinstance(value, str):
            raise TypeError(f"{name} is no choice")
        return value

    def choices(self, name: str) -> frozenset[str]:
        """Return the set of a Choices fact."""
        value = self.values[name]
        if not isinstance(value, frozenset):
            raise TypeError(f"{name} is no set")
        return value


ACCOUNTS = ("trust-official", "school-official", "department", "classroom", "personal")
EQUIPMENT = ("organisation", "personal")
PLATFORMS = (
    "x", "facebook", "instagram", "linkedin", "youtube", "tiktok", "whatsapp", "blog", "forum", "game", "other",
)  # fmt: skip
# What may stand in a post. A staff reference mentions a colleague; a colleague's detail is something private.
CONTENTS = (
    "pupil-image", "pupil-name", "exam-result", "negative-performance", "staff-reference", "colleague-detail",
    "confidential", "not-yet-public", "sensitive-personal-data", "third-party-material", "logo", "political",
    "religious", "commercial", "personal-gain", "chain-letter", "controversial", "external-link", "solicits-views",
    "offensive", "defamatory", "personal-view", "complaint-about-work",
)  # fmt: skip
ROLES = (
    "teacher", "support-staff", "department-lead", "school-leader", "headteacher", "trust-officer",
    "governor", "trustee", "volunteer", "parent", "contractor",
)  # fmt: skip
APPROVERS = (*ROLES, "line-manager", "it-lead", "marketing")
TOLD = (*APPROVERS, "ceo", "safeguarding-lead")


def plain(value: FactValue) -> bool | int | str | list[str]:
    """Return a fact's value as JSON has it: a set becomes a sorted list."""
    return sorted(value) if isinstance(value, frozenset) else value


def _described(fact: Fact, kind: str, values: Sequence[object], default: object) -> dict[str, object]:
    return {"type": kind, "values": values, "default": default, "help": fact.help}
