"""Whom to ask: by question and by role, in the trust's own words, with the provisions; no person's name."""

from handbook.library import Library
from handbook.pages.ask import ask_pages


def test_every_role_the_policy_names_is_there_with_its_provisions(library: Library) -> None:
    pages = ask_pages(library)
    for trust in library.trusts.values():
        page = pages[f"{trust.id}/ask/index.md"]
        part = page[page.index("## By role") :]
        for role in trust.roles:
            assert f"<dt>{role.name}</dt>" in part
            for ref in role.cites:
                assert f'href="/handbook/{trust.id}/#{ref}"' in part


def test_doubts_have_an_address_even_where_the_policy_names_nobody(library: Library) -> None:
    pages = ask_pages(library)
    assert "Ask the Trust IT Network Manager." in pages["wren-spinney/ask/index.md"]
    assert "The policy names nobody for doubts. Ask a senior leader." in pages["lydiate/ask/index.md"]


def test_a_question_the_policy_leaves_open_is_no_row_of_the_table(library: Library) -> None:
    page = ask_pages(library)["cockburn/ask/index.md"]
    table, _, silent = page.partition("## Where the policy does not say")
    assert "May I answer a journalist?" in silent
    assert "May I answer a journalist?" not in table
