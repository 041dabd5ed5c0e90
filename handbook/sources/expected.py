"""Is a value in a YAML file of the kind that is expected there?

Each function returns what is expected, or reports what stands there instead and returns as good as nothing. None stands
for a value whose absence has been reported already.
"""

import re
from collections.abc import Collection

from handbook.problems import Report
from handbook.sources.yaml_lines import Block, Node, Rows, Scalar
from quiz.nearest import suggestion

WHOLE = re.compile(r"[-+]?[0-9]{1,9}")


def block(node: Node | None, what: str, report: Report) -> Block:
    """Return names with values."""
    if node is not None and not isinstance(node, Block):
        report.add(node.line, f"{what}: names with values are needed here (name: value)")
    return node if isinstance(node, Block) else Block(line=node.line if node else 1)


def rows(node: Node | None, what: str, report: Report) -> tuple[Node, ...]:
    """Return the items of a list."""
    if node is not None and not isinstance(node, Rows):
        report.add(node.line, f"{what}: a list is needed here (each item after a dash, or all in square brackets)")
    return node.items if isinstance(node, Rows) else ()


def scalar(node: Node | None, what: str, report: Report) -> Scalar | None:
    """Return one value that is not empty."""
    if node is None:
        return None
    if not isinstance(node, Scalar):
        report.add(node.line, f"{what}: one value is needed here, not a list or a block")
        return None
    if node.empty:
        report.add(node.line, f"{what} is empty")
        return None
    return node


def text(node: Node | None, what: str, report: Report) -> str:
    """Return one text on one line."""
    found = scalar(node, what, report)
    return " ".join(found.text.split()) if found else ""


def words(node: Node | None, what: str, report: Report) -> tuple[Scalar, ...]:
    """Return the values of a list, each once."""
    found: dict[str, Scalar] = {}
    for item in rows(node, what, report):
        one = scalar(item, what, report)
        if one and one.text in found:
            report.add(one.line, f'{what}: "{one.text}" is given twice')
        elif one:
            found[one.text] = one
    return tuple(found.values())


def one_or_more(node: Node | None, what: str, report: Report) -> tuple[Scalar, ...]:
    """Return the values of a list that has at least one, or the one value that stands alone."""
    if isinstance(node, Scalar):
        alone = scalar(node, what, report)
        return (alone,) if alone else ()
    if isinstance(node, Rows) and not node.items:
        report.add(node.line, f"{what}: the list is empty")
    return words(node, what, report)


def whole(node: Node | None, what: str, report: Report, least: int, most: int) -> int:
    """Return a whole number within bounds."""
    found = scalar(node, what, report)
    if found is None:
        return least
    if not WHOLE.fullmatch(found.text) or not least <= int(found.text) <= most:
        report.add(found.line, f'{what}: "{found.text}" is not a whole number from {least} to {most}')
        return least
    return int(found.text)


def flag(node: Node | None, what: str, report: Report) -> bool:
    """Return true or false."""
    found = scalar(node, what, report)
    if found and found.text not in ("true", "false"):
        report.add(found.line, f'{what}: "{found.text}" is neither true nor false')
    return bool(found and found.text == "true")


def check_names(given: Block, required: Collection[str], optional: Collection[str], what: str, report: Report) -> None:
    """Report every name that does not exist here, with the nearest that does, and every one that is missing."""
    where = f"{what}: " if what else ""
    for name in given.entries:
        if name not in required and name not in optional:
            known = sorted({*required, *optional} - set(given.entries)) or sorted({*required, *optional})
            report.add(given.lines[name], f'{where}there is no "{name}" here{suggestion(name, known)}')
    for name in required:
        if name not in given.entries:
            report.add(given.line, f'{where}"{name}" is missing')
