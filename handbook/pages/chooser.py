"""Which trust is meant? A list of all of them, for pages whose content is each trust's own."""

from collections.abc import Callable

from handbook.addresses import trust_url
from handbook.library import Library, Trust
from handbook.pages.markup import attribute, initial


def trust_list(library: Library, address: Callable[[str], str], says: Callable[[Trust], str]) -> str:
    """Return the trusts as links to their own pages, each with a few words; the reader's own comes first."""
    rows = "\n".join(
        f'<li data-trust="{attribute(trust.id)}">{initial(trust)} '
        f'<a href="{attribute(address(trust.id))}">{attribute(trust.name)}</a> '
        f'<span class="review">{attribute(says(trust))}</span></li>'
        for trust in library.trusts.values()
    )
    return f'<ul class="trust-list" data-mine-first>\n{rows}\n</ul>'


def trust_head(trust: Trust) -> str:
    """Return whose page this is, with the way back to the whole policy."""
    return f'<p class="trust-mark">{initial(trust)} <a href="{trust_url(trust.id)}">{attribute(trust.name)}</a></p>'
