"""What staff do, whom to ask, what is open and when it is reviewed: no barriers, no script needed, one's own first."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Register, barriers

PAGES = [
    "/handbook/guides/",
    "/handbook/lydiate/guides/",
    "/handbook/roles/",
    "/handbook/lydiate/roles/",
    "/handbook/ask/",
    "/handbook/cockburn/ask/",
    "/handbook/gaps/",
    "/handbook/cockburn/gaps/",
    "/handbook/calendar/",
    "/handbook/changes/",
    "/handbook/wren-spinney/print/",
]


@pytest.mark.parametrize("address", PAGES)
def test_nothing_keeps_anybody_out(any_screen: Page, register: Register, address: str) -> None:
    any_screen.goto(f"{register.url}{address}")
    assert barriers(any_screen) == []


def test_a_guide_is_two_clicks_away_and_one_once_the_trust_is_known(page: Page, register: Register) -> None:
    page.goto(register.url)
    page.get_by_role("link", name="Get consent for a photo").click()
    page.get_by_role("link", name="Lydiate Learning Trust").click()
    expect(page).to_have_url(re.compile(r"/handbook/lydiate/guides/$"))
    page.goto(register.url)
    page.get_by_label("You work for").select_option("cockburn")
    page.get_by_role("link", name="Get consent for a photo").click()
    expect(page).to_have_url(re.compile(r"/handbook/cockburn/guides/#photo-consent$"))


def test_ones_own_trust_stands_first_in_every_list(page: Page, register: Register) -> None:
    page.goto(register.url)
    page.get_by_label("You work for").select_option("wren-spinney")
    for address in ("/handbook/guides/", "/handbook/ask/", "/handbook/gaps/", "/handbook/roles/"):
        page.goto(f"{register.url}{address}")
        expect(page.locator("[data-mine-first] > li").first).to_contain_text("Wren Spinney")


def test_a_case_opens_with_the_keyboard(page: Page, register: Register) -> None:
    page.goto(f"{register.url}/handbook/lydiate/guides/")
    case = page.locator("details").filter(has_text="I made a mistake in a post")
    step = case.locator(".guide-steps > li").first
    expect(step).to_be_hidden()
    case.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(step).to_be_visible()


def test_without_scripts_everything_can_be_read(browser: Browser, register: Register) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{register.url}/handbook/lydiate/guides/")
        page.get_by_text("I made a mistake in a post").click()
        expect(page.get_by_text("Seek advice, and report it").first).to_be_visible()
        page.goto(f"{register.url}/handbook/lydiate/print/")
        expect(page.get_by_role("button", name="Print")).to_be_hidden()
        expect(page.get_by_role("link", name="Download the PDF")).to_be_visible()


def test_paper_has_no_navigation_and_nothing_folded_up(page: Page, register: Register) -> None:
    page.goto(f"{register.url}/handbook/lydiate/guides/")
    page.emulate_media(media="print")
    expect(page.locator(".site-header")).to_be_hidden()
    expect(page.locator(".guide-case:not([open]) .guide-steps > li").first).to_be_visible()


def test_files_for_other_programs_come_as_what_they_are(page: Page, register: Register) -> None:
    for path, kind in (
        ("/handbook/calendar/reviews.ics", "text/calendar"),
        ("/handbook/changes/feed.xml", "application/atom+xml"),
        ("/handbook/lydiate/policy.pdf", "application/pdf"),
        ("/handbook/lydiate/policy.json", "application/json"),
        ("/handbook/schema/policy.schema.json", "application/json"),
    ):
        answer = page.request.get(f"{register.url}{path}")
        assert answer.ok
        assert kind in answer.headers["content-type"]
