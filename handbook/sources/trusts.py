"""Who is this trust, and what does its document say about itself? Read from `trust.yml`."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from handbook.library import NO_SITUATION, SAME_DUTY, Cited, NamedRole, NotAsked, Training, Vocabulary
from handbook.problems import Problem, Report
from handbook.sources import expected, yaml_lines
from handbook.sources.citations import Places
from handbook.sources.vocabulary import SLUG, check_word
from handbook.sources.yaml_lines import Block, Node, Rows
from quiz.nearest import suggestion

KINDS = ("trust", "school")
DATES = ("approved", "last_reviewed", "review_due")
DOCUMENT = ("title", *DATES, "approving_body", "reviewing_body", "version")
# Addresses of the handbook that stand beside /handbook/<trust>/.
RESERVED = (
    *("ask", "calendar", "changes", "collate", "compare", "elsewhere", "gaps", "guides", "home", "matrix", "may-i"),
    *("roles", "schema", "search", "strictness", "topics", "trusts"),
)

# Why training does not ask about a provision, and the name of what explains it.
_EXPLAINED_BY = {NO_SITUATION: "why", SAME_DUTY: "as"}

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


@dataclass(frozen=True)
class Profile:
    """What `trust.yml` says."""

    name: str
    short_name: str
    kind: str
    parent: str | None
    accent: str
    motto: Cited | None
    document: dict[str, Cited]
    roles: tuple[NamedRole, ...]
    training: Training
    not_asked: tuple[NotAsked, ...]


def folder_problem(name: str) -> str | None:
    """Return why a trust's folder cannot bear this name, or None: it becomes an address."""
    if name in RESERVED:
        return f'a trust\'s folder cannot be named "{name}": /handbook/{name}/ is another page'
    if not SLUG.fullmatch(name):
        return f'a trust\'s folder has a name of small letters, digits and hyphens, not "{name}"'
    return None


def parse_trust(
    text: str, file: Path, trusts: Collection[str], vocabulary: Vocabulary, places: Places
) -> tuple[Profile, tuple[Problem, ...]]:
    """Return what the text of `trust.yml` says, and what is wrong with it; `trusts` are the ids of all trusts."""
    report = Report(file)
    reader = _Reader(vocabulary, places, report)
    node = yaml_lines.parse(text, report)
    if node is None and not report.found:
        report.add(1, "the file is empty; it begins with name:")
    top = expected.block(node, "trust", report)
    if isinstance(node, Block):
        required = ("name", "short_name", "kind", "accent", "document", "roles", "training")
        expected.check_names(top, required, ("parent", "motto", "not_asked"), "", report)
    profile = Profile(
        name=expected.text(top.get("name"), "name", report),
        short_name=expected.text(top.get("short_name"), "short_name", report),
        kind=reader.kind(top.get("kind")),
        parent=reader.parent(top.given("parent"), trusts, file.parent.name),
        accent=reader.accent(top.get("accent")),
        motto=reader.cited(top.given("motto"), "motto"),
        document=reader.document(top.get("document")),
        roles=reader.roles(top.get("roles")),
        training=reader.training(top.get("training")),
        not_asked=reader.not_asked(top.given("not_asked")),
    )
    return profile, report.problems


@dataclass(frozen=True)
class _Reader:
    vocabulary: Vocabulary
    places: Places
    report: Report

    def kind(self, node: Node | None) -> str:
        found = expected.scalar(node, "kind", self.report)
        if found and found.text not in KINDS:
            self.report.add(found.line, f'kind: "{found.text}" is neither trust nor school')
        return found.text if found else ""

    def parent(self, node: Node | None, trusts: Collection[str], own: str) -> str | None:
        found = expected.scalar(node, "parent", self.report)
        if found is None:
            return None
        if found.text == own:
            self.report.add(found.line, "parent: a trust is not its own parent; leave it empty")
        elif found.text not in trusts:
            self.report.add(found.line, f'parent: there is no trust "{found.text}"{suggestion(found.text, trusts)}')
        return found.text

    def accent(self, node: Node | None) -> str:
        found = expected.scalar(node, 'accent (a colour in quotation marks: "#1d5c2e")', self.report)
        if found is None:
            return "#000000"
        if not _COLOUR.fullmatch(found.text):
            self.report.add(found.line, f'accent: "{found.text}" is not a colour such as "#1d5c2e"')
        elif contrast_on_white(found.text) < 4.5:
            contrast = int(contrast_on_white(found.text) * 10) / 10
            message = f"accent: {found.text} on white has a contrast of {contrast}:1; choose a darker one (4.5:1)"
            self.report.add(found.line, message)
        return found.text

    def cited(self, node: Node | None, what: str) -> Cited | None:
        if node is None:
            return None
        entry = expected.block(node, what, self.report)
        if isinstance(node, Block):
            expected.check_names(entry, ("value", "cites"), (), what, self.report)
        value = expected.text(entry.get("value"), f"{what}: value", self.report)
        return Cited(value, self.places.cites(entry.get("cites"), f"{what}: cites", self.report))

    def document(self, node: Node | None) -> dict[str, Cited]:
        block = expected.block(node, "document", self.report)
        if isinstance(node, Block):
            expected.check_names(block, ("title",), DOCUMENT[1:], "document", self.report)
        facts = {name: self.cited(block.get(name), name) for name in DOCUMENT if name in block.entries}
        for name in DATES:
            fact = facts.get(name)
            if fact and fact.value and not _is_date(fact.value):
                message = f'{name}: "{fact.value}" is not a date such as 2024, 2024-01 or 2024-01-31'
                self.report.add(block.lines[name], message)
        return {name: fact for name, fact in facts.items() if fact}

    def roles(self, node: Node | None) -> tuple[NamedRole, ...]:
        found: dict[str, NamedRole] = {}
        lines: dict[str, int] = {}
        for item in expected.rows(node, "roles", self.report):
            row = expected.block(item, "roles", self.report)
            if not isinstance(item, Block):
                continue
            expected.check_names(row, ("role", "name", "does", "cites"), (), "roles", self.report)
            role = self.audience(row.get("role"), "role")
            if role in found:
                message = f'role "{role}" is given twice (first in line {lines[role]}); put both into one row'
                self.report.add(row.line, message)
            found[role] = NamedRole(
                role=role,
                name=expected.text(row.get("name"), "name", self.report),
                does=expected.text(row.get("does"), "does", self.report),
                cites=self.places.cites(row.get("cites"), "cites", self.report),
            )
            lines.setdefault(role, row.line)
        return tuple(found.values())

    def audience(self, node: Node | None, what: str) -> str:
        found = expected.scalar(node, what, self.report)
        if found:
            check_word(what, found.text, self.vocabulary.audiences, found.line, self.report)
        return found.text if found else ""

    def training(self, node: Node | None) -> Training:
        block = expected.block(node, "training", self.report)
        if isinstance(node, Block):
            names = ("training_version", "pass_mark", "validity_months", "questions", "required_for", "read")
            expected.check_names(block, (*names, "critical_topics"), (), "training", self.report)
        required_for = expected.words(block.get("required_for"), "required_for", self.report)
        if isinstance(block.get("required_for"), Rows) and not required_for:
            self.report.add(block.lines["required_for"], "required_for: the list is empty; name whom the policy binds")
        return Training(
            training_version=self.number(block, "training_version", 10_000),
            pass_mark=self.number(block, "pass_mark", 100),
            validity_months=self.number(block, "validity_months", 120),
            questions=self.number(block, "questions", 100),
            required_for=tuple(self.audience(one, "required_for") for one in required_for),
            read=self.places.read(block.get("read"), "read", self.report),
            critical_topics=self.topics(block.get("critical_topics"), "critical_topics"),
        )

    def topics(self, node: Node | None, what: str) -> tuple[str, ...]:
        found = expected.words(node, what, self.report)
        for one in found:
            check_word(what, one.text, self.vocabulary.topics, one.line, self.report)
        return tuple(one.text for one in found)

    def not_asked(self, node: Node | None) -> tuple[NotAsked, ...]:
        return tuple(self.reason(item) for item in expected.rows(node, "not_asked", self.report))

    def reason(self, node: Node) -> NotAsked:
        row = expected.block(node, "not_asked", self.report)
        given = expected.scalar(row.get("reason"), "reason", self.report)
        reason = given.text if given else ""
        if given and reason not in _EXPLAINED_BY:
            self.report.add(given.line, f'there is no reason "{reason}"{suggestion(reason, _EXPLAINED_BY)}')
        explained_by = _EXPLAINED_BY.get(reason, "why")
        if isinstance(node, Block):
            expected.check_names(row, ("cites", "reason", explained_by), (), "not_asked", self.report)
        same_as = expected.scalar(row.get("as"), "as", self.report) if explained_by == "as" else None
        if same_as:
            self.places.holds_provision(same_as, "as", self.report)
        return NotAsked(
            cites=self.places.cites(row.get("cites"), "not_asked: cites", self.report),
            reason=reason,
            why=expected.text(row.get("why"), "why", self.report) if explained_by == "why" else "",
            same_as=same_as.text if same_as else "",
            line=row.line,
        )

    def number(self, block: Block, name: str, most: int) -> int:
        return expected.whole(block.get(name), name, self.report, least=1, most=most)


def contrast_on_white(colour: str) -> float:
    """Return the contrast of `#rrggbb` on white, from 1 to 21, as WCAG 2.2 defines it."""
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _is_date(text: str) -> bool:
    found = _DATE.fullmatch(text)
    if not found:
        return False
    try:
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return False
    return True
