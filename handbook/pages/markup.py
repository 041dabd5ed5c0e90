"""How are words, badges and links written in a page, so that nothing in a source can break out of it?"""

import json
import re
from collections.abc import Iterable, Mapping
from html import escape

from handbook.addresses import passage_url
from handbook.library import Trust, Vocabulary

# What may be a number of a provision: words or digits with a stroke or a point between them. A lone 9 is a number of
# hours rather than a clause.
NUMBERS = re.compile(r"((?<![\w/.-])[\w-]+(?:[./][\w-]+)+)")
# Only these five have a colour; a step, role, meaning or note is told by its word alone.
COLOURED = frozenset({"must", "must-not", "should", "should-not", "may"})


def text(words: str) -> str:
    """Return words for Markdown, to be read as they stand."""
    return re.sub(r"([\\`*_{}\[\]()#+!-])", r"\\\1", escape(words, quote=False))


def attribute(words: str) -> str:
    """Return words for a quoted HTML attribute."""
    return escape(words, quote=True)


def page(title: str, body: Iterable[str], **settings: object) -> str:
    """Return a page in Markdown: front matter (a JSON value is YAML too), then its blocks, a blank line between."""
    front = {"title": title, **settings}
    lines = "\n".join(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in front.items())
    return f"---\n{lines}\n---\n\n" + "\n\n".join(block for block in body if block) + "\n"


def heading(words: str, id: str) -> str:
    """Return a heading in HTML: Markdown would take more time for the many of a page than for the rest of it."""
    return f'<h2 id="{attribute(id)}">{escape(words, quote=False)}</h2>'


def module_preloads(modules: Iterable[str]) -> str:
    """Return links that let a browser fetch modules at once, which it would else learn of one after the other.

    They are fetched last: where the page runs the engine, its few large files go before them.
    """
    return "\n".join(f'<link rel="modulepreload" fetchpriority="low" href="/assets/{one}.mjs">' for one in modules)


def badge(duty: str, vocabulary: Vocabulary) -> str:
    """Return the badge of a duty: its word, in a shape and a colour of its own."""
    kind = duty if duty in COLOURED else "plain"
    return f'<span class="badge badge-{kind}">{escape(vocabulary.duties[duty].label)}</span>'


def ref_link(trust: str, ref: str, *, here: bool = False) -> str:
    """Return a provision's or clause's number as its permalink; `here` for one on the trust's own page."""
    href = f"#{ref}" if here else passage_url(trust, ref)
    return f'<a class="ref" href="{attribute(href)}">{escape(ref)}</a>'


def ref_links(trust: str, refs: Iterable[str], *, here: bool = False) -> str:
    """Return several numbers as permalinks."""
    return " ".join(ref_link(trust, ref, here=here) for ref in refs)


def with_links(trust: Trust, words: str) -> str:
    """Return words of ours on a policy, with every number of a provision or clause in them as its permalink."""
    refs = {*trust.provisions, *(clause.ref for clause in trust.clauses)}
    parts = NUMBERS.split(words)
    return "".join(ref_link(trust.id, part) if part in refs else escape(part, quote=False) for part in parts)


def initial(trust: Trust) -> str:
    """Return the first letter of a trust in a square of its accent; the name always stands beside it."""
    letter = escape(trust.short_name[:1])
    return f'<span class="initial" data-trust="{attribute(trust.id)}" aria-hidden="true">{letter}</span>'


def topics_of(trust: Trust) -> Mapping[str, list[str]]:
    """Return the refs of a trust's provisions by topic, in the document's order."""
    found: dict[str, list[str]] = {}
    for provision in trust.provisions.values():
        found.setdefault(provision.topic, []).append(provision.ref)
    return found
