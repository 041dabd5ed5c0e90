"""Addresses are those the documents promise: they stand in people's bookmarks."""

from handbook import addresses
from handbook.build import course_files
from handbook.elsewhere import elsewhere_files
from handbook.library import Library
from handbook.pages import all_pages
from handbook.search import search_files
from handbook.sources.trusts import RESERVED


def test_clauses_and_provisions_have_the_permalinks_they_were_promised(library: Library) -> None:
    cockburn = library.trusts["cockburn"]
    provision = cockburn.provisions["sanctioned/4a"]
    clause = next(one for one in cockburn.clauses if one.ref == "sanctioned/4")
    assert addresses.provision_url(provision) == "/handbook/cockburn/#sanctioned/4a"
    assert addresses.clause_url(clause) == "/handbook/cockburn/#sanctioned/4"
    assert addresses.topic_url("images-consent") == "/handbook/topics/images-consent/"
    assert addresses.training_url("cockburn") == "/handbook/cockburn/training/"
    assert addresses.course_url("cockburn") == "/handbook/cockburn/course.json"


def test_no_trust_can_take_the_address_of_another_page(library: Library) -> None:
    kinds = (all_pages(library), *course_files(library), elsewhere_files(library), search_files(library))
    files = {path: words for files_of_a_kind in kinds for path, words in files_of_a_kind.items()}
    folders = {path.split("/")[0] for path in files if "/" in path}
    assert folders - set(library.trusts) <= set(RESERVED)
