"""How strict is each trust, by topic? A chart for every trust, drawn at build time, and the same numbers as a table."""

from collections import Counter

from handbook.addresses import COMPARE, MATRIX, STRICTNESS, topic_url, trust_url
from handbook.comparison import UNANSWERED, Comparison
from handbook.library import Library, Term, Trust
from handbook.pages.bars import NO, PART_WORDS, parts, percentages, rectangles
from handbook.pages.differences import WORDS, cases_counted
from handbook.pages.markup import attribute, page
from handbook.pages.shares import Share, fits, other_shares, shares

# In the chart's own units, which are about a pixel on a desk.
WIDTH, ROW, LABEL, BAR = 272, 54, 20, 18
# A share of one or two cases is no picture; those topics stand in the table.
LEAST_CASES = 3
NOT_YET = WORDS[UNANSWERED]


def strictness_pages(library: Library, comparison: Comparison) -> dict[str, str]:
    """Return the charts, ten trusts to a page."""
    topics = _topics(library, comparison)
    return {
        f"strictness/{share.folder}index.md": _page(library, comparison, topics, share) for share in shares(library)
    }


def _topics(library: Library, comparison: Comparison) -> list[Term]:
    """Return the topics on which anything is decided, those with the largest share of *No* over all trusts first."""

    def refusals(topic: Term) -> float:
        tally: Counter[str] = Counter()
        for place in comparison.topics[topic.id]:
            tally.update(comparison.tallies[place])
        return -parts(tally)[NO] / tally.total()

    decided = [topic for topic in library.vocabulary.topics.values() if comparison.topics[topic.id]]
    return sorted(decided, key=lambda topic: (refusals(topic), topic.label))


def _page(library: Library, comparison: Comparison, topics: list[Term], share: Share) -> str:
    drawn = [topic for topic in topics if len(comparison.topics[topic.id]) >= LEAST_CASES]
    figures = "\n".join(_figure(comparison, drawn, trust) for trust in share.trusts)
    body = [
        "# How strict each trust is",
        '<p class="intro">The higher and redder a bar, the more often the answer is no.</p>',
        f'<p class="ways-on"><a href="{MATRIX}">Every question, every trust</a> '
        f'<a href="{COMPARE}">Compare chosen trusts</a></p>',
        other_shares(library, STRICTNESS, share),
        _key(),
        f'<div class="charts">\n{figures}\n</div>',
        "## The numbers",
        # On a phone the table is ten times as long as the charts.
        f"<details>\n<summary>Show the numbers</summary>\n{_table(comparison, topics, share)}\n</details>",
    ]
    description = "How strict each trust's social media policy is, topic by topic."
    return page("How strict each trust is", body, description=description, wide=True, modules=["matrix.mjs"])


def _key() -> str:
    samples = "\n".join(
        f'<li><svg class="bar" viewBox="0 0 32 16" aria-hidden="true" focusable="false">'
        f"{rectangles({part: 1}, top=0, width=34, height=16)}</svg> {words}</li>"
        for part, words in PART_WORDS.items()
    )
    return (
        f'<ul class="bar-key">\n{samples}\n</ul>\n\n<p class="muted">Each bar is all the cases that a rule on '
        "the topic decides at some trust. The same cases are put to every policy.</p>"
    )


def _figure(comparison: Comparison, topics: list[Term], trust: Trust) -> str:
    """Return a trust's chart: under the name of each topic its bar; or that nobody has answered anything yet."""
    rows = "".join(
        f'<text x="0" y="{number * ROW + LABEL}">{attribute(topic.label)}</text>'
        f"{rectangles(_parts(comparison, topic, trust), top=number * ROW + LABEL + 6, width=WIDTH, height=BAR)}"
        for number, topic in enumerate(topics)
    )
    name, kind = attribute(trust.short_name), attribute(trust.id)
    head = (
        f'<figure class="column" data-trust="{kind}">\n'
        f'<figcaption><a href="{trust_url(trust.id)}">{name}</a></figcaption>\n'
    )
    if not trust.positions:
        return f'{head}<p class="muted">{NOT_YET}</p>\n</figure>'
    return (
        f'{head}<svg class="chart" viewBox="0 0 {WIDTH} {len(topics) * ROW}" role="img" '
        f'aria-labelledby="title:{kind} about:{kind}"><title id="title:{kind}">How strict {name} is, by topic</title>'
        f'<desc id="about:{kind}">{attribute(_said(comparison, topics, trust))}</desc>{rows}</svg>\n</figure>'
    )


def _said(comparison: Comparison, topics: list[Term], trust: Trust) -> str:
    """Return what the chart shows, in words."""
    shares_of_no = {topic.label: percentages(_parts(comparison, topic, trust))[NO] for topic in topics}
    most = max(shares_of_no, key=lambda one: shares_of_no[one], default="")
    if not shares_of_no or not shares_of_no[most]:
        return "It says no nowhere. The table below has all numbers."
    return f"It says no most often on {most} ({shares_of_no[most]}% of cases). The table below has all numbers."


def _parts(comparison: Comparison, topic: Term, trust: Trust) -> dict[str, int]:
    return parts(Counter(comparison.answer(trust.id, place).verdict for place in comparison.topics[topic.id]))


def _table(comparison: Comparison, topics: list[Term], share: Share) -> str:
    heads = "".join(
        f'<th scope="col" data-trust="{attribute(trust.id)}">{attribute(trust.short_name)}</th>'
        for trust in share.trusts
    )
    rows = "\n".join(
        f'<tr><th scope="row"><a href="{topic_url(topic.id)}">{attribute(topic.label)}</a> '
        f'<span class="muted">{cases_counted(len(comparison.topics[topic.id]))}</span></th>'
        f"{''.join(_cell(comparison, topic, trust) for trust in share.trusts)}</tr>"
        for topic in topics
    )
    return (
        f'<div class="table-scroll{fits(share)}" role="region" aria-label="The numbers by topic" tabindex="0">\n'
        '<table class="matrix">\n<thead><tr>'
        f'<th scope="col">Topic</th>{heads}</tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody>\n</table>\n</div>"
    )


def _cell(comparison: Comparison, topic: Term, trust: Trust) -> str:
    found = percentages(_parts(comparison, topic, trust))
    says = ", ".join(f"{share}% {PART_WORDS[part].lower()}" for part, share in found.items() if share)
    if not trust.positions:
        says = NOT_YET
    who = f'<span class="who">{attribute(trust.short_name)}</span>'
    return f'<td data-trust="{attribute(trust.id)}">{who}<div>{says}</div></td>'
