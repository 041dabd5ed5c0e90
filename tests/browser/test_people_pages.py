"""The pages about people in a browser: nobody is kept out, on a phone or a desk, by day or by night."""

import json
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Register, barriers, sign_in

TRUST = "collaborative"
LIST = """Name,E-mail,School,Role
Nia New,nia@example.org,Demo School 1,Teacher
Demo Teacher Two,demo.teacher.two@collaborative.example.org,Demo School 1,Teacher
No Address,,Demo School 1,Teacher
Will Wizard,will@example.org,Demo School 3,Wizard
"""


def test_nobody_is_kept_out_of_a_page_about_people(any_screen: Page, register: Register, tmp_path: Path) -> None:
    page, found = any_screen, {}
    sign_in(page, register.link(TRUST, "manager"))
    page.goto(f"{register.url}/manage/people/")
    expect(page.locator("table")).to_contain_text("Demo Teacher Six")
    found["everybody"] = barriers(page)
    page.get_by_label("Name or e-mail address").fill("nobody of this name")
    page.get_by_role("button", name="Search").nth(1).click()
    found["nobody"] = barriers(page)
    page.goto(f"{register.url}/manage/people/new/")
    page.get_by_role("button", name="Add this person").click()
    expect(page.locator(".error-summary")).to_be_visible()
    found["a person who cannot be added"] = barriers(page)
    page.goto(f"{register.url}/manage/people/?q=six")
    page.get_by_role("link", name="Demo Teacher Six").click()
    for summary in page.locator("summary").all():
        summary.click()
    found["a person, all unfolded"] = barriers(page)
    page.goto(f"{register.url}/manage/schools/")
    found["schools"] = barriers(page)
    page.goto(f"{register.url}/manage/staff-lists/")
    page.get_by_role("button", name="See what would change").click()
    expect(page.locator(".error-summary")).to_be_visible()
    found["no list chosen"] = barriers(page)
    file = tmp_path / "staff.csv"
    file.write_text(LIST, encoding="utf-8")
    page.get_by_label("Staff list").set_input_files(file)
    page.get_by_label("Nothing: it only adds and changes").check()
    page.get_by_role("button", name="See what would change").click()
    expect(page).to_have_url(re.compile(r"/manage/staff-lists/\d+/$"))
    expect(page.locator("main")).to_contain_text("No Address has no e-mail address.")
    for summary in page.locator("details:not([open]) > summary").all():
        summary.click()
    found["what a list would change, and what is wrong"] = barriers(page)
    page.get_by_role("button", name="Discard this list").click()
    assert {name: what for name, what in found.items() if what} == {}, json.dumps(found, indent=1)
