"""The print view of a policy: all of it on paper, with its numbers, and on every sheet which document it restates."""

from collections.abc import Iterator
from itertools import groupby

from handbook.addresses import pdf_url, trust_url
from handbook.library import Library, Trust
from handbook.pages.clauses import clause_body, clause_heading, remark
from handbook.pages.dates import spoken
from handbook.pages.document_control import facts_list
from handbook.pages.markup import attribute, heading, initial, page, text
from handbook.pages.named_people import people


def print_pages(library: Library) -> dict[str, str]:
    """Return the print view of every trust, and the stylesheet that gives its sheets their margins."""
    pages = {f"{trust.id}/print/index.md": _page(library, trust) for trust in library.trusts.values()}
    sheets = {f"{trust.id}/print.css": sheet(library, trust) for trust in library.trusts.values()}
    return {**pages, **sheets}


def footing(library: Library, trust: Trust) -> str:
    """Return what stands at the foot of every sheet: whose document this restates, its date, and ours."""
    title, dated = trust.document["title"].value, trust.document.get("approved")
    of = f"dated {spoken(dated.value)}" if dated else "undated"
    return f"{trust.name}: {title}, {of}. Restated in plain words on {spoken(library.built_on)}."


def sheet(library: Library, trust: Trust) -> str:
    """Return the stylesheet of a trust's sheets; a strict Content-Security-Policy allows no style in the page."""
    return (
        "@page {\n  size: A4;\n  margin: 18mm 18mm 22mm;\n"
        f'  @bottom-left {{ content: {_quoted(footing(library, trust))}; font: 8pt "Atkinson Hyperlegible Next", '
        "sans-serif; width: 80%; text-align: left; }\n"
        '  @bottom-right { content: counter(page) " of " counter(pages); font: 8pt "Atkinson Hyperlegible Next", '
        "sans-serif; }\n}\n"
    )


def _quoted(words: str) -> str:
    """Return words as a CSS string."""
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("<", "\\3c ").replace("\n", " ")
    return f'"{escaped}"'


def _page(library: Library, trust: Trust) -> str:
    body = [
        f"# {text(trust.name)} {{.trust-title}}",
        f'<p class="actions"><button class="button" type="button" id="print-page" hidden>Print</button> '
        f'<a class="button secondary" href="{pdf_url(trust.id)}">Download the PDF</a> '
        f'<a class="button secondary" href="{trust_url(trust.id)}">Read it on screen</a></p>',
        _control(library, trust),
        *_sections(library, trust),
        *people(trust),
        f'<p class="muted">{attribute(footing(library, trust))} If the two differ, the policy decides.</p>',
    ]
    title = f"{trust.name}: the whole policy for paper"
    return page(
        title,
        body,
        description=f"The social media policy of {trust.name}, for paper.",
        trust=trust.id,
        styles=[f"{trust_url(trust.id)}print.css"],
        modules=["print.mjs"],
    )


def _control(library: Library, trust: Trust) -> str:
    return (
        f'<div class="document-control">\n<p class="trust-mark">{initial(trust)} <span>Social media policy, restated '
        f"in plain words</span></p>\n{facts_list(library, trust)}\n</div>"
    )


def _sections(library: Library, trust: Trust) -> Iterator[str]:
    for place, (section, clauses) in enumerate(groupby(trust.clauses, key=lambda one: one.section), start=1):
        yield heading(section, f"section:{place}")
        for clause in clauses:
            notes = "\n".join(remark(note) for note in clause.notes)
            body = clause_body(clause, library.vocabulary)
            yield f'{clause_heading(clause)}\n<div class="clause">\n{body}\n{notes}\n</div>'
