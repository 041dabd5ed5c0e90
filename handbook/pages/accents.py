"""Each trust's one colour, as a stylesheet: a strict Content-Security-Policy allows none in the pages themselves."""

from handbook.library import Library


def accents(library: Library) -> dict[str, str]:
    """Return the stylesheet that the pages of handbook and register share."""
    rules = "\n".join(f'[data-trust="{trust.id}"] {{ --accent: {trust.accent}; }}' for trust in library.trusts.values())
    return {"accents.css": f"{rules}\n"}
