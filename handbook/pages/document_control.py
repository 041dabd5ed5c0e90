"""What does a document say about itself: its title, its dates, who approved it? The same on screen, paper and PDF."""

from collections.abc import Iterator
from dataclasses import dataclass

from handbook.library import Library, Trust
from handbook.pages.dates import review_state, spoken
from handbook.pages.markup import attribute, ref_links

SILENT = "The policy does not say."
# Shown where a document says it, but not missed where it does not.
ADDED = ("reviewing_body",)


@dataclass(frozen=True)
class DocumentFact:
    """One line of it, in words, with the provisions that say so; `overdue` where a review is."""

    name: str
    says: str
    cites: tuple[str, ...] = ()
    overdue: bool | None = None


def document_facts(library: Library, trust: Trust) -> Iterator[DocumentFact]:
    """Yield the facts in their order, the state of the review on the day of the build last."""
    for name, key, say in (
        ("Document", "title", str),
        ("Dated", "approved", spoken),
        ("Approved by", "approving_body", str),
        ("Reviewed by", "reviewing_body", str),
    ):
        fact = trust.document.get(key)
        if fact:
            yield DocumentFact(name, say(fact.value), tuple(fact.cites))
        elif key not in ADDED:
            yield DocumentFact(name, SILENT)
    due = trust.document.get("review_due")
    state = review_state(due.value if due else None, library.built_on)
    yield DocumentFact("Review", state.says, tuple(due.cites) if due else (), state.overdue)


def facts_list(library: Library, trust: Trust) -> str:
    """Return the facts as a list, each with its provisions."""
    rows = "\n".join(_row(trust, one) for one in document_facts(library, trust))
    return f'<dl class="facts">\n{rows}\n</dl>'


def _row(trust: Trust, fact: DocumentFact) -> str:
    look = "" if fact.overdue is None else f' class="{"review overdue" if fact.overdue else "review"}"'
    says = f"{attribute(fact.says)} {ref_links(trust.id, fact.cites, here=True)}".strip()
    return f"<div{look}><dt>{fact.name}</dt><dd>{says}</dd></div>"
