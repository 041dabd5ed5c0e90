"""What a document says about itself is said everywhere in the same words, and a silence is said too."""

from handbook.comparison import Comparison
from handbook.library import Library
from handbook.pages.document_control import SILENT, document_facts, facts_list
from handbook.pages.others import OthersOn
from handbook.pages.prints import print_pages
from handbook.pages.trusts import trust_pages
from handbook.pdf.content import pdf_content


def test_screen_paper_and_pdf_say_the_same(library: Library, comparison: Comparison) -> None:
    paper, screen = print_pages(library), trust_pages(library, OthersOn(library, comparison))
    for trust in library.trusts.values():
        listed = facts_list(library, trust)
        assert listed in paper[f"{trust.id}/print/index.md"]
        assert listed in screen[f"{trust.id}/index.md"]
        told = [[one.name, one.says] for one in document_facts(library, trust)]
        assert pdf_content(library, trust)["facts"] == told


def test_whoever_approved_it_is_named_and_a_silence_is_not_passed_over(library: Library) -> None:
    says = {
        trust.short_name: {one.name: one.says for one in document_facts(library, trust)}
        for trust in library.trusts.values()
    }
    assert says["Wren Spinney"]["Approved by"] == "Directors"
    assert says["Cockburn"]["Approved by"] == SILENT
    assert "Reviewed by" not in says["Wren Spinney"]


def test_an_overdue_review_is_marked_and_leads_to_its_provision(library: Library) -> None:
    listed = facts_list(library, library.trusts["cockburn"])
    (row,) = [one for one in listed.splitlines() if "<dt>Review</dt>" in one]
    assert 'class="review overdue"' in row
    assert 'href="#control/review-due"' in row
