"""All pages of the handbook, as Markdown by path: pure functions of the library."""

from collections.abc import Callable, Iterator

from handbook.comparison import compared
from handbook.history import NO_HISTORY, History
from handbook.library import Library
from handbook.pages.accents import accents
from handbook.pages.ask import ask_pages
from handbook.pages.calendar import calendar_pages
from handbook.pages.changes import change_pages
from handbook.pages.collate import collate_pages
from handbook.pages.compare import compare_pages
from handbook.pages.gaps import gap_pages
from handbook.pages.guides import guide_pages
from handbook.pages.home import home_parts
from handbook.pages.matrix import matrix_pages
from handbook.pages.may_i import may_i_pages
from handbook.pages.others import OthersOn
from handbook.pages.practise import practise_pages
from handbook.pages.prints import print_pages
from handbook.pages.roles import role_pages
from handbook.pages.search import search_pages
from handbook.pages.strictness import strictness_pages
from handbook.pages.topics import topic_pages
from handbook.pages.training import training_pages
from handbook.pages.trusts import trust_pages
from handbook.policy_data import policy_files
from handbook.sharing import each


def all_pages(library: Library, history: History = NO_HISTORY, *, register: bool = True) -> dict[str, str]:
    """Return the text of every generated file by its path under docs/handbook; `register`: is there to be one?"""
    kinds = kinds_of_pages(library, history, lambda pages: pages, register=register)
    return {path: words for pages in kinds for path, words in pages.items()}


def kinds_of_pages[Kept](
    library: Library, history: History, keep: Callable[[dict[str, str]], Kept], *, register: bool
) -> Iterator[Kept]:
    """Yield what `keep` makes of the same, one kind of page after the other.

    It is called where the pages are made: so those of very many trusts are never sent from process to process.
    """
    comparison = compared(library)
    others = OthersOn(library, comparison)
    kinds: tuple[Callable[[], dict[str, str]], ...] = (
        lambda: home_parts(library, register=register),
        lambda: trust_pages(library, others),
        lambda: topic_pages(library, comparison, others),
        lambda: compare_pages(library, comparison),
        lambda: matrix_pages(library, comparison),
        lambda: strictness_pages(library, comparison),
        lambda: search_pages(library),
        lambda: may_i_pages(library),
        lambda: practise_pages(library),
        lambda: collate_pages(library),
        lambda: role_pages(library),
        lambda: guide_pages(library),
        lambda: ask_pages(library),
        lambda: gap_pages(library),
        lambda: calendar_pages(library),
        lambda: change_pages(library, history),
        lambda: print_pages(library),
        lambda: policy_files(library),
        lambda: accents(library),
    )
    yield from each(lambda pages_of: keep(pages_of()), kinds, trusts=len(library.trusts))
    # Half of the work is in these: they are shared out by trust.
    yield keep(training_pages(library, register=register))
