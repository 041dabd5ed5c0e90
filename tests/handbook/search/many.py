"""Handbooks larger than there are policies for: the real trusts several times over."""

from dataclasses import replace

from handbook.library import Library, Trust


def many(library: Library, times: int) -> Library:
    """Return a library with every trust several times, each under a name of its own."""
    trusts = [_like(one, number) for number in range(times) for one in library.trusts.values()]
    return replace(library, trusts={one.id: one for one in trusts})


def _like(trust: Trust, number: int) -> Trust:
    id = f"{trust.id}-{number}"
    return replace(trust, id=id, clauses=tuple(replace(one, trust=id) for one in trust.clauses))
