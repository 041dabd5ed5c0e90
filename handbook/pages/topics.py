"""The pages of topics: what every trust says on one matter, side by side."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping

from handbook.addresses import COMPARE, STRICTNESS, TOPICS, clause_url, topic_url, trust_url
from handbook.comparison import Comparison
from handbook.library import Clause, Library, Term, Trust
from handbook.pages.clauses import clause_extract
from handbook.pages.markup import COLOURED, attribute, badge, initial, page, text, topics_of
from handbook.pages.others import OthersOn
from handbook.pages.practise import practise_link, practised
from handbook.pages.shares import Share, other_shares, shares
from handbook.pages.topic_differences import topic_differences

type Others = Callable[[Trust, Clause], str]


def topic_pages(library: Library, comparison: Comparison, others: OthersOn) -> dict[str, str]:
    """Return the list of topics, and the pages of each, ten trusts to a page."""
    pages = {"topics/index.md": _index(library)}
    said = {trust.id: topics_of(trust) for trust in library.trusts.values()}
    for topic in library.vocabulary.topics.values():
        differ = topic_differences(library, comparison, topic)
        for share in shares(library):
            refs = {trust.id: said[trust.id].get(topic.id, []) for trust in share.trusts}
            path = f"topics/{topic.id}/{share.folder}index.md"
            pages[path] = _topic_page(library, topic, share, refs, differ, others.fold)
    return pages


def _index(library: Library) -> str:
    body = [
        "# Topics",
        '<p class="intro">Every topic shows what all trusts say on it, side by side.</p>',
        _topic_list(library),
    ]
    return page("Topics", body, description="What the policies cover, by topic.")


def _topics(library: Library) -> list[Term]:
    return sorted(library.vocabulary.topics.values(), key=lambda one: one.label)


def topic_links(library: Library) -> str:
    """Return all topics as links, in the order of their labels."""
    rows = "\n".join(f'<li><a href="{topic_url(one.id)}">{attribute(one.label)}</a></li>' for one in _topics(library))
    return f'<ul class="topic-links">\n{rows}\n</ul>'


def _topic_list(library: Library) -> str:
    """Return all topics as links, each with its meaning and how many trusts speak of it."""
    said = [topics_of(trust) for trust in library.trusts.values()]
    rows = []
    for topic in _topics(library):
        speaking = sum(topic.id in topics for topics in said)
        rows.append(
            f'<li><a href="{topic_url(topic.id)}">{attribute(topic.label)}</a> <span>{attribute(topic.meaning)}</span> '
            f'<span class="muted">{speaking} of {len(said)} trusts.</span></li>'
        )
    return f'<ul class="topic-list">\n{"\n".join(rows)}\n</ul>'


def _topic_page(
    library: Library, topic: Term, share: Share, said: Mapping[str, list[str]], differ: str, others: Others
) -> str:
    columns = "\n".join(_column(library, topic, trust, said[trust.id], others) for trust in share.trusts)
    summary = "\n".join(_summary(library, trust, said[trust.id]) for trust in share.trusts)
    body = [
        f"# {text(topic.label)}",
        f'<p class="intro">{attribute(topic.meaning)}</p>',
        differ if share.number == 1 else "",
        other_shares(library, topic_url(topic.id), share),
        "## What each policy says {#each}",
        f'<ul class="at-a-glance" data-mine-first>\n{summary}\n</ul>',
        f'<div class="columns">\n{columns}\n</div>',
        f'<p class="ways-on"><a href="{TOPICS}">All topics</a> <a href="{COMPARE}">Compare chosen trusts</a> '
        f'<a href="{STRICTNESS}">How strict each trust is</a></p>',
    ]
    description = f"{topic.label}: what each trust's policy says. {topic.meaning}"
    return page(topic.label, body, description=description, wide=True)


def _summary(library: Library, trust: Trust, refs: Collection[str]) -> str:
    """Return one line: a trust and how often each duty stands in what it says on the topic."""
    provisions = trust.provisions
    counts = Counter(provisions[ref].duty for ref in refs)
    duties = [duty for duty in library.vocabulary.duties if duty in COLOURED and counts[duty]]
    badges = " ".join(f"<span>{badge(duty, library.vocabulary)} {counts[duty]}</span>" for duty in duties)
    background = "Says how or why, and asks nothing of you." if refs else "The policy does not say."
    return (
        f'<li data-trust="{attribute(trust.id)}"><a href="#{attribute(trust.id)}">{attribute(trust.short_name)}</a> '
        f"{badges or f'<span>{background}</span>'}</li>"
    )


def _column(library: Library, topic: Term, trust: Trust, refs: Collection[str], others: Others) -> str:
    head = (
        f'<h3 id="{attribute(trust.id)}">{initial(trust)} '
        f'<a href="{trust_url(trust.id)}">{attribute(trust.short_name)}</a></h3>'
    )
    if not refs:
        silent = f'<p class="silent">{attribute(trust.short_name)}: the policy does not say.</p>'
        return f'<section class="column" data-trust="{attribute(trust.id)}">\n{head}\n{silent}\n</section>'
    parts = [_extract(library, topic, trust, clause, others) for clause in trust.clauses]
    if topic.id in practised(library, trust):
        at = f'<span class="visually-hidden">at {attribute(trust.short_name)}</span>'
        parts.append(f'<p class="ways-on">{practise_link(trust, [topic.id], f"Practise this {at}")}</p>')
    says = "\n".join(part for part in parts if part)
    return f'<section class="column" data-trust="{attribute(trust.id)}">\n{head}\n{says}\n</section>'


def _extract(library: Library, topic: Term, trust: Trust, clause: Clause, others: Others) -> str:
    """Return what a clause says on the topic, under its title, and how others stand; nothing if it says nothing."""
    refs = [one.ref for one in clause.provisions if one.topic == topic.id]
    if not refs:
        return ""
    title = f'<a href="{attribute(clause_url(clause))}">{attribute(clause.title)}</a>'
    extract = clause_extract(clause, library.vocabulary, refs)
    return f'<h4 class="clause-title">{title}</h4>\n<div class="clause">\n{extract}\n{others(trust, clause)}\n</div>'
