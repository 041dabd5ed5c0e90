"""The pages of gaps and tensions: what a policy leaves silent, where it is odd or out of date, and whom to ask."""

from collections.abc import Iterator, Sequence

from handbook.addresses import GAPS, ask_url, clause_url, gaps_url, may_i_url
from handbook.gaps import Gaps, gaps_of, silent_at
from handbook.library import Clause, Library, Trust
from handbook.may_i import ASKED
from handbook.pages.chooser import trust_head, trust_list
from handbook.pages.clauses import remark
from handbook.pages.dates import counted, review_state
from handbook.pages.guides import whom_to_ask
from handbook.pages.markup import attribute, page, ref_link, ref_links, with_links
from quiz.decisions import DECISIONS

# So many trusts are named at one question; the page must not grow with trusts times questions.
MOST_NAMED = 6
UNDATED = {
    "approved": "The policy does not say when it was approved.",
    "review_due": "The policy does not say when it is reviewed.",
}


def gap_pages(library: Library) -> dict[str, str]:
    """Return the page over all trusts, and a page for every trust."""
    pages = {f"{trust.id}/gaps/index.md": _trust_page(library, trust) for trust in library.trusts.values()}
    return {"gaps/index.md": _index(library), **pages}


def _index(library: Library) -> str:
    body = [
        "# Gaps and tensions",
        '<p class="intro">What the policies do not say, and where they are at odds with themselves or out of date. '
        "Nothing is repaired here: the policy decides.</p>",
        "## By trust {#trusts}",
        trust_list(library, gaps_url, lambda trust: _in_short(library, trust)),
        *_left_open(library),
    ]
    return page("Gaps and tensions", body, description="What the policies leave open.")


def _left_open(library: Library) -> Iterator[str]:
    """Yield what most policies leave open, then what fewer do, and in a sentence how much none does."""
    silent = {decision: silent_at(library.trusts.values(), decision) for decision in DECISIONS}
    left_open = sorted((one for one in silent if silent[one]), key=lambda one: -len(silent[one]))
    yield "## Questions that policies leave open {#questions}"
    if left_open:
        rows = "\n".join(_silent_row(decision, silent[decision]) for decision in left_open)
        yield (
            '<div class="table-scroll" tabindex="0" role="region" aria-label="Questions that policies leave open">\n'
            '<table class="data-table">\n<thead><tr><th scope="col">Question</th>'
            f'<th scope="col">Not answered by</th></tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n</div>'
        )
    if len(left_open) < len(silent):
        others = counted(len(silent) - len(left_open), "other question" if left_open else "question")
        yield f"No policy is silent on the {others}."


def _silent_row(decision: str, silent: Sequence[Trust]) -> str:
    named = ", ".join(
        f'<a href="{gaps_url(one.id)}#{decision}">{attribute(one.short_name)}</a>' for one in silent[:MOST_NAMED]
    )
    more = f" and {len(silent) - MOST_NAMED} more" if len(silent) > MOST_NAMED else ""
    return f'<tr><th scope="row">{_asked(decision)}</th><td>{named}{more}</td></tr>'


def _asked(decision: str) -> str:
    """Return a decision's question, as a link to where it is asked."""
    if decision not in ASKED:
        return attribute(DECISIONS[decision].question)
    return f'<a href="{may_i_url(decision)}">{attribute(ASKED[decision].question)}</a>'


def _in_short(library: Library, trust: Trust) -> str:
    found = gaps_of(trust)
    review = review_state(_due(trust), library.built_on)
    parts = [
        f"{counted(len(found.silences), 'question')} without an answer",
        f"{counted(len(found.odd), 'clause')} with something odd",
        *(["review overdue"] if review.overdue else []),
    ]
    return f"{', '.join(parts)}.".capitalize()


def _due(trust: Trust) -> str | None:
    due = trust.document.get("review_due")
    return due.value if due else None


def _trust_page(library: Library, trust: Trust) -> str:
    found = gaps_of(trust)
    body = [
        "# Gaps and tensions",
        trust_head(trust),
        '<p class="intro">What this policy leaves open. Nothing is repaired here: the policy decides, and its owner '
        "can mend it.</p>",
        *_dates(library, trust, found),
        *_silences(library, trust, found),
        *_odd(trust, found),
        f'<p class="ways-on"><a href="{ask_url(trust.id)}">Whom to ask</a> '
        f'<a href="{GAPS}">Gaps at other trusts</a></p>',
    ]
    description = f"What the social media policy of {trust.name} leaves open."
    return page(f"Gaps and tensions at {trust.short_name}", body, description=description, trust=trust.id)


def _dates(library: Library, trust: Trust, found: Gaps) -> Iterator[str]:
    yield "## Dates {#dates}"
    due = trust.document.get("review_due")
    if due:
        state = review_state(due.value, library.built_on)
        kind = "review overdue" if state.overdue else "review"
        yield f'<p><span class="{kind}">{state.says}</span> {ref_links(trust.id, due.cites)}</p>'
    for one in found.undated:
        yield f"<p>{UNDATED[one]}</p>"


def _silences(library: Library, trust: Trust, found: Gaps) -> Iterator[str]:
    yield "## What it does not say {#silent}"
    if not found.silences and not found.unanswered:
        yield "The policy has an answer to every question of this handbook."
    if found.silences:
        rows = "\n".join(
            f'<li id="{one.decision}"><strong>{_asked(one.decision)}</strong> '
            f"<span>{with_links(trust, one.reason)}</span> "
            f"<span>{whom_to_ask(library, trust, one.decision)}</span></li>"
            for one in found.silences
        )
        yield f'<ul class="gaps">\n{rows}\n</ul>'
    if found.unanswered:
        rows = "\n".join(f'<li id="{one}">{_asked(one)}</li>' for one in found.unanswered)
        yield "### Not yet answered {#unanswered}"
        yield f"Nobody has looked for the answer in the policy yet.\n\n<ul>\n{rows}\n</ul>"


def _odd(trust: Trust, found: Gaps) -> Iterator[str]:
    yield "## What is odd {#odd}"
    if not found.odd:
        yield "Nothing odd has been noted."
    for clause in found.odd:
        yield _clause(trust, clause)


def _clause(trust: Trust, clause: Clause) -> str:
    title = f'<a href="{attribute(clause_url(clause))}">{attribute(clause.title)}</a>'
    notes = "\n".join(remark(one) for one in clause.notes).replace('href="#', f'href="/handbook/{trust.id}/#')
    return f'<h3 class="clause-title">{ref_link(trust.id, clause.ref)} {title}</h3>\n{notes}'
