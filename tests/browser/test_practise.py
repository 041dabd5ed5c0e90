"""Practice on one topic: a few cases, explained; other ones afterwards; nothing recorded."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import ENGINE_READY_MS, Register


def answer(page: Page) -> None:
    page.locator("form.question input").first.check()
    page.get_by_role("button", name="Check my answer").click()
    expect(page.locator(".feedback")).to_be_visible()
    page.locator(".feedback").get_by_role("button").last.click()


def test_a_topic_is_practised_from_its_clause_to_the_end(page: Page, register: Register) -> None:
    page.goto(f"{register.url}/handbook/lydiate/")
    page.get_by_role("link", name="Practise this – Photos and videos need consent").click()
    page.locator("form.question").wait_for(timeout=ENGINE_READY_MS)
    course = register.course("lydiate")
    asked = []
    while not page.locator(".result").is_visible():
        asked.append(page.locator("form.question").get_attribute("data-question-id") or "")
        answer(page)
    scenarios = {one.split("/")[0] for one in asked}
    assert scenarios
    assert all("images-consent" in course.topics(slug) for slug in scenarios)
    expect(page.locator(".result")).to_contain_text("nothing is recorded")
    page.get_by_role("button", name="Practise more").click()
    expect(page.locator("form.question")).to_be_visible()
    assert (page.locator("form.question").get_attribute("data-question-id") or "").split("/")[0] not in scenarios
    assert page.evaluate("indexedDB.databases().then((all) => all.map((one) => one.name))") == []


def test_a_topic_nobody_knows_leaves_the_choice(page: Page, register: Register) -> None:
    page.goto(f"{register.url}/handbook/lydiate/practise/?topic=dragons")
    expect(page.get_by_role("link", name="Photos and consent")).to_be_visible()
    expect(page.locator("#practice")).to_be_hidden()
