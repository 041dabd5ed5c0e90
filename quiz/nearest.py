"""Which existing name did somebody probably mean?"""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(wrong: object, existing: Iterable[str]) -> str | None:
    """Return the existing name most like the wrong one, or None if none is much like it."""
    return next(iter(get_close_matches(str(wrong), list(existing), n=1, cutoff=0.5)), None)


def suggestion(wrong: object, existing: Iterable[str]) -> str:
    """Return ` (did you mean …?)` for the nearest of the existing names, or the list of them if none is near."""
    names = sorted(existing)
    near = nearest(wrong, names)
    if near:
        return f" (did you mean {near}?)"
    return f" (there is: {', '.join(names)})" if names else " (there is none)"


def choices(wrong: object, existing: Iterable[str]) -> str:
    """Return the nearest of the existing names, if one is near, and all of them."""
    names = sorted(existing)
    near = nearest(wrong, names)
    asked = f"did you mean {near}? " if near else ""
    return f" ({asked}There is: {', '.join(names)})" if asked else f" (there is: {', '.join(names)})"
