"""The pages about signing in, in a browser: nobody is kept out, on a phone or a desk, by day or by night."""

import json

from playwright.sync_api import Page, expect

from tests.browser.conftest import Register, barriers, sign_in

TRUST = "lydiate"


def test_nobody_is_kept_out_of_a_page_about_signing_in(any_screen: Page, register: Register) -> None:
    page, found = any_screen, {}
    page.goto(f"{register.url}/sign-in/")
    page.get_by_role("button", name="Ask for a new link").click()
    expect(page.locator(".error-summary")).to_be_visible()
    found["an address that is none"] = barriers(page)
    sign_in(page, register.link(TRUST, "manager"))
    page.goto(f"{register.url}/my/")
    page.get_by_role("link", name="Where I am signed in").click()
    expect(page.locator("table")).to_contain_text("Chrome on Linux (this one)")
    found["where I am signed in"] = barriers(page)
    page.goto(f"{register.url}/manage/")
    page.get_by_role("link", name="Sign-in links", exact=True).click()
    page.get_by_role("button", name="Make a page to print").click()
    expect(page.locator(".error-summary")).to_contain_text("Choose a school.")
    found["no school chosen"] = barriers(page)
    page.get_by_label("School", exact=True).select_option(label="Demo School 2")
    page.get_by_label("Everyone").check()
    page.get_by_role("button", name="Make a page to print").click()
    expect(page.get_by_role("img", name="QR code with the sign-in link of Demo Teacher Two")).to_be_visible()
    found["links to print"] = barriers(page)
    page.goto(f"{register.url}/manage/messages/")
    found["e-mails"] = barriers(page)
    page.goto(f"{register.url}/manage/people/?q=two")
    page.get_by_role("link", name="Demo Teacher Two").click()
    page.get_by_role("link", name="Sign-in: links and where").click()
    expect(page.locator("main")).to_contain_text("Demo Teacher Two is signed in nowhere.")
    found["somebody's sign-in"] = barriers(page)
    assert {name: what for name, what in found.items() if what} == {}, json.dumps(found, indent=1)


def test_a_slip_fits_four_times_on_a_page_of_paper(page: Page, register: Register) -> None:
    sign_in(page, register.link(TRUST, "manager"))
    page.goto(f"{register.url}/manage/links/")
    page.get_by_label("School", exact=True).select_option(label="Demo School 2")
    page.get_by_label("Everyone").check()
    page.get_by_role("button", name="Make a page to print").click()
    page.wait_for_url("**/manage/links/")
    expect(page.locator(".slip").first).to_be_visible()
    page.wait_for_load_state("load")
    page.emulate_media(media="print")
    # A4 without its margins of 10 mm, in the pixels of paper.
    page.set_viewport_size({"width": 718, "height": 1046})
    heights = page.eval_on_selector_all(".slip", "all => all.map((one) => one.getBoundingClientRect().height)")
    assert len(heights) >= 4
    assert sum(heights[:4]) < 1046, heights
    expect(page.get_by_role("navigation")).to_have_count(0)
