"""The matrix: what every trust answers to every question, at a glance, and in which cases it depends."""

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlencode

from handbook.addresses import COMPARE, MATRIX, STRICTNESS, may_i_url, trust_url
from handbook.comparison import UNANSWERED, Comparison, Question
from handbook.library import Library, Trust
from handbook.may_i import ASKED, GROUPS
from handbook.pages.bars import PART_WORDS, bar, parts
from handbook.pages.differences import ORDER, case_words, verdict_badge
from handbook.pages.markup import attribute, initial, page, ref_links
from handbook.pages.shares import Share, fits, other_shares, shares

# So many cases are shown for one verdict; May I…? works out any other.
MOST_CASES = 4


def matrix_pages(library: Library, comparison: Comparison) -> dict[str, str]:
    """Return the matrix, ten trusts to a page."""
    return {f"matrix/{share.folder}index.md": _page(library, comparison, share) for share in shares(library)}


def _page(library: Library, comparison: Comparison, share: Share) -> str:
    body = [
        "# Every question, every trust",
        '<p class="intro">Each cell is a policy\'s answer. Open it to see when, and where that stands.</p>',
        f'<p class="ways-on"><a href="{COMPARE}">Compare chosen trusts</a> '
        f'<a href="{STRICTNESS}">How strict each trust is</a></p>',
        other_shares(library, MATRIX, share),
        _how_it_is_made(),
        _table(comparison, share),
    ]
    title = "Every question, every trust"
    description = "What every trust's social media policy answers to every question, side by side."
    return page(title, body, description=description, wide=True, modules=["matrix.mjs"])


def _how_it_is_made() -> str:
    return (
        "<details>\n<summary>How the answers are found</summary>\n"
        "<p>Every policy is asked the same cases: all is in order, or all but one thing. A case that makes no "
        "difference at any trust is left out. The numbers count cases, not rules.</p>\n</details>"
    )


def _table(comparison: Comparison, share: Share) -> str:
    """Return the table; a phone shows its rows as blocks, so docs/assets/matrix.mjs writes out its roles."""
    heads = "".join(
        f'<th scope="col" data-trust="{attribute(trust.id)}">'
        f'<a href="{trust_url(trust.id)}">{attribute(trust.short_name)}</a></th>'
        for trust in share.trusts
    )
    rows = "\n".join(_group(comparison, share, name, decisions) for name, decisions in GROUPS.items())
    return (
        f'<div class="table-scroll{fits(share)}" role="region" aria-label="Questions by trust" tabindex="0">\n'
        '<table class="matrix">\n<thead><tr>'
        f'<th scope="col">Question</th>{heads}</tr></thead>\n{rows}\n</table>\n</div>'
    )


def _group(comparison: Comparison, share: Share, name: str, decisions: tuple[str, ...]) -> str:
    rows = "\n".join(_row(comparison.questions[decision], share) for decision in decisions)
    return (
        f'<tbody>\n<tr class="group-row"><th scope="rowgroup" '
        f'colspan="{len(share.trusts) + 1}">{attribute(name)}</th></tr>\n{rows}\n</tbody>'
    )


def _row(question: Question, share: Share) -> str:
    cells = "\n".join(_cell(question, trust) for trust in share.trusts)
    return (
        f'<tr><th scope="row" id="{question.decision}">'
        f"{attribute(ASKED[question.decision].question)}</th>\n{cells}</tr>"
    )


def _cell(question: Question, trust: Trust) -> str:
    tally = Counter(question.verdicts(trust.id))
    who = f'<span class="who">{initial(trust)} {attribute(trust.short_name)}</span>'
    return (
        f'<td data-trust="{attribute(trust.id)}">{who}<div>{_says(question, trust, tally)}'
        f"{_work_it_out(question.decision, trust, tally)}</div></td>"
    )


def _says(question: Question, trust: Trust, tally: Counter[str]) -> str:
    if len(tally) == 1:
        (verdict,) = tally
        refs = dict.fromkeys(ref for answer in question.answers[trust.id] for ref in answer.refs)
        return f"<p>{verdict_badge(question.decision, verdict)} {ref_links(trust.id, refs)}</p>"
    how = "\n".join(_how(question, trust, verdict, tally[verdict]) for verdict in ORDER if tally[verdict])
    # A line may end between two counts, not within one; a comma there looks finished, a dot does not.
    counts = (f"{number} {PART_WORDS[part].lower()}" for part, number in parts(tally).items() if number)
    in_words = ", ".join(one.replace(" ", "\N{NO-BREAK SPACE}") for one in counts)
    return (
        f"<details><summary><strong>It depends</strong> {bar(tally)}<span>{in_words}</span></summary>\n"
        f'<ul class="how">\n{how}\n</ul>\n</details>'
    )


def _how(question: Question, trust: Trust, verdict: str, number: int) -> str:
    cases = list(_plainest(question, trust, verdict))
    rows = "\n".join(f"<li>{one}</li>" for one in cases[:MOST_CASES])
    more = f"<li>{len(cases) - MOST_CASES} more</li>" if len(cases) > MOST_CASES else ""
    return f"<li>{number} {verdict_badge(question.decision, verdict)}\n<ul>\n{rows}{more}\n</ul></li>"


def _plainest(question: Question, trust: Trust, verdict: str) -> Iterator[str]:
    """Yield the plainest case for each set of provisions that leads to a verdict, and those provisions."""
    seen = set()
    for case, answer in zip(question.cases, question.answers[trust.id], strict=True):
        if answer.verdict == verdict and answer.refs not in seen:
            seen.add(answer.refs)
            words = attribute(case_words(question.decision, case))
            yield f"{words} {ref_links(trust.id, answer.refs)}".strip()


def _work_it_out(decision: str, trust: Trust, tally: Counter[str]) -> str:
    if UNANSWERED in tally:
        return ""
    address = f"{may_i_url(decision)}?{urlencode({'trust': trust.id})}"
    hidden = (
        f'<span class="visually-hidden">: {attribute(ASKED[decision].question)} {attribute(trust.short_name)}</span>'
    )
    return f'<p><a href="{attribute(address)}">Work it out{hidden}</a></p>'
