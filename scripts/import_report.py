"""What became of an imported document, in words and as a list of its lines?"""

import re
from collections import Counter
from collections.abc import Iterator

from handbook.importing import Draft
from quiz.spreadsheets import as_csv

COLUMNS = ("line", "page", "fate", "what", "ref", "text")
# What says when a document was approved or is reviewed may stand in what runs along its pages only.
_DATED = re.compile(r"\b(?:19|20)\d\d\b")
MOST_SHOWN = 8


def report_csv(draft: Draft) -> str:
    """Return a line for every line of the document: kept as what and where, or dropped and why."""
    return as_csv(
        COLUMNS,
        (
            (
                str(fate.line.number),
                str(fate.line.page or ""),
                "kept" if fate.kept else "dropped",
                fate.what,
                fate.ref,
                " ".join(fate.line.text.split()),
            )
            for fate in draft.fates
        ),
    )


def in_words(draft: Draft, guesses: int) -> Iterator[str]:
    """Yield what was kept, what was dropped and why, and what to look at first."""
    kept = [fate for fate in draft.fates if fate.kept]
    dropped = Counter(fate.what for fate in draft.fates if not fate.kept)
    yield f"{len(draft.fates)} lines: {len(kept)} kept, {sum(dropped.values())} dropped"
    for why, count in dropped.most_common():
        yield f"  dropped as {why}: {count}"
    parts = f"{draft.sections} sections, {draft.clauses} clauses, {draft.provisions} provisions"
    yield f"{parts}; {guesses} guesses to check"
    dated = list(
        dict.fromkeys(
            " ".join(fate.line.text.split())
            for fate in draft.fates
            if not fate.kept and _DATED.search(fate.line.text) and fate.what != "contents table"
        )
    )
    if dated:
        yield "Dropped lines that name a year (for the dates in trust.yml):"
        yield from (f"  {text}" for text in dated[:MOST_SHOWN])
