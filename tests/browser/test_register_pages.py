"""The register's own pages in a browser: nobody is kept out, on a phone or a desk, by day or by night."""

import json

from playwright.sync_api import Page, expect

from tests.browser.conftest import Register, barriers, sign_in

TRUST = "wren-spinney"


def test_nobody_is_kept_out_of_a_page_of_the_register(any_screen: Page, register: Register) -> None:
    page, found = any_screen, {}
    link = register.link(TRUST, "staff")
    page.goto(link)
    found["a sign-in link"] = barriers(page)
    sign_in(page, link)
    page.get_by_text("Name another account").click()
    page.get_by_role("button", name="Ask for the new account").click()
    expect(page.locator(".error-summary")).to_be_visible()
    found["a form that was refused"] = barriers(page)
    # The same person asks at every width: the second time, the account may be asked for already.
    account = page.get_by_label("Account", exact=True)
    if account.locator("option").count() > 1:
        account.select_option(index=1)
        page.get_by_role("button", name="Ask for this account").click()
    expect(page.locator("main")).to_contain_text("Requested on")
    found["my page with a request"] = barriers(page)
    page.get_by_role("link", name="What is held on me").click()
    expect(page.get_by_role("button", name="Download to read")).to_be_visible()
    for summary in page.locator("summary").all():
        summary.click()
    found["what is held on me, all unfolded"] = barriers(page)
    page.get_by_role("button", name="Sign out").click()
    page.goto(link)
    found["a link used up"] = barriers(page)
    sign_in(page, register.link(TRUST, "manager"))
    page.goto(f"{register.url}/manage/")
    for summary in page.locator("summary").all():
        summary.click()
    found["the manager's page, all unfolded"] = barriers(page)
    page.goto(f"{register.url}/nothing-here")
    found["nothing there"] = barriers(page)
    assert {name: what for name, what in found.items() if what} == {}, json.dumps(found, indent=1)
