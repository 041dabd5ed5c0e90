"""Which of the questions that people ask does a policy answer, and where? Read from a trust's `asked.yml`."""

from collections.abc import Mapping
from pathlib import Path

from handbook.library import Vocabulary
from handbook.problems import Problem, Report
from handbook.sources import expected, yaml_lines
from handbook.sources.citations import Places
from quiz.nearest import suggestion


def parse_asked(
    text: str, file: Path, vocabulary: Vocabulary, places: Places
) -> tuple[Mapping[str, tuple[str, ...]], tuple[Problem, ...]]:
    """Return, by the ref of a provision, the questions it answers, and what is wrong with the text of `asked.yml`."""
    report = Report(file)
    node = yaml_lines.parse(text, report)
    if node is None and not report.found:
        report.add(1, "the file is empty; take it away, or name a question in it")
    listed = expected.block(node, "asked", report)
    found: dict[str, tuple[str, ...]] = {}
    for question, cited in listed.entries.items():
        # A vocabulary without any could not be read, and judges nothing.
        if vocabulary.asked and question not in vocabulary.asked:
            hint = suggestion(question, vocabulary.asked)
            report.add(listed.lines[question], f'"{question}" is not under "asked" in vocabulary.yml{hint}')
        for ref in places.cites(cited, question, report):
            found[ref] = (*found.get(ref, ()), question)
    return found, report.problems
