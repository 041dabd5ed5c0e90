"""Which step-by-step guides are there, and which cases make each? Read from `guides.yml`."""

from dataclasses import dataclass
from pathlib import Path

from handbook.library import Guide, GuideCase, Vocabulary
from handbook.problems import Problem, Report
from handbook.sources import expected, given_facts, yaml_lines
from handbook.sources.vocabulary import SLUG, check_word
from handbook.sources.yaml_lines import Block, Node
from quiz.decisions import DECISIONS
from quiz.decisions.decision import Decision
from quiz.facts import Choice, Number
from quiz.nearest import suggestion


def parse_guides(text: str, file: Path, vocabulary: Vocabulary) -> tuple[tuple[Guide, ...], tuple[Problem, ...]]:
    """Return the guides in the text of `guides.yml`, in its order, and what is wrong with it."""
    report = Report(file)
    node = yaml_lines.parse(text, report)
    if node is None and not report.found:
        report.add(1, "the file is empty; take it away, or name a guide in it")
    top = expected.block(node, "guides", report)
    reader = _Reader(vocabulary, report)
    return tuple(reader.guide(id, one, top.lines[id]) for id, one in top.entries.items()), report.problems


@dataclass(frozen=True)
class _Reader:
    vocabulary: Vocabulary
    report: Report

    def guide(self, id: str, node: Node, line: int) -> Guide:
        if not SLUG.fullmatch(id):
            self.report.add(line, f'a guide is named with small letters, digits and hyphens, not "{id}"')
        given = expected.block(node, id, self.report)
        if isinstance(node, Block):
            expected.check_names(given, ("title", "intro", "cases"), (), id, self.report)
        cases = expected.rows(given.get("cases"), f"{id}: cases", self.report)
        if given.get("cases") is not None and not cases:
            self.report.add(given.lines["cases"], f"{id}: there is no case in it")
        return Guide(
            id=id,
            title=expected.text(given.get("title"), f"{id}: title", self.report),
            intro=expected.text(given.get("intro"), f"{id}: intro", self.report),
            cases=tuple(self.case(id, one) for one in cases),
        )

    def case(self, guide: str, node: Node) -> GuideCase:
        what = f"{guide}: cases"
        given = expected.block(node, what, self.report)
        if isinstance(node, Block):
            expected.check_names(given, ("title", "decision"), ("facts", "vary", "topics"), what, self.report)
        decision = self.decision(given.get("decision"), what)
        facts = given.given("facts")
        topics = expected.words(given.given("topics"), f"{what}: topics", self.report)
        for one in topics:
            check_word("topic", one.text, self.vocabulary.topics, one.line, self.report)
        return GuideCase(
            title=expected.text(given.get("title"), f"{what}: title", self.report),
            decision=decision.id if decision else "",
            facts=given_facts.case(facts, decision.facts, self.report) if decision and facts else {},
            vary=self.vary(given.given("vary"), decision) if decision else None,
            topics=tuple(one.text for one in topics),
        )

    def decision(self, node: Node | None, what: str) -> Decision | None:
        found = expected.scalar(node, f"{what}: decision", self.report)
        if found and found.text not in DECISIONS:
            message = f'{what}: there is no decision "{found.text}"{suggestion(found.text, DECISIONS)}'
            self.report.add(found.line, message)
        return DECISIONS.get(found.text) if found else None

    def vary(self, node: Node | None, decision: Decision) -> str | None:
        found = expected.scalar(node, "vary", self.report) if node is not None else None
        known = [one.name for one in decision.facts if isinstance(one, Choice | Number)]
        if found and found.text not in known:
            self.report.add(
                found.line,
                f'vary: "{found.text}" is not a fact with one of several values{suggestion(found.text, known)}',
            )
        return found.text if found else None
