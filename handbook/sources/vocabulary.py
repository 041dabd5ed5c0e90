"""Which words do all trusts share, and which of them did somebody mean?"""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path

from handbook.library import Term, Vocabulary
from handbook.problems import Problem, Report
from handbook.sources import expected, yaml_lines
from handbook.sources.yaml_lines import Block
from quiz.nearest import suggestion

KINDS = ("duties", "topics", "audiences", "roles", "platforms")
# What only the search uses: lines of words, by the word that leads them.
SAYINGS = ("alike", "swaps", "leads", "asked")
# Answers rest on these: a word more or less would be one that no decision knows.
DUTIES = ("must", "must-not", "should", "should-not", "may", "process", "role", "definition", "info")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def parse_vocabulary(text: str, file: Path) -> tuple[Vocabulary, tuple[Problem, ...]]:
    """Return the vocabulary in the text of `vocabulary.yml`, and what is wrong with it."""
    report = Report(file)
    node = yaml_lines.parse(text, report)
    if node is None and not report.found:
        report.add(1, f"the file is empty; it needs {', '.join(KINDS)}")
    top = expected.block(node, "vocabulary", report)
    if node is not None:
        expected.check_names(top, KINDS, SAYINGS, "", report)
    terms = {kind: _terms(top, kind, report) for kind in KINDS}
    if "duties" in top.entries:
        _check_duties(terms["duties"], top, report)
    alike, swaps, leads, asked = (_sayings(top, kind, report) for kind in SAYINGS)
    _check_alike(alike, top, report)
    _check_swaps(swaps, alike, top, report)
    duties, topics, audiences, roles, platforms = (terms[kind] for kind in KINDS)
    return Vocabulary(duties, topics, audiences, roles, platforms, alike, swaps, leads, asked), report.problems


def check_word(what: str, word: str, terms: Mapping[str, Term], line: int, report: Report) -> None:
    """Report a word that is not in the vocabulary, with the one that was probably meant.

    People write what they say: "photos" is found among the words of images-consent. A list without any terms could
    not be read, which has been reported, and judges nothing.
    """
    if terms and word not in terms:
        report.add(line, f'{what} "{word}" is not in vocabulary.yml{_meant(word, terms)}')


def _meant(wrong: str, terms: Mapping[str, Term]) -> str:
    said = {_folded(word): term.id for term in terms.values() for word in (*term.words, term.label)}
    said |= {_folded(one): one for one in terms}
    near = get_close_matches(_folded(wrong), sorted(said), n=1, cutoff=0.6)
    return f" (did you mean {said[near[0]]}?)" if near else suggestion(wrong, terms)


def _folded(word: str) -> str:
    return word.casefold().replace("-", " ").removesuffix("s")


def _terms(top: Block, kind: str, report: Report) -> dict[str, Term]:
    terms = {}
    listed = expected.block(top.get(kind), kind, report)
    if isinstance(top.get(kind), Block) and not listed.entries:
        report.add(top.lines[kind], f"{kind}: there is no word in it")
    for id, node in listed.entries.items():
        if not SLUG.fullmatch(id):
            report.add(listed.lines[id], f'{kind}: "{id}" has to be small letters, digits and hyphens')
        entry = expected.block(node, id, report)
        if isinstance(node, Block):
            expected.check_names(entry, ("label", "meaning", "words"), (), id, report)
        terms[id] = Term(
            id=id,
            label=expected.text(entry.get("label"), f"{id}: label", report),
            meaning=expected.text(entry.get("meaning"), f"{id}: meaning", report),
            words=tuple(one.text for one in expected.words(entry.get("words"), f"{id}: words", report)),
        )
    return terms


def _sayings(top: Block, kind: str, report: Report) -> dict[str, tuple[str, ...]]:
    listed = expected.block(top.given(kind), kind, report) if kind in top.entries else Block()
    return {
        name: tuple(one.text for one in expected.words(node, f"{kind}: {name}", report))
        for name, node in listed.entries.items()
    }


def _check_alike(alike: Mapping[str, tuple[str, ...]], top: Block, report: Report) -> None:
    """A word that stood in two lines would make all the words of both mean the same."""
    listed = top.entries.get("alike")
    first: dict[str, str] = {}
    for name, words in alike.items():
        for word in (name, *words):
            if word in first and isinstance(listed, Block):
                report.add(listed.lines[name], f'alike: "{word}" stands under "{first[word]}" already')
            first.setdefault(word, name)


def _check_swaps(
    swaps: Mapping[str, tuple[str, ...]], alike: Mapping[str, tuple[str, ...]], top: Block, report: Report
) -> None:
    listed = top.entries.get("swaps")
    for name, lines in swaps.items():
        for line in lines:
            if line not in alike and isinstance(listed, Block):
                report.add(listed.lines[name], f'swaps: alike has no line "{line}"{suggestion(line, alike)}')


def _check_duties(duties: Mapping[str, Term], top: Block, report: Report) -> None:
    listed = top.entries["duties"]
    if not isinstance(listed, Block):
        return
    for id in duties:
        if id not in DUTIES:
            report.add(listed.lines[id], f'duties: no answer knows the duty "{id}"{suggestion(id, DUTIES)}')
    for id in DUTIES:
        if id not in duties:
            report.add(top.lines["duties"], f'duties: "{id}" is missing')
