"""What changed in a policy, told in clauses and provisions and not in lines of a file?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from handbook.history import Edit, History
from handbook.library import Clause, Library, Provision, Vocabulary
from handbook.sources.clauses import parse_policy

ADDED, REMOVED, DUTY, REWORDED = "added", "removed", "duty", "reworded"


@dataclass(frozen=True)
class ProvisionChange:
    """A provision that came, went, or says something else now; `before` and `after` are None where there is none."""

    kind: str
    ref: str
    before: Provision | None
    after: Provision | None


@dataclass(frozen=True)
class PolicyChange:
    """What one commit changed in one trust's policy; `new` and `gone` are whole policies, without a list of parts.

    `remarks` is the number of clauses on which this handbook's own remarks differ.
    """

    commit: str
    at: datetime
    trust: str
    new: bool
    gone: bool
    provisions: tuple[ProvisionChange, ...]
    remarks: int

    @property
    def anchor(self) -> str:
        """Its place on the page of changes."""
        return f"{self.commit[:10]}:{self.trust}"

    @property
    def uuid(self) -> UUID:
        """Its name for ever, the same in every build."""
        return uuid5(NAMESPACE_URL, f"{self.commit}/{self.trust}")


def changes(library: Library, history: History, most: int) -> tuple[PolicyChange, ...]:
    """Return the newest changes that a reader would notice, at most so many; the newest first."""
    found: list[PolicyChange] = []
    first = history.edits[-1].commit if history.edits and not history.since_start else None
    # Commits made elsewhere may come in between with earlier times.
    for edit in sorted(history.edits, key=lambda one: one.at, reverse=True):
        if len(found) == most:
            break
        change = _change(library.vocabulary, edit)
        if edit.commit != first and (change.new or change.gone or change.provisions or change.remarks):
            found.append(change)
    return tuple(found)


def _change(vocabulary: Vocabulary, edit: Edit) -> PolicyChange:
    before, after = (
        [] if text is None or edit.before is None or edit.after is None else _clauses(vocabulary, edit.trust, text)
        for text in (edit.before, edit.after)
    )
    return PolicyChange(
        commit=edit.commit,
        at=edit.at,
        trust=edit.trust,
        new=edit.before is None,
        gone=edit.after is None,
        provisions=tuple(_provisions(before, after)),
        remarks=_remarks(before, after),
    )


def _clauses(vocabulary: Vocabulary, trust: str, text: str) -> Sequence[Clause]:
    """Return the clauses of a policy as it was; what would be an error today does not matter here."""
    return parse_policy(text, Path(trust), trust, vocabulary)[0]


def _provisions(before: Sequence[Clause], after: Sequence[Clause]) -> Iterator[ProvisionChange]:
    old, new = _by_ref(before), _by_ref(after)
    for ref in dict.fromkeys([*new, *old]):
        then, now = old.get(ref), new.get(ref)
        if then is None or now is None:
            yield ProvisionChange(REMOVED if now is None else ADDED, ref, then, now)
        elif then.duty != now.duty:
            yield ProvisionChange(DUTY, ref, then, now)
        elif then.text != now.text:
            yield ProvisionChange(REWORDED, ref, then, now)


def _by_ref(clauses: Sequence[Clause]) -> Mapping[str, Provision]:
    return {one.ref: one for clause in clauses for one in clause.provisions if one.ref}


def _remarks(before: Sequence[Clause], after: Sequence[Clause]) -> int:
    old, new = ({one.ref: one.notes for one in clauses} for clauses in (before, after))
    return sum(notes != old.get(ref, ()) for ref, notes in new.items())
