"""What can be found: one record per clause, also under the words that people use instead of the policy's own."""

import asyncio
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html import escape
from pathlib import Path

from pagefind.index import PagefindIndex

from handbook.addresses import clause_url
from handbook.library import Clause, Library, Term, Trust, Vocabulary
from handbook.search_order import put_in_order

# Stands before the clause's text, and between it and the words it is also found under; search.mjs splits there.
PARTING = "¶"
READY_MADE = ("*-ui.*", "pagefind-highlight.js")
TITLE_WEIGHT = 5
ALSO_WEIGHT = 0.4
LANGUAGE = "en"


@dataclass(frozen=True)
class Record:
    """One clause as the search index has it."""

    url: str
    title: str
    text: str
    also: str
    meta: Mapping[str, str]
    filters: Mapping[str, Sequence[str]]


def records(library: Library) -> Iterator[Record]:
    """Yield a record for every clause of every trust."""
    for trust in library.trusts.values():
        for clause in trust.clauses:
            yield _record(library.vocabulary, trust, clause)


def _record(vocabulary: Vocabulary, trust: Trust, clause: Clause) -> Record:
    topics = list(dict.fromkeys([clause.topic, *(one.topic for one in clause.provisions)]))
    used = {one.duty for one in clause.provisions}
    duties = [duty for duty in vocabulary.duties if duty in used]
    also = " ".join((clause.section, *people_words(vocabulary, clause, topics, duties)))
    return Record(
        url=clause_url(clause),
        title=clause.title,
        text=clause.text,
        also=also,
        meta={
            "title": clause.title,
            "trust": trust.short_name,
            "ref": clause.ref,
            "topic": vocabulary.topics[clause.topic].label,
            "duties": " ".join(duties),
        },
        filters={"trust": [trust.id], "topic": topics, "duty": duties},
    )


def people_words(vocabulary: Vocabulary, clause: Clause, topics: Sequence[str], duties: Sequence[str]) -> Iterator[str]:
    """Yield the words for a clause's topics, duties and audiences, and for whatever else it mentions."""
    named = [
        *(vocabulary.topics[topic] for topic in topics),
        *(vocabulary.duties[duty] for duty in duties),
        *(vocabulary.audiences[one] for one in dict.fromkeys(who for it in clause.provisions for who in it.who)),
    ]
    said = f"{clause.title} {clause.text}"
    others = (vocabulary.audiences, vocabulary.roles, vocabulary.platforms)
    mentioned = [term for terms in others for term in terms.values() if term not in named and _mentions(said, term)]
    for term in (*named, *mentioned):
        yield from (term.label, *term.words)


def _mentions(said: str, term: Term) -> bool:
    words = "|".join(re.escape(word) for word in (term.label, *term.words))
    return bool(re.search(rf"\b(?:{words})s?\b", said, re.IGNORECASE))


def write_index(library: Library, folder: Path) -> int:
    """Write Pagefind's index and its program into a folder; return the number of records."""
    found = list(records(library))
    # Its Python client waits a tenth of a second for each record sent to it, but takes a whole folder in one go.
    with tempfile.TemporaryDirectory() as pages:
        for number, record in enumerate(found):
            (Path(pages) / f"{number:06}.html").write_text(record_html(record), encoding="utf-8")
        # In a thread of its own, because whoever builds may be within an event loop already.
        with ThreadPoolExecutor(1) as thread:
            thread.submit(lambda: asyncio.run(_index(Path(pages), folder))).result()
    # The search page is our own; Pagefind's ready-made ones are not used.
    for pattern in READY_MADE:
        for file in folder.glob(pattern):
            file.unlink()
    put_in_order(folder)
    return len(found)


async def _index(pages: Path, folder: Path) -> None:
    async with PagefindIndex(config={"output_path": str(folder), "force_language": LANGUAGE}) as index:
        await index.add_directory(str(pages))


def record_html(record: Record) -> str:
    """Return a record as a page that only Pagefind reads."""
    meta = "".join(_tag("meta", name, value) for name, value in {"url": record.url, **record.meta}.items())
    filters = "".join(_tag("filter", name, value) for name, values in record.filters.items() for value in values)
    return (
        f'<!doctype html><html lang="{LANGUAGE}"><body>{meta}{filters}'
        f'<h1 data-pagefind-weight="{TITLE_WEIGHT}">{escape(record.title)}</h1>\n<p>{PARTING}</p>\n'
        f"<p>{escape(record.text)}</p>\n<p>{PARTING}</p>\n"
        f'<p data-pagefind-weight="{ALSO_WEIGHT}">{escape(record.also)}</p></body></html>'
    )


def _tag(kind: str, name: str, value: str) -> str:
    return f'<meta data-pagefind-{kind}="{name}[content]" content="{escape(value, quote=True)}">'
