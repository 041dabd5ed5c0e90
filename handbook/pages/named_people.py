"""The people a policy names: on a trust's page, and on its page to print."""

from collections.abc import Iterator

from handbook.library import NamedRole, Trust
from handbook.pages.markup import attribute, ref_links


def people(trust: Trust) -> Iterator[str]:
    """Yield the heading and the list."""
    yield "## People this policy names {#people}"
    if not trust.roles:
        yield "The policy names nobody."
        return
    rows = "\n".join(_person(trust, role) for role in trust.roles)
    yield f'<dl class="people">\n{rows}\n</dl>'


def _person(trust: Trust, role: NamedRole) -> str:
    refs = ref_links(trust.id, role.cites, here=True)
    return f"<div><dt>{attribute(role.name)}</dt><dd>{attribute(role.does)} {refs}</dd></div>"
