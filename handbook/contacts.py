"""Whom does a policy name for what? By the questions people ask, and by role."""

from collections.abc import Iterator
from dataclasses import dataclass

from handbook.courses import role_names
from handbook.library import Library, Trust
from quiz.decisions import DECISIONS
from quiz.positions import listed

# The fields of a position's row that name somebody to turn to.
_NAMING = ("of", "to")


@dataclass(frozen=True)
class Contact:
    """For one decision: the roles it sends people to, as the trust calls them, each with the refs that say so.

    `roles` is empty where the policy answers the question without naming anybody; `silent` where it does not answer.
    """

    decision: str
    roles: tuple[tuple[str, tuple[str, ...]], ...]
    silent: bool


def contacts(library: Library, trust: Trust) -> Iterator[Contact]:
    """Yield, for every decision the trust has answered, whom its policy names."""
    names = role_names(library, trust)
    for decision in DECISIONS.values():
        position = trust.positions.get(decision.id)
        if position is None:
            continue
        found: dict[str, dict[str, None]] = {}
        for table in decision.tables:
            for row in position.get(table.name, ()):
                for name in (one for one in _NAMING if one in table.fields and one in row):
                    for role in listed(row[name]):
                        found.setdefault(names.get(role, role), {}).update(dict.fromkeys(row["cites"]))
        yield Contact(decision.id, tuple((role, tuple(refs)) for role, refs in found.items()), "silent" in position)
