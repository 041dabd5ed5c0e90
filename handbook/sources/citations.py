"""Which places of a policy can be cited, and does a citation lead to one of them?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from handbook.library import Clause
from handbook.problems import Report
from handbook.sources import expected
from handbook.sources.yaml_lines import Node, Rows, Scalar


@dataclass(frozen=True)
class Places:
    """The clauses of one policy, as what can be cited; None while the policy itself cannot be read."""

    clauses: Sequence[Clause] | None

    def cites(self, node: Node | None, what: str, report: Report) -> tuple[str, ...]:
        """Return the refs of provisions in a list that has at least one."""
        if isinstance(node, Rows) and not node.items:
            report.add(node.line, f"{what}: this cites nothing; name the provisions it rests on")
        found = expected.words(node, what, report)
        return tuple(one.text for one in found if self.holds_provision(one, what, report))

    def read(self, node: Node | None, what: str, report: Report) -> tuple[str, ...]:
        """Return the refs of clauses in a list."""
        found = expected.words(node, what, report)
        return tuple(one.text for one in found if self._holds_clause(one, what, report))

    def holds_provision(self, ref: Scalar, what: str, report: Report) -> bool:
        """Say whether the policy has the provision, and report it if not."""
        if self.clauses is None:
            return True
        refs = [one.ref for clause in self.clauses for one in clause.provisions]
        if ref.text in refs:
            return True
        held = next((clause.provisions for clause in self.clauses if clause.ref == ref.text), ())
        if held:
            inside = ", ".join(one.ref for one in held)
            report.add(ref.line, f'{what}: "{ref.text}" is a clause; cite what stands in it: {inside}')
        else:
            report.add(ref.line, f'{what}: "{ref.text}" is not in policy.md{meant(ref.text, refs)}')
        return False

    def _holds_clause(self, ref: Scalar, what: str, report: Report) -> bool:
        if self.clauses is None or any(clause.ref == ref.text for clause in self.clauses):
            return True
        for clause in self.clauses:
            if any(one.ref == ref.text for one in clause.provisions):
                report.add(ref.line, f'{what}: "{ref.text}" is a provision; name its clause, {clause.ref}')
                return False
        hint = meant(ref.text, [clause.ref for clause in self.clauses])
        report.add(ref.line, f'{what}: no clause of policy.md is "{ref.text}"{hint}')
        return False


def meant(wrong: str, refs: Iterable[str]) -> str:
    """Return ` (did you mean …?)` for the nearest ref, nothing if none is near: a policy has too many to list."""
    near = get_close_matches(wrong, sorted(refs), n=1, cutoff=0.5)
    return f" (did you mean {near[0]}?)" if near else ""
