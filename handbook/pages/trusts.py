"""The page of a trust: its whole policy, clause by clause, in the document's own order."""

from collections.abc import Collection, Iterator
from itertools import groupby

from handbook.addresses import (
    ask_url,
    gaps_url,
    guides_url,
    pdf_url,
    policy_data_url,
    print_url,
    roles_url,
    training_url,
)
from handbook.courses import is_answered
from handbook.library import Clause, Library, Trust
from handbook.pages.clauses import clause_body, clause_heading, remark
from handbook.pages.dates import counted, spoken
from handbook.pages.document_control import facts_list
from handbook.pages.markup import attribute, badge, heading, initial, page, text
from handbook.pages.named_people import people
from handbook.pages.others import OthersOn
from handbook.pages.practise import practise_link, practised


def trust_pages(library: Library, others: OthersOn) -> dict[str, str]:
    """Return the page of every trust."""
    return {f"{trust.id}/index.md": _trust_page(library, trust, others) for trust in library.trusts.values()}


def _trust_page(library: Library, trust: Trust, others: OthersOn) -> str:
    body = [
        f"# {text(trust.name)} {{.trust-title}}",
        document_control(library, trust),
        *_draft(trust),
        _what_to_do(trust),
        _ways(library, trust),
        _contents(trust),
        how_to_read(library),
        *_sections(library, trust, others),
        *people(trust),
    ]
    description = f"What the social media policy of {trust.name} says, clause by clause."
    return page(trust.name, body, description=description, trust=trust.id, contents=True, modules=["permalinks.mjs"])


def document_control(library: Library, trust: Trust) -> str:
    """Return what the document says about itself, with its review state on the day of the build."""
    shown = f'<p class="muted">As of {spoken(library.built_on)}.</p>'
    return (
        f'<div class="document-control">\n<p class="trust-mark">{initial(trust)} <span>The whole policy, restated in '
        f"plain words</span></p>\n{facts_list(library, trust)}\n{shown}\n</div>"
    )


def _draft(trust: Trust) -> Iterator[str]:
    if trust.guesses:
        marks = counted(trust.guesses, "mark").capitalize()
        were = "was" if trust.guesses == 1 else "were"
        yield (
            f'<p class="notice">This page is a draft. {marks} on it, such as Must or May, {were} guessed by a program. '
            "Nobody has checked them yet: go by the policy itself.</p>"
        )


def _what_to_do(trust: Trust) -> str:
    if not is_answered(trust):
        return (
            '<p class="notice">Not every answer has been worked out from this policy yet. There is no training, and '
            "nobody can be cleared to post.</p>\n"
            f'<p class="actions"><a class="button" href="{ask_url(trust.id)}">See whom to ask</a> '
            f'<a class="button secondary" href="{gaps_url(trust.id)}">See what is not yet answered</a></p>'
        )
    return (
        f'<p class="actions"><a class="button" href="{training_url(trust.id)}">Take the training</a> '
        f'<a class="button secondary" href="{ask_url(trust.id)}">See whom to ask</a></p>'
    )


def _ways(library: Library, trust: Trust) -> str:
    """Return the links to what else there is about this trust."""
    ways = [
        *([(guides_url(trust.id), "Step by step")] if library.guides else []),
        (roles_url(trust.id), "What you do, by role"),
        (gaps_url(trust.id), "Gaps and tensions"),
        (print_url(trust.id), "Print"),
        (pdf_url(trust.id), "PDF"),
        (policy_data_url(trust.id), "Data (JSON)"),
    ]
    return f'<p class="ways-on">{" ".join(f'<a href="{href}">{words}</a>' for href, words in ways)}</p>'


def how_to_read(library: Library) -> str:
    """Return the key to the badges."""
    rows = "\n".join(
        f"<div><dt>{badge(duty.id, library.vocabulary)}</dt><dd>{attribute(duty.meaning)}</dd></div>"
        for duty in library.vocabulary.duties.values()
    )
    return (
        f'<details class="key">\n<summary>How to read the badges</summary>\n<dl class="facts">\n{rows}\n</dl>\n'
        f"<p>The number after a sentence is its place in the policy, and a link to it.</p>\n</details>"
    )


def _contents(trust: Trust) -> str:
    """Return the links to the page's sections; the clauses are too many to list."""
    sections = "\n".join(
        f'<li><a href="#section:{place}">{attribute(section)}</a></li>'
        for place, (section, _) in enumerate(groupby(trust.clauses, key=lambda one: one.section), start=1)
    )
    return (
        f'<nav class="contents" aria-label="On this page">\n<p>On this page</p>\n<ol>\n{sections}\n'
        f'<li><a href="#people">People this policy names</a></li>\n</ol>\n</nav>'
    )


def _sections(library: Library, trust: Trust, others: OthersOn) -> Iterator[str]:
    topics = practised(library, trust)
    for place, (section, clauses) in enumerate(groupby(trust.clauses, key=lambda one: one.section), start=1):
        yield heading(section, f"section:{place}")
        for clause in clauses:
            notes = "\n".join(remark(note) for note in clause.notes)
            yield (
                f'{clause_heading(clause)}\n<div class="clause">\n{clause_body(clause, library.vocabulary)}\n{notes}\n'
                f"{others.fold(trust, clause)}\n{_ways_on(library, trust, clause, topics, others)}\n</div>"
            )


def _ways_on(library: Library, trust: Trust, clause: Clause, asked: Collection[str], others: OthersOn) -> str:
    """Return the links under a clause: the same topics at other trusts, practice where there is any, its own link.

    The button does nothing without permalinks.mjs, and the stylesheet hides it where there are no scripts.
    """
    topics = dict.fromkeys([clause.topic, *(one.topic for one in clause.provisions)])
    links = ", ".join(
        f'<a href="{others.topic_url(topic, clause.trust)}">{attribute(library.vocabulary.topics[topic].label)}</a>'
        for topic in topics
    )
    of = f' <span class="visually-hidden">– {attribute(clause.title)}</span>'
    practise = practise_link(trust, [one for one in topics if one in asked], f"Practise this{of}")
    ref = attribute(clause.ref)
    copy = (
        f'<button class="link-button copy-link" type="button" data-ref="{ref}">Copy link'
        f'<span class="visually-hidden"> to {ref}</span></button>'
    )
    return f'<p class="ways-on"><span>All trusts on this: {links}</span> {practise} {copy}</p>'
