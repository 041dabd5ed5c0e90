"""The print view: the whole policy, and on every sheet the document it restates."""

from dataclasses import replace

from handbook.library import Library
from handbook.pages.prints import footing, print_pages


def test_every_provision_is_on_paper_with_its_number(library: Library) -> None:
    pages = print_pages(library)
    for trust in library.trusts.values():
        page = pages[f"{trust.id}/print/index.md"]
        for ref in trust.provisions:
            assert f">{ref}</a>" in page
        for clause in trust.clauses:
            assert f'<h3 class="clause-title" id="{clause.ref}">' in page


def test_the_sheets_name_the_document_its_date_and_the_day_of_the_build(library: Library) -> None:
    sheet = print_pages(library)["wren-spinney/print.css"]
    assert (
        '"Wren Spinney Community School: Social Media Policy, dated 21 January 2022. '
        'Restated in plain words on 21 November 2026."'
    ) in sheet
    assert "counter(page)" in sheet
    assert "undated" in footing(library, library.trusts["collaborative"])


def test_a_name_cannot_break_out_of_the_stylesheet(library: Library) -> None:
    trust = replace(library.trusts["cockburn"], name='A "B" \\ }</style>')
    sheet = print_pages(replace(library, trusts={"cockburn": trust}))["cockburn/print.css"]
    assert r'"A \"B\" \\ }\3c /style>' in sheet
