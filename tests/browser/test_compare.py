"""Trusts set side by side in a browser: chosen, shared by address, differences first, on every screen."""

import json
import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Register, barriers

PAGES = [
    "/handbook/compare/",
    "/handbook/compare/?trusts=cockburn,lydiate,collaborative",
    "/handbook/matrix/",
    "/handbook/strictness/",
    "/handbook/topics/images-consent/",
    "/handbook/lydiate/",
]
TWO = "/handbook/compare/?trusts=cockburn,lydiate"


def opened(page: Page, register: Register, address: str) -> None:
    """Go to a page, wait until what it compares is there, and open every fold."""
    page.goto(f"{register.url}{address}")
    if "?trusts=" in address:
        page.locator("#by-topic").wait_for()
    page.evaluate("for (const fold of document.querySelectorAll('main details')) fold.open = true")


def test_two_trusts_are_chosen_and_compared_and_the_address_leads_back(page: Page, register: Register) -> None:
    page.goto(f"{register.url}/handbook/compare/")
    status = page.locator(".compare-status")
    expect(status).to_have_text("Choose two trusts.")
    for name in ("Cockburn Multi-Academy Trust", "Lydiate Learning Trust"):
        page.get_by_label("Add a trust").select_option(name)
        page.get_by_role("button", name="Add").press("Enter")
    expect(status).to_have_text("Lydiate against Cockburn, differences first.")
    expect(page).to_have_url(re.compile(r"\?trusts=cockburn,lydiate$"))
    page.reload()
    expect(status).to_have_text("Lydiate against Cockburn, differences first.")
    page.get_by_role("button", name="Remove Lydiate").press("Enter")
    expect(status).to_have_text("Add one more trust.")
    expect(page.locator(".compared")).to_be_empty()
    expect(page.get_by_label("Add a trust")).to_be_focused()


def test_differences_come_first_with_the_provisions_of_both(page: Page, register: Register) -> None:
    page.goto(f"{register.url}{TWO}")
    first = page.locator(".compared-question").first
    expect(first).to_contain_text(re.compile(r"Lydiate is stricter in \d+ and looser in \d+ of \d+ cases"))
    links = [one.get_attribute("href") or "" for one in first.locator(".answers .ref").all()]
    assert any(link.startswith("/handbook/cockburn/#") for link in links)
    assert any(link.startswith("/handbook/lydiate/#") for link in links)
    said = page.locator(".compared-question > p:first-of-type").all_inner_texts()
    silent = [place for place, text in enumerate(said) if "the policy does not say" in text]
    stricter = [place for place, text in enumerate(said) if "stricter" in text or "looser" in text]
    assert stricter
    assert silent
    assert max(stricter) < min(silent)


def test_a_case_leads_to_its_answer_in_may_i(page: Page, register: Register) -> None:
    opened(page, register, TWO)
    row = page.locator(".compared-question").first.locator("tbody tr").first
    verdict = row.locator("td").first.locator(".badge").inner_text()
    row.get_by_role("link", name="Work it out").click()
    expect(page.locator(".answer .verdict")).to_contain_text(verdict.rstrip("…"), timeout=60_000)


def test_clause_stands_against_clause_on_every_topic(page: Page, register: Register) -> None:
    page.goto(f"{register.url}{TWO}")
    topic = page.locator(".compared-topic").filter(has=page.locator("strong:text-is('Photos and consent')"))
    topic.locator("summary").press("Enter")
    columns = topic.locator(".column")
    expect(columns).to_have_count(2)
    expect(columns.first).to_contain_text("sanctioned/4b")
    expect(columns.last.locator(".ref").first).to_have_attribute("href", re.compile("^/handbook/lydiate/#"))


def test_the_readers_own_trust_comes_first(page: Page, register: Register) -> None:
    page.goto(register.url)
    page.get_by_label("You work for").select_option("lydiate")
    page.goto(f"{register.url}/handbook/compare/")
    expect(page.locator(".chosen-trusts li")).to_have_text(re.compile("^Lydiate Learning Trust"))
    page.goto(f"{register.url}/handbook/matrix/")
    expect(page.locator("thead th").nth(1)).to_have_text("Lydiate")
    assert page.locator("tbody td:first-of-type").evaluate_all(
        "cells => cells.every((cell) => cell.dataset.trust === 'lydiate')"
    )


def test_without_scripts_there_are_other_ways(browser: Browser, register: Register) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{register.url}{TWO}")
        expect(page.get_by_role("link", name="the table of all questions")).to_be_visible()
        expect(page.locator("#compare form")).to_be_hidden()
        page.goto(f"{register.url}/handbook/matrix/")
        page.get_by_text("It depends").first.click()
        expect(page.locator(".how").first).to_be_visible()


def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(any_screen: Page, register: Register) -> None:
    page, found = any_screen, {}
    for address in PAGES:
        opened(page, register, address)
        found[address] = barriers(page)
    assert {address: what for address, what in found.items() if what} == {}, json.dumps(found, indent=1)


def test_the_parts_of_a_bar_differ_without_their_colours(browser: Browser, register: Register) -> None:
    with browser.new_context(forced_colors="active") as context:
        page = context.new_page()
        page.goto(f"{register.url}/handbook/strictness/")
        parts = page.locator(".bar-key rect").all()
        fills = {one.evaluate("one => getComputedStyle(one).fill") for one in parts}
        heights = {one.get_attribute("height") for one in parts}
        assert len(fills) == 1
        assert len(heights) == len(parts) == 4
