"""All pages of the handbook, as Markdown by path: pure functions of the library."""

from handbook.library import Library
from handbook.pages.accents import accents
from handbook.pages.collate import collate_pages
from handbook.pages.home import home_parts
from handbook.pages.may_i import may_i_pages
from handbook.pages.search import search_pages
from handbook.pages.topics import topic_pages
from handbook.pages.training import training_pages
from handbook.pages.trusts import trust_pages


def all_pages(library: Library, *, register: bool = True) -> dict[str, str]:
    """Return the text of every generated file by its path under docs/handbook; `register`: is there to be one?"""
    return {
        **home_parts(library, register=register),
        **trust_pages(library),
        **topic_pages(library),
        **search_pages(library),
        **may_i_pages(library),
        **training_pages(library, register=register),
        **collate_pages(library),
        **accents(library),
    }
