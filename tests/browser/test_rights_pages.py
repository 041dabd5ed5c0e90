"""The pages about accounts and rights in a browser: nobody is kept out, on a phone or a desk, by day or by night."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Register, barriers, sign_in

TRUST = "lydiate"


def unfold(page: Page) -> None:
    """Open whatever is folded."""
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")


def test_nobody_is_kept_out_of_a_page_about_rights(any_screen: Page, register: Register, request_name: str) -> None:
    page, found = any_screen, {}
    sign_in(page, register.link(TRUST, "staff"))
    page.get_by_text("Name another account").click()
    new = page.locator("details", has_text="Name another account")
    new.get_by_label("Platform").select_option("instagram")
    new.get_by_label("Name of the account").fill(request_name)
    new.get_by_label("Kind of account").select_option("school-official")
    new.get_by_label("What it is for").fill("News for families.")
    new.get_by_role("button", name="Ask for the new account").click()
    expect(page).to_have_url(re.compile(r"/my/requests/\d+/$"))
    expect(page.get_by_label("Whom the account is meant for")).to_be_visible()
    found["what the policy asks"] = barriers(page)
    page.get_by_label("Where the login is kept").fill("password: hunter2")
    page.get_by_label("E-mail address of holder 2").fill("nobody@example.org")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".error-summary")).to_contain_text("This looks like a password.")
    found["what cannot be kept"] = barriers(page)
    page.get_by_label("Where the login is kept").fill("In the office safe.")
    page.get_by_label("E-mail address of holder 2").fill("")
    page.get_by_label("Who will run the account").fill("Two of us.")
    page.get_by_role("button", name="Save").click()
    expect(page).to_have_url(re.compile(r"/my/#right-\d+$"))
    found["my rights"] = barriers(page)
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, register.link(TRUST, "manager"))
    unfold(page)
    expect(page.locator("main")).to_contain_text(request_name)
    found["requests and holds"] = barriers(page)
    page.get_by_role("link", name="Accounts and who may post").click()
    unfold(page)
    found["accounts"] = barriers(page)
    page.get_by_role("button", name="Add this account").click()
    expect(page.locator(".error-summary")).to_be_visible()
    found["an account that cannot be added"] = barriers(page)
    page.get_by_role("link", name="X @demoschool1").click()
    unfold(page)
    found["an account"] = barriers(page)
    assert {name: what for name, what in found.items() if what} == {}, json.dumps(found, indent=1)


@pytest.fixture
def request_name(request: pytest.FixtureRequest) -> str:
    """Give an account's name that no other run of the test asks for."""
    return f"@families-{re.sub(r'[^0-9a-z]+', '-', request.node.name.partition('[')[2].rstrip(']'))}"
