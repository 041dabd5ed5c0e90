"""The page of changes and its Atom feed: what each policy says now that it did not say before."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from handbook.addresses import CHANGES, FEED, trust_url
from handbook.changes import ADDED, DUTY, REMOVED, REWORDED, PolicyChange, ProvisionChange, changes
from handbook.history import History
from handbook.library import Library
from handbook.pages.dates import counted, spoken
from handbook.pages.markup import attribute, page, ref_link

# The newest are shown; and of one change so many provisions in full.
MOST_CHANGES = 60
MOST_SHOWN = 15
ATOM = "http://www.w3.org/2005/Atom"
TITLE = "Clear to Post: what changed in the policies"
WORDS = {ADDED: "added", REMOVED: "removed", DUTY: "with another duty", REWORDED: "reworded"}
UNKNOWN = "This copy of the handbook has no history, so it cannot say what changed."


def change_pages(library: Library, history: History) -> dict[str, str]:
    """Return the page of changes and the feed; both say so where there is no history."""
    found = changes(library, history, MOST_CHANGES)
    return {"changes/index.md": _page(library, history, found), "changes/feed.xml": atom(library, found)}


def _page(library: Library, history: History, found: Sequence[PolicyChange]) -> str:
    intro = "What the policies say now that they did not say before, clause by clause." if history.known else UNKNOWN
    body = ["# Changes", f'<p class="intro">{intro}</p>']
    if history.known:
        body.append(f'<p>A feed reader brings you the next one: <a href="{FEED}">Atom feed</a>.</p>')
        body.append("" if found else "Nothing has changed yet.")
    for day, of_day in groupby(found, key=lambda one: one.at.date()):
        body.append(f"## {spoken(day)} {{#{day.isoformat()}}}")
        body.extend(_of_trust(library, list(of_day)))
    return page("Changes", body, description="What changed in the policies.", feed=FEED)


def _of_trust(library: Library, of_day: Sequence[PolicyChange]) -> Iterator[str]:
    """Yield every trust once, and under its name all its changes of a day, the newest first."""
    for trust in dict.fromkeys(one.trust for one in of_day):
        those = [one for one in of_day if one.trust == trust]
        name = attribute(_name(library, those[0]))
        linked = f'<a href="{trust_url(trust)}">{name}</a>' if trust in library.trusts else name
        yield f'<h3 class="group">{linked}</h3>'
        yield from (_change(library, one) for one in those)


def _name(library: Library, change: PolicyChange) -> str:
    trust = library.trusts.get(change.trust)
    return trust.name if trust else change.trust


def in_short(change: PolicyChange) -> str:
    """Return what a change comes to in a few words."""
    if change.new:
        return "The policy is in the handbook now."
    if change.gone:
        return "The policy is no longer in the handbook."
    counts = Counter(one.kind for one in change.provisions)
    parts = [f"{counted(counts[kind], 'provision')} {words}" for kind, words in WORDS.items() if counts[kind]]
    if change.remarks:
        parts.append(f"{counted(change.remarks, 'clause')} with another remark of ours")
    says = ", ".join(parts)
    return f"{says[:1].upper()}{says[1:]}."


def _change(library: Library, change: PolicyChange) -> str:
    rows = "\n".join(_provision(library, change.trust, one) for one in change.provisions[:MOST_SHOWN])
    more = len(change.provisions) - MOST_SHOWN
    rest = f"<p>And {more} more.</p>" if more > 0 else ""
    listed = (
        f'<details class="rule-group">\n<summary>{in_short(change)}</summary>\n<ul class="rules">\n{rows}\n</ul>\n'
        f"{rest}\n</details>"
        if rows
        else f"<p>{in_short(change)}</p>"
    )
    return f'<section class="change" id="{attribute(change.anchor)}">\n{listed}\n</section>'


def _provision(library: Library, trust: str, change: ProvisionChange) -> str:
    there = trust in library.trusts and change.ref in library.trusts[trust].provisions
    number = ref_link(trust, change.ref) if there else f'<span class="muted">{attribute(change.ref)}</span>'
    labels = {id: term.label for id, term in library.vocabulary.duties.items()}
    before, after = change.before, change.after
    if change.kind == DUTY and before and after:
        says = f"Now “{labels.get(after.duty, after.duty)}”, before “{labels.get(before.duty, before.duty)}”."
    elif change.kind == REWORDED:
        says = "Reworded."
    else:
        says = f"{WORDS[change.kind].capitalize()}."
    parts = [f"<li><strong>{says}</strong> {number}"]
    if after:
        parts.append(f"<ins>{attribute(after.text)}</ins>")
    if before and (after is None or before.text != after.text):
        parts.append(f'<del><span class="visually-hidden">Before: </span>{attribute(before.text)}</del>')
    return "<br>".join(parts) + "</li>"


def atom(library: Library, found: Sequence[PolicyChange]) -> str:
    """Return the changes as an Atom feed (RFC 4287): times are those of the commits, names never change."""
    ElementTree.register_namespace("", ATOM)
    feed = _element("feed")
    feed.set("xml:lang", "en-GB")
    _add(feed, "id", "urn:uuid:6f0e5b1e-8d0b-5d0f-9d5a-0c1ea97057ed")
    _add(feed, "title", TITLE)
    newest = found[0].at.isoformat() if found else f"{library.built_on.isoformat()}T00:00:00+00:00"
    _add(feed, "updated", newest)
    _link(feed, FEED, "self", "application/atom+xml")
    _link(feed, CHANGES, "alternate", "text/html")
    _add(_add(feed, "author"), "name", "Clear to Post")
    for change in found:
        entry = _add(feed, "entry")
        _add(entry, "id", change.uuid.urn)
        _add(entry, "title", f"{_name(library, change)}: {in_short(change)}")
        _add(entry, "updated", change.at.isoformat())
        _link(entry, f"{CHANGES}#{change.anchor}", "alternate", "text/html")
        refs = ", ".join(one.ref for one in change.provisions[:MOST_SHOWN])
        _add(entry, "summary", f"{in_short(change)} {refs}".strip())
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(feed, encoding="unicode")}\n'


def _element(name: str) -> Element:
    return Element(f"{{{ATOM}}}{name}")


def _add(parent: Element, name: str, words: str | None = None) -> Element:
    child = SubElement(parent, f"{{{ATOM}}}{name}")
    child.text = words
    return child


def _link(parent: Element, href: str, rel: str, kind: str) -> None:
    link = _add(parent, "link")
    link.set("rel", rel)
    link.set("type", kind)
    link.set("href", href)
