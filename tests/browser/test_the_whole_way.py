"""The product's main job, seen from outside: five policies in, a posting right out."""

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Register, Trainee, sign_in

HOME = ("http://127.0.0.1:", "data:", "blob:http://127.0.0.1:")
# What Chromium's console says of the one page that is meant to be an error: the approval refused before completion.
REFUSED = "Failed to load resource: the server responded with a status of 409 (Conflict)"

# Two trusts whose policies differ: who has to agree, whether two holders are a must, and how a clause is searched for.
WALKS = [
    pytest.param(
        "creating-tomorrow",
        "Creating Tomorrow Academies Trust",
        ("whatsapp for work", "5.4"),
        "Line manager",
        ["4.2.1a", "7.1.1b", "4.4.2/3b"],
        id="creating-tomorrow",
    ),
    pytest.param(
        "lydiate",
        "Lydiate Learning Trust",
        ("follow a former pupil", "3.9/students/1"),
        "SLT",
        ["3.2/3a", "3.2/3c", "3.2/3b"],
        id="lydiate",
    ),
]


@pytest.mark.parametrize(("trust", "name", "search", "approver", "asked_for"), WALKS)
def test_from_a_clause_to_the_right_to_post(
    register: Register,
    browser: Browser,
    trust: str,
    name: str,
    search: tuple[str, str],
    approver: str,
    asked_for: list[str],
) -> None:
    with browser.new_context(accept_downloads=True) as at_break, browser.new_context(accept_downloads=True) as at_desk:
        staff, manager = at_break.new_page(), at_desk.new_page()
        errors: list[str] = []
        watch(staff, errors)
        watch(manager, errors)
        read_a_clause_found_by_search(staff, register, trust, *search)
        sign_in(staff, register.link(trust, "staff"))
        sign_in(manager, register.link(trust, "manager"))

        expect(take_training(staff, register, trust, rightly=False)).to_contain_text("Not passed yet")
        ask_for_an_account(staff, register)
        for ref in asked_for:
            expect(staff.locator("main")).to_contain_text(ref)
        refused_before_completion(manager, register)

        expect(take_training(staff, register, trust, rightly=True)).to_contain_text("You have passed")
        record_agreement(manager, register, approver)
        name_two_holders(manager)
        approve(manager)
        staff.goto(f"{register.url}/my/")
        expect(staff.locator("main")).to_contain_text("You may post on")

        rows = downloaded_list(manager, register)
        passed = [row for row in rows if row["status"] == "Passed"]
        assert [row["staff"] for row in passed] == ["Demo Teacher One"]
        assert passed[0]["trust"] == name
        assert passed[0]["score"] == "100"
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", passed[0]["date"])
        assert passed[0]["expiry"] > passed[0]["date"]
        assert "@demoschool1" in passed[0]["posting rights"]
        assert {row["trust"] for row in rows} == {name}
        assert errors == [REFUSED]


def watch(page: Page, errors: list[str]) -> None:
    """Add everything the page's console complains of, and every request that leaves the register, to the list."""
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.on("request", lambda sent: None if sent.url.startswith(HOME) else errors.append(f"asked for {sent.url}"))


def read_a_clause_found_by_search(page: Page, register: Register, trust: str, words: str, ref: str) -> None:
    page.goto(register.url)
    page.get_by_role("searchbox").first.fill(words)
    page.get_by_role("button", name="Search").first.click()
    page.get_by_label("Trust").select_option(trust)
    page.locator(f"#search-results a[href$='/handbook/{trust}/#{ref}']").click()
    expect(page).to_have_url(f"{register.url}/handbook/{trust}/#{ref}")
    expect(page.locator(f"[id='{ref}']")).to_be_in_viewport()


def take_training(page: Page, register: Register, trust: str, *, rightly: bool) -> Locator:
    """Answer every question, rightly or wrongly throughout; return what stands at the end."""
    trainee = Trainee(page, register.training(trust), register.course(trust))
    trainee.arrive()
    trainee.read()
    trainee.answer(rightly)
    trainee.press("Next question")
    trainee.finish(rightly)
    main = page.locator("main")
    expect(main).to_contain_text("Recorded. Receipt")
    return main


def ask_for_an_account(page: Page, register: Register) -> None:
    page.goto(f"{register.url}/my/")
    page.get_by_label("Account", exact=True).select_option(label=first_account(page))
    page.get_by_role("button", name="Ask for this account").click()
    expect(page.locator("main")).to_contain_text("Still needed")


def first_account(page: Page) -> str:
    labels = page.get_by_label("Account", exact=True).locator("option").all_inner_texts()
    return next(label for label in labels if "@demoschool1" in label)


def refused_before_completion(page: Page, register: Register) -> None:
    page.goto(f"{register.url}/manage/")
    page.get_by_role("button", name="Approve Demo Teacher One").click()
    expect(page.locator("main")).to_contain_text("Still needed")
    expect(page.locator("main")).not_to_contain_text("May post since")


def record_agreement(page: Page, register: Register, approver: str) -> None:
    page.goto(f"{register.url}/manage/")
    page.get_by_text("Record who agreed").click()
    page.get_by_label("Who agreed").select_option(label=approver)
    page.get_by_role("button", name="Record agreement").click()


def name_two_holders(page: Page) -> None:
    for person in ("Demo Teacher One", "Demo Headteacher Four"):
        holders = page.locator("summary", has_text="Holders").first
        if not page.get_by_label("Who else holds the account").is_visible():
            holders.click()
        page.get_by_label("Who else holds the account").fill(person)
        page.get_by_role("button", name="Name as holder").click()


def approve(page: Page) -> None:
    page.get_by_role("button", name="Approve Demo Teacher One").click()
    expect(page.locator("main")).to_contain_text("May post since")


def downloaded_list(page: Page, register: Register) -> list[dict[str, str]]:
    page.goto(f"{register.url}/manage/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download CSV").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_a_manager_sees_nobody_of_another_trust(register: Register, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        sign_in(page, register.link("cockburn", "manager"))
        page.goto(f"{register.url}/manage/")
        expect(page.locator(".trust-name")).to_have_text("Cockburn Multi-Academy Trust")
        for elsewhere in ("Lydiate", "Creating Tomorrow", "Collaborative", "Wren Spinney"):
            expect(page.locator("main")).not_to_contain_text(elsewhere)


def test_a_link_used_up_says_so_and_offers_a_new_one(register: Register, browser: Browser) -> None:
    link = register.link("wren-spinney", "staff")
    with browser.new_context() as first, browser.new_context() as second:
        sign_in(first.new_page(), link)
        page = second.new_page()
        page.goto(link)
        expect(page.locator("main")).to_contain_text("used")
        expect(page.get_by_role("button", name=re.compile("new link"))).to_be_visible()
