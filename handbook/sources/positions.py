"""What does a trust say on each decision? Read from `positions.yml`, checked against what the decision declares."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handbook.library import Term, Vocabulary
from handbook.problems import Problem, Report
from handbook.sources import expected, given_facts, yaml_lines
from handbook.sources.citations import Places
from handbook.sources.vocabulary import check_word
from handbook.sources.yaml_lines import Block, Node, Rows, Scalar
from quiz.decisions import DECISIONS
from quiz.decisions.decision import Decision
from quiz.facts import Number
from quiz.nearest import suggestion
from quiz.positions import BOUNDS, Table


@dataclass(frozen=True)
class Positions:
    """What `positions.yml` says by decision, for `quiz.positions.read_position`; and whom to ask: a role, and a ref."""

    by_decision: Mapping[str, Mapping[str, Any]]
    advice: tuple[str, str] | None


def parse_positions(
    text: str, file: Path, vocabulary: Vocabulary, places: Places
) -> tuple[Positions, tuple[Problem, ...]]:
    """Return the positions in the text of `positions.yml`, and what is wrong with them."""
    report = Report(file)
    reader = _Reader(vocabulary, places, report)
    node = yaml_lines.parse(text, report)
    if node is None and not report.found:
        report.add(1, "the file is empty; it needs a block for each decision")
    top = expected.block(node, "positions", report)
    if isinstance(node, Block):
        for name in top.entries:
            if name not in DECISIONS and name != "advice":
                report.add(top.lines[name], f'there is no decision "{name}"{suggestion(name, (*DECISIONS, "advice"))}')
        for name in DECISIONS:
            if name not in top.entries:
                ways = f"{name}: {{silent: why}}, where nobody has looked yet {name}: {NOT_YET}"
                report.add(top.line, f'decision "{name}" is missing; where the policy does not say, write {ways}')
    by_decision = {
        name: reader.position(decision, top.entries[name], top.lines[name])
        for name, decision in DECISIONS.items()
        if name in top.entries and not _is_open(top.entries[name])
    }
    return Positions(by_decision, reader.advice(top.given("advice"))), report.problems


NONE_YET = Positions({}, None)
# What stands in the place of a position until somebody has read the policy for it.
NOT_YET = "not-yet-answered"


def _is_open(node: Node) -> bool:
    return isinstance(node, Scalar) and node.text == NOT_YET


@dataclass(frozen=True)
class _Reader:
    vocabulary: Vocabulary
    places: Places
    report: Report

    def advice(self, node: Node | None) -> tuple[str, str] | None:
        if node is None:
            return None
        entry = expected.block(node, "advice", self.report)
        if isinstance(node, Block):
            expected.check_names(entry, ("to", "cites"), (), "advice", self.report)
        known: dict[str, Term] = {**self.vocabulary.audiences, **self.vocabulary.roles}
        to = expected.scalar(entry.get("to"), "advice: to", self.report)
        if to:
            check_word("advice: to", to.text, known, to.line, self.report)
        cites = self.places.cites(entry.get("cites"), "advice: cites", self.report)
        return (to.text, cites[0]) if to and cites else None

    def position(self, decision: Decision, node: Node, line: int) -> Mapping[str, Any]:
        given = expected.block(node, decision.id, self.report)
        if "silent" in given.entries:
            for name in given.entries:
                if name != "silent":
                    self.report.add(
                        given.lines[name], f"{decision.id}: silent, yet {name} says something; keep one of them"
                    )
            return {"silent": expected.text(given.get("silent"), "silent", self.report)}
        tables = {table.name: table for table in decision.tables}
        for name in given.entries:
            if name not in tables:
                hint = suggestion(name, (*tables, "silent"))
                self.report.add(given.lines[name], f'{decision.id} has no table "{name}"{hint}')
        if isinstance(node, Block) and not given.entries:
            self.report.add(line, f"{decision.id} says nothing; if neither does the policy, write silent: why")
        said = [name for name in tables if name in given.entries]
        return {name: self.rows(decision, tables[name], given.entries[name]) for name in said}

    def rows(self, decision: Decision, table: Table, node: Node) -> list[dict[str, Any]]:
        what = f"{decision.id}: {table.name}"
        if isinstance(node, Rows) and not node.items:
            self.report.add(node.line, f"{what}: there is no row in it; take it away")
        return [
            self.row(decision, table, one)
            for one in expected.rows(node, what, self.report)
            if expected.block(one, what, self.report) is one
        ]

    def row(self, decision: Decision, table: Table, node: Node) -> dict[str, Any]:
        given = expected.block(node, table.name, self.report)
        facts = {fact.name: fact for fact in decision.facts}
        bounds = {f"{name}_{kind}": fact for name, fact in facts.items() for kind in BOUNDS if isinstance(fact, Number)}
        found: dict[str, Any] = {}
        for name, value in given.entries.items():
            what = f"{decision.id}: {table.name}: {name}"
            if name in table.fields:
                found[name] = self.field(name, table, value, what)
            elif name in bounds:
                found[name] = given_facts.bound(bounds[name], value, what, self.report)
            elif name in facts:
                found[name] = given_facts.alternatives(facts[name], value, self.report)
            elif name == "cites":
                found[name] = list(self.places.cites(value, what, self.report))
            elif name == "note":
                found[name] = expected.text(value, what, self.report)
            else:
                known = {*table.fields, *facts, *bounds, "cites", "note"}
                hint = suggestion(name, known)
                self.report.add(given.lines[name], f'{decision.id}: {table.name} has no "{name}"{hint}')
        if "cites" not in given.entries:
            self.report.add(given.line, f"{decision.id}: {table.name}: a position that cites nothing: add cites: [ref]")
        for name, field in table.fields.items():
            if not field.optional and name not in given.entries:
                self.report.add(given.line, f'{decision.id}: {table.name}: "{name}" is missing')
        return found

    def field(self, name: str, table: Table, node: Node, what: str) -> Any:
        field = table.fields[name]
        found = expected.one_or_more(node, what, self.report)
        for one in found:
            if field.values and one.text not in field.values:
                hint = suggestion(one.text, field.values)
                self.report.add(one.line, f'{what}: "{one.text}" is not one of its values{hint}')
            if field.kind == "number":
                expected.whole(one, what, self.report, least=0, most=999)
            if field.kind == "ref":
                self.places.holds_provision(one, what, self.report)
        texts = [" ".join(one.text.split()) for one in found]
        return texts if not isinstance(node, Scalar) else texts[0] if texts else ""
