"""All pages of the handbook, as Markdown by path: pure functions of the library."""

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


def all_pages(library: Library, history: History = NO_HISTORY, *, register: bool = True) -> dict[str, str]:
    """Return the text of every generated file by its path under docs/handbook; `register`: is there to be one?"""
    comparison = compared(library)
    others = OthersOn(library, comparison)
    return {
        **home_parts(library, register=register),
        **trust_pages(library, others),
        **topic_pages(library, comparison, others),
        **compare_pages(library, comparison),
        **matrix_pages(library, comparison),
        **strictness_pages(library, comparison),
        **search_pages(library),
        **may_i_pages(library),
        **training_pages(library, register=register),
        **practise_pages(library),
        **collate_pages(library),
        **role_pages(library),
        **guide_pages(library),
        **ask_pages(library),
        **gap_pages(library),
        **calendar_pages(library),
        **change_pages(library, history),
        **print_pages(library),
        **policy_files(library),
        **accents(library),
    }
