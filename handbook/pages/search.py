"""The search page: the form and its filters; docs/assets/search.mjs fills in what is found."""

from collections.abc import Iterable

from handbook.addresses import MAY_I, SEARCH, TOPICS
from handbook.library import Library, Term
from handbook.pages.markup import attribute, page


def search_pages(library: Library) -> dict[str, str]:
    """Return the search page; without scripts it says so, and where to look instead."""
    vocabulary = library.vocabulary
    trusts = [(one.id, one.short_name) for one in library.trusts.values()]
    topics = sorted(_labels(vocabulary.topics.values()), key=lambda one: one[1])
    filters = "\n".join(
        (
            _filter("trust", "Trust", "All trusts", trusts),
            _filter("topic", "Topic", "All topics", topics),
            _filter("duty", "Duty", "All duties", _labels(vocabulary.duties.values())),
        )
    )
    form = f"""<noscript><p class="notice">Search needs JavaScript. Without it, use the
<a href="{TOPICS}">list of topics</a>.</p></noscript>
<form class="search-form" id="search" action="{SEARCH}" method="get" role="search" aria-label="Clauses">
<div class="field"><label for="q">What do you want to know?</label>
<div class="with-button"><input type="search" id="q" name="q" autocomplete="off" spellcheck="true">
<button class="button" type="submit">Search</button></div></div>
<details id="search-filters" open><summary>Narrow by trust, topic or duty</summary>
<div class="filters">
{filters}
</div></details>
</form>"""
    found = f"""<p id="search-status" class="muted" role="status"></p>
<div id="search-near" hidden><div class="offers"></div>
<p>You can also look under <a href="{TOPICS}">all topics</a>, or ask <a href="{MAY_I}">May I…?</a></p></div>
<ol id="search-results" class="results"></ol>
<p><button class="button secondary" id="search-more" type="button" hidden>Show more clauses</button></p>"""
    body = ["# Search the policies", form, found]
    description = "Find a clause in any trust's policy, in your own words."
    return {"search/index.md": page("Search", body, description=description, own_search=True, modules=["search.mjs"])}


def _labels(terms: Iterable[Term]) -> list[tuple[str, str]]:
    return [(term.id, term.label) for term in terms]


def _filter(name: str, label: str, everything: str, choices: Iterable[tuple[str, str]]) -> str:
    options = "".join(
        f'<option value="{attribute(value)}" data-label="{attribute(words)}">{attribute(words)}</option>'
        for value, words in choices
    )
    return (
        f'<div class="field"><label for="{name}">{label}</label>\n'
        f'<select id="{name}" name="{name}"><option value="">{everything}</option>{options}</select></div>'
    )
