"""How are very many trusts spread over pages, so that none of them grows with their number?"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import batched

from handbook.library import Library, Trust
from handbook.pages.markup import attribute

# With ten trusts the largest of these pages stay well below 150 kB compressed.
MOST_TRUSTS = 10
MOST_THAT_FIT = 5
# So many pages on either side of one are linked from it, beside the first and the last: no page links to all.
NEIGHBOURS = 3


@dataclass(frozen=True)
class Share:
    """The trusts of one page; the first page has the number 1, and no number in its address."""

    number: int
    trusts: tuple[Trust, ...]

    @property
    def folder(self) -> str:
        """The part of the address that tells this page from the first: nothing, or `2/`."""
        return "" if self.number == 1 else f"{self.number}/"

    @property
    def name(self) -> str:
        """The first and the last trust on it."""
        first, last = self.trusts[0].short_name, self.trusts[-1].short_name
        return first if len(self.trusts) == 1 else f"{first} to {last}"


def shares(library: Library) -> list[Share]:
    """Return all trusts, so many to a page."""
    groups = batched(library.trusts.values(), MOST_TRUSTS)
    return [Share(number, trusts) for number, trusts in enumerate(groups, start=1)]


def folders(library: Library) -> Mapping[str, str]:
    """Return for every trust the part of the address that leads to the page it is on (see `Share.folder`)."""
    return {trust.id: share.folder for share in shares(library) for trust in share.trusts}


def fits(share: Share) -> str:
    """Return the class of a table whose columns all have room on a desk, so that its head can stay in sight."""
    return " fits" if len(share.trusts) <= MOST_THAT_FIT else ""


def other_shares(library: Library, base: str, here: Share) -> str:
    """Return the links to other pages, the first, the last and those nearby; nothing if this is the only one."""
    every = shares(library)
    if len(every) == 1:
        return ""
    shown = [one for one in every if one in (every[0], every[-1]) or abs(one.number - here.number) <= NEIGHBOURS]
    items = "\n".join(
        f"{_left_out(before, one)}<li>{_here(one) if one.number == here.number else _link(base, one)}</li>"
        for before, one in zip([None, *shown], shown, strict=False)
    )
    return f'<nav class="shares" aria-label="More trusts">\n<ul>\n{items}\n</ul>\n</nav>'


def _left_out(before: Share | None, share: Share) -> str:
    return '<li aria-hidden="true">…</li>\n' if before and share.number > before.number + 1 else ""


def _here(share: Share) -> str:
    return f'<strong aria-current="page">{attribute(share.name)}</strong>'


def _link(base: str, share: Share) -> str:
    return f'<a href="{base}{share.folder}">{attribute(share.name)}</a>'
