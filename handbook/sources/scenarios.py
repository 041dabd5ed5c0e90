"""Which scenarios are there, and can each be asked? Read from `quiz/scenarios/<slug>.md`."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any

from handbook.library import Library, Trust, Vocabulary
from handbook.problems import Problem, Report
from handbook.readability import grade
from handbook.sharing import each
from handbook.sources import expected, given_facts, yaml_lines
from handbook.sources.vocabulary import check_word
from handbook.sources.yaml_lines import Block, Node, Rows, Scalar
from handbook.ways import Way
from quiz.decisions import DECISIONS
from quiz.facts import Fact
from quiz.nearest import suggestion
from quiz.positions import Position, read_position
from quiz.questions import Variant, fault, variants
from quiz.rulings import NOT_COVERED, VERDICTS

FOLDER = Path("quiz", "scenarios")
# Understood at about 13: nobody has to read a question twice between two lessons.
HARDEST_GRADE = 8
_FRONT = re.compile(r"---[ \t]*\n(?P<front>.*?\n)?---[ \t]*(?:\n|\Z)(?P<story>.*)", re.DOTALL)
# Nobody is to learn "use your own judgement" from a gap in a policy.
_ASKS_SOMEBODY = re.compile(r"\b(ask|asked|tell|call|leaders?|manager|lead|advice)\b", re.IGNORECASE)
_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Scenario:
    """One scenario as course data has it, and the line in which its options begin."""

    data: Mapping[str, Any]
    line: int


def parse_scenario(text: str, file: Path, vocabulary: Vocabulary) -> tuple[Scenario, tuple[Problem, ...]]:
    """Return the scenario in the text of a file, and what is wrong with it."""
    report = Report(file)
    text = text.replace("\r\n", "\n")
    parts = _FRONT.match(text)
    if not parts:
        report.add(1, "the file has to begin with its front matter: a line ---, the names and values, and a line ---")
        return Scenario({}, 1), report.problems
    node = yaml_lines.parse(parts["front"] or "", report, first_line=2)
    if node is None and not report.found:
        report.add(1, "the front matter is empty; it begins with decision:")
    top = expected.block(node, "front matter", report)
    reader = _Reader(vocabulary, report)
    if isinstance(node, Block):
        required = ("decision", "topics", "critical", "question", "options")
        expected.check_names(top, required, ("facts", "vary"), "", report)
    decision = reader.decision(top.get("decision"))
    facts = DECISIONS[decision].facts if decision in DECISIONS else ()
    vary = reader.vary(top.given("vary"), facts)
    story_line = 1 + text.count("\n", 0, parts.start("story"))
    data = {
        "decision": decision,
        "topics": reader.topics(top.get("topics")),
        "critical": expected.flag(top.get("critical"), "critical", report),
        "facts": given_facts.case(top.given("facts"), facts, report) if facts else {},
        "vary": vary,
        "story": unfolded(parts["story"]),
        "question": expected.text(top.get("question"), "question", report),
        "options": reader.options(top.get("options")),
    }
    if isinstance(node, Block):
        reader.check_placeholders(top, parts["story"], story_line, vary)
    return Scenario(data, top.lines.get("options", 1)), report.problems


def unfolded(story: str) -> str:
    """Return a story with a line for each paragraph: where its file breaks lines is no matter of the reader's."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in re.split(r"\n[ \t]*\n", story.strip()))


def variant_problems(library: Library, lines: Mapping[str, int]) -> tuple[Problem, ...]:
    """Return every question that does not have exactly one right option, for every trust that could be asked it.

    `lines` has, for each scenario, the line to blame.
    """
    asked: dict[str, list[tuple[str, Variant]]] = {}
    for slug, scenario in library.scenarios.items():
        asked.setdefault(scenario["decision"], []).extend((slug, one) for one in variants(slug, scenario))
    # What can be asked, and has one right option, is the same wherever it is decided in the same way.
    ways = list(dict.fromkeys(way for trust in library.trusts.values() for way in trust.ways.values()))

    def is_wrong(way: Way) -> bool:
        return any(_faults(asked.get(way.decision, ()), way.decision, way.position))

    wrong = {way for way, found in zip(ways, each(is_wrong, ways, trusts=len(library.trusts)), strict=True) if found}
    return tuple(one for trust in library.trusts.values() for one in _problems(trust, asked, wrong, lines))


def _problems(
    trust: Trust, asked: Mapping[str, Sequence[tuple[str, Variant]]], wrong: Collection[Way], lines: Mapping[str, int]
) -> list[Problem]:
    """Return what is wrong with the questions on those decisions of a trust that are decided in a wrong way."""
    duties = {one.id: one.duty for one in trust.provisions.values()}
    found = [
        Problem(FOLDER / f"{slug}.md", lines.get(slug, 1), fault)
        for decision, way in trust.ways.items()
        if way in wrong
        for position in [read_position(trust.id, trust.positions[decision], DECISIONS[decision].tables, duties)]
        for slug, fault in _faults(asked[decision], decision, position)
    ]
    return sorted(found, key=lambda one: one.file.name)


def _faults(asked: Iterable[tuple[str, Variant]], decision: str, position: Position) -> Iterator[tuple[str, str]]:
    """Yield the scenarios that a position answers with none or with several of their options, and what is wrong."""
    for slug, variant in asked:
        wrong = fault(variant, DECISIONS[decision].decide(position, variant.facts))
        if wrong:
            yield slug, wrong


def reading_problems(scenarios: Mapping[str, Mapping[str, Any]], lines: Mapping[str, int]) -> tuple[Problem, ...]:
    """Return every scenario that is too hard to read for somebody in a hurry, with the grade of its hardest variant."""
    found = []
    for slug, scenario in scenarios.items():
        hardest = max(variants(slug, scenario), key=lambda one: grade(one.words))
        if grade(hardest.words) > HARDEST_GRADE:
            message = (
                f"variant {hardest.id} has a reading grade of {grade(hardest.words)}, more than {HARDEST_GRADE}: "
                "use shorter sentences and words"
            )
            found.append(Problem(FOLDER / f"{slug}.md", lines.get(slug, 1), message))
    return tuple(found)


@dataclass(frozen=True)
class _Reader:
    vocabulary: Vocabulary
    report: Report

    def decision(self, node: Node | None) -> str:
        found = expected.scalar(node, "decision", self.report)
        if found and found.text not in DECISIONS:
            self.report.add(found.line, f'there is no decision "{found.text}"{suggestion(found.text, DECISIONS)}')
        return found.text if found else ""

    def topics(self, node: Node | None) -> list[str]:
        found = expected.words(node, "topics", self.report)
        if isinstance(node, Rows) and not node.items:
            self.report.add(node.line, "topics: the list is empty")
        for one in found:
            check_word("topic", one.text, self.vocabulary.topics, one.line, self.report)
        return [one.text for one in found]

    def vary(self, node: Node | None, facts: tuple[Fact, ...]) -> dict[str, list[dict[str, Any]]]:
        given = expected.block(node, "vary", self.report)
        found: dict[str, list[dict[str, Any]]] = {}
        for name, values in given.entries.items():
            if not _NAME.fullmatch(name):
                self.report.add(given.lines[name], f'vary: "{name}" has to be small letters, digits and _')
            if isinstance(values, Rows) and not values.items:
                self.report.add(given.lines[name], f"vary: {name} has no values")
            found[name] = [self.varied(name, one, facts) for one in expected.rows(values, name, self.report)]
        return found

    def varied(self, name: str, node: Node, facts: tuple[Fact, ...]) -> dict[str, Any]:
        value = expected.block(node, name, self.report)
        if isinstance(node, Block):
            expected.check_names(value, ("says",), ("facts", "only_where"), name, self.report)
        only = {"only_where": self.verdicts(value.get("only_where"))} if "only_where" in value.entries else {}
        return {
            "says": expected.text(value.get("says"), f"{name}: says", self.report),
            "facts": given_facts.case(value.given("facts"), facts, self.report) if facts else {},
            **only,
        }

    def options(self, node: Node | None) -> list[dict[str, Any]]:
        items = expected.rows(node, "options", self.report)
        if isinstance(node, Rows) and len(items) < 2:
            self.report.add(node.line, "options: a question has two options or more")
        options = [self.option(one) for one in items]
        for place, option in enumerate(options):
            for earlier in options[:place]:
                if same := _equivalent(earlier, option):
                    self.report.add(items[place].line, f"options: two of them {same}; nobody could tell which is right")
        return options

    def option(self, node: Node) -> dict[str, Any]:
        option = expected.block(node, "option", self.report)
        if isinstance(node, Block):
            expected.check_names(option, ("text", "claims"), (), "option", self.report)
        claims_node = option.get("claims")
        claims = expected.block(claims_node, "claims", self.report)
        if isinstance(claims_node, Block):
            expected.check_names(claims, ("verdict",), ("unmet", "steps"), "claims", self.report)
        claimed: dict[str, list[str]] = {}
        if "verdict" in claims.entries:
            claimed["verdict"] = self.verdicts(claims.get("verdict"))
        for name in ("unmet", "steps"):
            if name in claims.entries:
                claimed[name] = self.keys(claims.get(name), name)
        text = expected.text(option.get("text"), "option: text", self.report)
        if NOT_COVERED in claimed.get("verdict", ()) and not _ASKS_SOMEBODY.search(text):
            message = (
                "option: where the policy does not say, the lesson is whom to ask; name somebody (a senior leader)"
            )
            self.report.add(option.line, message)
        return {"text": text, "claims": claimed}

    def verdicts(self, node: Node | None) -> list[str]:
        found = expected.one_or_more(node, "verdict", self.report)
        for one in found:
            if one.text not in VERDICTS:
                self.report.add(one.line, f'there is no verdict "{one.text}"{suggestion(one.text, VERDICTS)}')
        return [one.text for one in found]

    def keys(self, node: Node | None, name: str) -> list[str]:
        """Return the keys of conditions or steps; an empty list claims that there are none."""
        if isinstance(node, Rows) and not node.items:
            return []
        return [one.text for one in expected.one_or_more(node, name, self.report)]

    def check_placeholders(self, top: Block, story: str, story_line: int, vary: Mapping[str, object]) -> None:
        """Report every {placeholder} that nothing fills, and every varied name that no text has."""
        if not story.strip():
            self.report.add(story_line, "the story is missing: it stands beneath the front matter")
        used = self.placeholders(story, story_line, vary)
        for node in (top.get("question"), *(_text_of(one) for one in _items(top.get("options")))):
            if isinstance(node, Scalar):
                used |= self.placeholders(node.text, node.line, vary)
        named = top.get("vary")
        if isinstance(named, Block):
            for name in vary:
                if name not in used:
                    message = (
                        f'vary: "{name}" is used nowhere: put {{{name}}} into the story, the question or an option'
                    )
                    self.report.add(named.lines[name], message)

    def placeholders(self, text: str, line: int, vary: Mapping[str, object]) -> set[str]:
        used: set[str] = set()
        try:
            parts = list(Formatter().parse(text))
        except ValueError:
            first = next((place for place, one in enumerate(text) if one in "{}"), 0)
            line += text.count("\n", 0, first)
            self.report.add(line, "a { or } has no partner; a placeholder is written {name}")
            return set(vary)
        for literal, name, form, conversion in parts:
            line += literal.count("\n")
            if name is None:
                continue
            if name not in vary or form or conversion:
                written = f"{{{name}{'!' + conversion if conversion else ''}{':' + form if form else ''}}}"
                self.report.add(line, f'nothing fills {written}: "vary" has no such name{suggestion(name, vary)}')
            used.add(name)
        return used


def _equivalent(one: Mapping[str, Any], other: Mapping[str, Any]) -> str | None:
    """Return what makes two options the same, or None."""
    if one["text"] and one["text"].casefold() == other["text"].casefold():
        return "say the same"
    if one["claims"] and _claimed(one["claims"]) == _claimed(other["claims"]):
        return "claim the same"
    return None


def _claimed(claims: Mapping[str, Sequence[str]]) -> Mapping[str, frozenset[str]]:
    return {name: frozenset(values) for name, values in claims.items()}


def _items(node: Node | None) -> tuple[Node, ...]:
    return node.items if isinstance(node, Rows) else ()


def _text_of(option: Node) -> Node | None:
    return option.get("text") if isinstance(option, Block) else None
