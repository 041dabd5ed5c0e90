"""What stands in a YAML file, and in which line? Every value stays the text its author typed.

PyYAML's own values lose the line, the second of two equal keys, and what was typed: `6.10` becomes the number 6.1,
`2021-09-01` a date and `no` a false.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import yaml

from handbook.problems import Report

_HINTS = {
    "mapping values are not allowed here": 'a text that has ": " in it goes in quotation marks',
    "that cannot start any token": "no tabs, and quotation marks round a text that begins with a sign",
    "expected <block end>": "lines that belong together begin in the same column",
    "expected ',' or": "separate with commas, and close every bracket and quotation mark",
    "while scanning a quoted scalar": "close the quotation mark",
}

# Ten times as fast, but not part of every PyYAML; and it lets pass what the other refuses: tabs and a few signs.
_QUICK: type[yaml.SafeLoader] | None = getattr(yaml, "CSafeLoader", None)
_PECULIAR = re.compile(r"(?:^|[\s\[{,:-])[*&]|[?\t]")
_HALF_A_CHARACTER = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Scalar:
    """One value as it was typed; `plain` if without quotation marks."""

    text: str
    plain: bool
    line: int

    @property
    def empty(self) -> bool:
        """Whether nothing was given."""
        return self.text.strip() == "" or (self.plain and self.text in ("~", "null"))


@dataclass(frozen=True)
class Rows:
    """A list."""

    items: tuple["Node", ...]
    line: int


@dataclass(frozen=True)
class Block:
    """Names with their values, in the order of the file; `lines` has the line of each name."""

    entries: Mapping[str, "Node"] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    line: int = 1

    def get(self, name: str) -> "Node | None":
        """Return a value, None where the name is missing."""
        return self.entries.get(name)

    def given(self, name: str) -> "Node | None":
        """Return a value, None where the name is missing or has nothing behind it."""
        node = self.entries.get(name)
        return None if isinstance(node, Scalar) and node.empty else node


type Node = Scalar | Rows | Block


def parse(text: str, report: Report, first_line: int = 1) -> Node | None:
    """Return what a YAML text holds; None if it is empty or not YAML, which is reported.

    `first_line` is the line of the file in which the text begins.
    """
    try:
        root = _composed(text)
        return None if root is None else _converted(root, report, first_line)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        report.add(first_line + (mark.line if mark else 0), _not_yaml(error))
    except yaml.reader.ReaderError as error:
        line = first_line + text.count("\n", 0, error.position)
        report.add(line, f"a character that YAML does not allow: U+{_code(error.character):04X}; delete it")
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        report.add(first_line, f"this is not YAML: {error}")
    except RecursionError:
        report.add(first_line, "this is not usable YAML: lists stand in lists without end")
    return None


def _composed(text: str) -> yaml.Node | None:
    """Return the root of a text, read in C where that is at hand; PyYAML itself says best what is wrong with one."""
    if _QUICK and not _PECULIAR.search(text):
        try:
            return yaml.compose(text, Loader=_QUICK)
        except (yaml.YAMLError, ValueError, RecursionError):
            pass
    return yaml.compose(text, Loader=_Loader)


class _Loader(yaml.SafeLoader):
    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]  # (the stubs leave it out)
            raise yaml.MarkedYAMLError(problem="a value that begins with * needs quotation marks", problem_mark=mark)
        return super().compose_node(parent, index)


def _code(character: object) -> int:
    return character if isinstance(character, int) else ord(str(character)[:1] or "\0")


def _not_yaml(error: yaml.MarkedYAMLError) -> str:
    said = ", ".join(part for part in (error.context, error.problem) if part)
    hint = next((f" ({hint})" for part, hint in _HINTS.items() if part in said), "")
    return f"this is not YAML: {said}{hint}"


def _converted(node: yaml.Node, report: Report, first_line: int) -> Node:
    line = first_line + node.start_mark.line
    if not node.tag.startswith("tag:yaml.org,2002:"):
        report.add(line, f"a value that begins with {node.tag[:20]} needs quotation marks")
    if isinstance(node, yaml.SequenceNode):
        return Rows(tuple(_converted(item, report, first_line) for item in node.value), line)
    if isinstance(node, yaml.MappingNode):
        return _block(node, report, first_line)
    value = str(node.value)
    if _HALF_A_CHARACTER.search(value):
        report.add(line, "this holds half a character (a surrogate); type the character itself")
        value = ""
    return Scalar(value, isinstance(node, yaml.ScalarNode) and not node.style, line)


def _block(node: yaml.MappingNode, report: Report, first_line: int) -> Block:
    entries: dict[str, Node] = {}
    lines: dict[str, int] = {}
    for key, value in node.value:
        name, line = _converted(key, report, first_line), first_line + key.start_mark.line
        converted = _converted(value, report, first_line)
        if not isinstance(name, Scalar):
            report.add(line, "a name has to be one word, not a list")
        elif name.text in entries:
            report.add(line, f'"{name.text}" is given twice (first in line {lines[name.text]})')
        else:
            entries[name.text], lines[name.text] = converted, line
    return Block(entries, lines, first_line + node.start_mark.line)
