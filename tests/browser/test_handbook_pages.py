"""The handbook in a browser: search finds, the chosen trust is remembered, links are copied."""

import json
import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.conftest import Register, Watch, barriers

PAGES = [
    "/",
    "/about/",
    "/404.html",
    "/handbook/lydiate/",
    "/handbook/topics/",
    "/handbook/topics/images-consent/",
    "/handbook/search/?q=photo",
    "/handbook/cockburn/training/",
]


@pytest.fixture(scope="session")
def site_url(register: Register) -> str:
    """Return the address of the handbook, without a slash at the end."""
    return register.url


def search(page: Page, site_url: str, **asked: str) -> list[str]:
    """Return the addresses of what a search finds first."""
    page.goto(f"{site_url}/handbook/search/?{urlencode(asked)}")
    expect(page.locator("#search-status")).not_to_be_empty()
    return [link.get_attribute("href") or "" for link in page.locator("#search-results a").all()]


@pytest.mark.parametrize(
    ("words", "clause"),
    [
        ("kid photo", "/handbook/cockburn/#sanctioned/4"),
        ("whatsapp group with parents", "/handbook/collaborative/#group-chat"),
        ("dm a pupil", "/handbook/cockburn/#sanctioned/7"),
        ("journalist", "/handbook/lydiate/#3.4/4"),
        ("leaving", "/handbook/collaborative/#approval/7"),
        ("can I follow pupils", "/handbook/lydiate/#3.9/students/1"),
        ("snow day", "/handbook/collaborative/#trust-accounts/4"),
    ],
)
def test_people_find_the_clause_in_their_own_words(page: Page, site_url: str, words: str, clause: str) -> None:
    assert clause in search(page, site_url, q=words)[:5]


def test_duties_can_be_searched_like_any_other_word(page: Page, site_url: str) -> None:
    assert search(page, site_url, q="must not")
    assert search(page, site_url, q="may")


def test_the_address_of_a_search_can_be_shared(page: Page, site_url: str) -> None:
    found = search(page, site_url, q="photo", trust="lydiate", topic="images-consent", duty="must-not")
    assert found
    assert all(one.startswith("/handbook/lydiate/#") for one in found)
    assert page.locator("#trust").input_value() == "lydiate"
    page.locator("#q").fill("consent")
    expect(page).to_have_url(re.compile(r"\?q=consent&trust=lydiate&topic=images-consent&duty=must-not$"))


def test_a_filter_chosen_before_the_script_came_is_kept(page: Page, site_url: str) -> None:
    held: list[Route] = []
    page.route("**/assets/search.mjs", lambda route: held.append(route))
    with page.expect_request("**/assets/search.mjs"):
        page.goto(f"{site_url}/handbook/search/?q=photo", wait_until="commit")
    page.get_by_label("Trust").select_option("lydiate")
    held.pop().continue_()
    expect(page.locator("#search-status")).to_contain_text("found")
    expect(page.get_by_label("Trust")).to_have_value("lydiate")
    assert all(
        "/handbook/lydiate/" in str(link.get_attribute("href")) for link in page.locator("#search-results a").all()
    )
    expect(page).to_have_url(re.compile("trust=lydiate"))


def test_filters_count_what_each_choice_would_leave(page: Page, site_url: str) -> None:
    search(page, site_url, q="photo")
    shown = page.locator("#trust option[value=lydiate]").inner_text()
    assert re.fullmatch(r"Lydiate \(\d+\)", shown)
    page.locator("#trust").select_option("lydiate")
    found = re.search(r"\d+", shown)
    assert found
    expect(page.locator("#search-status")).to_have_text(f"{found[0]} clauses found.")


def test_a_search_that_finds_nothing_says_what_to_do(page: Page, site_url: str) -> None:
    assert search(page, site_url, q="zebra") == []
    expect(page.locator("#search-status")).to_have_text("No clause found. Try other words, or look under Topics.")


def test_more_results_come_on_request_and_the_keyboard_lands_on_them(page: Page, site_url: str) -> None:
    search(page, site_url, q="must")
    assert page.locator("#search-results > li").count() == 10
    page.locator("#search-more").press("Enter")
    expect(page.locator("#search-results > li").nth(10).locator("a")).to_be_focused()


def test_a_search_from_the_header_of_any_page_leads_to_the_results(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/about/")
    page.locator("#site-search").fill("journalist")
    page.locator("#site-search").press("Enter")
    expect(page.locator("#search-results")).to_contain_text("If a journalist contacts you")


def test_the_chosen_trust_is_remembered_and_comes_first(page: Page, site_url: str) -> None:
    page.goto(site_url)
    page.get_by_role("link", name="Lydiate Learning Trust").click()
    page.goto(site_url)
    expect(page.locator("#trusts li").first).to_contain_text("Lydiate Learning TrustYour trust.")
    assert page.locator("[data-step=train]").get_attribute("href") == "/handbook/lydiate/training/"
    page.goto(f"{site_url}/handbook/topics/images-consent/")
    assert page.locator(".columns > section").first.get_attribute("data-trust") == "lydiate"
    page.goto(site_url)
    page.get_by_role("button", name="Forget my choice").click()
    expect(page.locator("#trusts li").first).to_contain_text("Cockburn")


def test_the_link_to_a_clause_or_a_provision_can_be_copied(context: BrowserContext, page: Page, site_url: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{site_url}/handbook/cockburn/")
    page.get_by_role("button", name="Copy link to sanctioned/4").click()
    expect(page.get_by_role("status")).to_have_text("Link to sanctioned/4 copied.")
    page.get_by_role("link", name="sanctioned/4a").click()
    expect(page.get_by_role("status")).to_have_text("Link to sanctioned/4a copied.")
    assert page.evaluate("navigator.clipboard.readText()") == f"{site_url}/handbook/cockburn/#sanctioned/4a"
    expect(page).to_have_url(f"{site_url}/handbook/cockburn/#sanctioned/4a")


@pytest.mark.parametrize("address", PAGES)
def test_nothing_leaves_the_site_and_nothing_is_blocked(page: Page, watch: Watch, site_url: str, address: str) -> None:
    page.goto(f"{site_url}{address}")
    page.wait_for_load_state("networkidle")
    assert watch.origins() == {site_url}
    assert watch.errors == []


def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(any_screen: Page, site_url: str) -> None:
    page, found = any_screen, {}
    for address in PAGES:
        page.goto(f"{site_url}{address}")
        if "?q=" in address:
            page.locator("#search-results > li").first.wait_for()
        found[address] = barriers(page)
    assert {address: what for address, what in found.items() if what} == {}, json.dumps(found, indent=1)


def test_without_scripts_the_policy_and_the_first_question_can_be_read(browser: Browser, site_url: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site_url}/handbook/cockburn/training/")
        expect(page.locator("form.question legend")).to_be_visible()
        page.goto(f"{site_url}/handbook/cockburn/")
        expect(page.locator("[id='sanctioned/4a']")).to_be_visible()


def test_the_handbook_can_be_printed(page: Page, site_url: str, tmp_path: Path) -> None:
    page.goto(f"{site_url}/handbook/cockburn/")
    page.emulate_media(media="print")
    expect(page.locator(".site-header")).to_be_hidden()
    expect(page.locator("[id='sanctioned/4a']")).to_be_visible()
    page.pdf(path=tmp_path / "cockburn.pdf")
    assert (tmp_path / "cockburn.pdf").stat().st_size > 10_000
