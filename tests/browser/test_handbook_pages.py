"""The handbook in a browser: the chosen trust is remembered, links are copied."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Register, Watch

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


@pytest.fixture(scope="module")
def site_url(register: Register) -> str:
    """Return the address of the handbook, without a slash at the end."""
    return register.url


def test_the_chosen_trust_is_remembered_and_comes_first(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/handbook/trusts/")
    page.get_by_role("link", name="Lydiate Learning Trust").click()
    page.goto(f"{site_url}/handbook/topics/images-consent/")
    assert page.locator(".columns > section").first.get_attribute("data-trust") == "lydiate"
    assert page.locator(".at-a-glance > li").first.get_attribute("data-trust") == "lydiate"
    page.goto(f"{site_url}/handbook/trusts/")
    assert page.locator(".trust-list > li").first.get_attribute("data-trust") == "lydiate"


def test_the_link_to_a_clause_or_a_provision_can_be_copied(context: BrowserContext, page: Page, site_url: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{site_url}/handbook/cockburn/")
    page.get_by_role("button", name="Copy link to sanctioned/4").click()
    expect(page.get_by_role("status")).to_have_text("Copied: the link to sanctioned/4.")
    before = page.evaluate("scrollY")
    page.get_by_role("link", name="sanctioned/4a").click()
    expect(page.get_by_role("status")).to_have_text("Copied: the link to sanctioned/4a.")
    assert page.evaluate("navigator.clipboard.readText()") == f"{site_url}/handbook/cockburn/#sanctioned/4a"
    expect(page).to_have_url(f"{site_url}/handbook/cockburn/#sanctioned/4a")
    assert page.evaluate("scrollY") == before


@pytest.mark.parametrize("address", PAGES)
def test_nothing_leaves_the_site_and_nothing_is_blocked(page: Page, watch: Watch, site_url: str, address: str) -> None:
    page.goto(f"{site_url}{address}")
    page.wait_for_load_state("networkidle")
    assert watch.origins() == {site_url}
    assert watch.errors == []


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
