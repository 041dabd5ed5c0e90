"""A site built without a register: every link leads somewhere, and nothing is left that would need one."""

import re

import pytest

from handbook.library import Library
from tests.handbook.built import Built, Page, built
from tests.handbook.test_site import REGISTER, leads_somewhere

LINKS = ("href", "src", "action", "data-course", "data-engine-manifest", "data-trusts")
NEEDS_A_REGISTER = re.compile(r"\b(my training|ask for the right to post|training is recorded)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built(tmp_path_factory.mktemp("alone"), register=False)


@pytest.fixture(scope="module")
def pages(alone: Built) -> dict[str, Page]:
    return alone.pages()


def links(page: Page) -> list[str]:
    return [one.attributes[name] for one in page.elements for name in LINKS if one.attributes.get(name)]


def test_the_pages_are_those_of_the_site_with_a_register(handbook: Built, pages: dict[str, Page]) -> None:
    assert set(pages) == set(handbook.pages())


def test_no_link_and_no_form_leads_to_the_register(handbook: Built, pages: dict[str, Page]) -> None:
    assert any(link.startswith(REGISTER) for link in links(handbook.page("/")))
    for address, page in pages.items():
        assert [link for link in links(page) if link.startswith(REGISTER)] == [], address


def test_every_link_and_anchor_leads_somewhere(alone: Built, pages: dict[str, Page]) -> None:
    broken = [
        f"{address}: {link}"
        for address, page in pages.items()
        for link in links(page)
        if not leads_somewhere(link, address, alone, pages)
    ]
    assert broken == []


def test_no_page_speaks_of_what_only_a_register_does(handbook: Built, pages: dict[str, Page]) -> None:
    assert NEEDS_A_REGISTER.search(handbook.page("/").text)
    assert NEEDS_A_REGISTER.search(handbook.page("/handbook/cockburn/training/").text)
    for address, page in pages.items():
        assert not NEEDS_A_REGISTER.search(page.text), address


def test_the_last_step_before_posting_is_the_receipt(pages: dict[str, Page]) -> None:
    steps = pages["/"].inside(pages["/"].all("ol", "steps")[0], "li")
    assert [one.text.partition(" You ")[0] for one in steps][2] == "Send your receipt to your manager"


def test_every_training_page_knows_that_it_ends_with_a_receipt(
    handbook: Built, pages: dict[str, Page], library: Library
) -> None:
    for trust in library.trusts:
        address = f"/handbook/{trust}/training/"
        assert "data-without-register" in pages[address].by_id("training").attributes
        assert "data-without-register" not in handbook.page(address).by_id("training").attributes


def test_the_header_leads_to_the_receipts_only_where_there_is_no_register(
    handbook: Built, pages: dict[str, Page]
) -> None:
    for address, page in pages.items():
        assert "/handbook/collate/" in in_header(page), address
        assert "/handbook/collate/" not in in_header(handbook.page(address)), address


def in_header(page: Page) -> list[str]:
    return [one.attributes["href"] for one in page.inside(page.all("nav", "site-nav")[0], "a")]
