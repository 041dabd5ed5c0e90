"""Is this a fact of the decision, and a value it can have? Rows and scenarios both give facts in YAML."""

from collections.abc import Iterable
from typing import Any

from handbook.problems import Report
from handbook.sources import expected
from handbook.sources.yaml_lines import Node, Rows, Scalar
from quiz.facts import Choices, Fact, FactError, Flag, Number
from quiz.nearest import suggestion


def case(node: Node | None, facts: Iterable[Fact], report: Report) -> dict[str, Any]:
    """Return the facts of one case, as JSON has them: a list for a set, one value for anything else."""
    known = {fact.name: fact for fact in facts}
    given = expected.block(node, "facts", report)
    found = {}
    for name, value in given.entries.items():
        if name not in known:
            report.add(given.lines[name], f'there is no fact "{name}"{suggestion(name, known)}')
        else:
            found[name] = _given(known[name], value, report)
    return found


def alternatives(fact: Fact, node: Node, report: Report) -> Any:
    """Return the value, or the list of values, for which a row applies."""
    found = [_read(fact, one, report) for one in expected.one_or_more(node, fact.name, report)]
    return found if isinstance(node, Rows) else found[0] if found else None


def bound(fact: Number, node: Node, what: str, report: Report) -> int:
    """Return a bound on a number; one above the greatest is a bound too (`_below`)."""
    return expected.whole(node, what, report, fact.least, fact.most + 1)


def _given(fact: Fact, node: Node, report: Report) -> Any:
    if not isinstance(fact, Choices):
        found = expected.scalar(node, fact.name, report)
        return _read(fact, found, report) if found else None
    return [_read(fact, one, report) for one in expected.words(node, fact.name, report)]


def _read(fact: Fact, typed: Scalar, report: Report) -> Any:
    """Return the one value that was typed; of a set, one member."""
    value = _value(fact, typed)
    try:
        fact.read([value] if isinstance(fact, Choices) else value)
    except FactError as error:
        report.add(typed.line, str(error))
    return value


def _value(fact: Fact, typed: Scalar) -> object:
    if isinstance(fact, Flag) and typed.text in ("true", "false"):
        return typed.text == "true"
    if isinstance(fact, Number) and expected.WHOLE.fullmatch(typed.text):
        return int(typed.text)
    return typed.text
