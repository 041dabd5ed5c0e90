"""Every template of the handbook: open to everybody, at any size, by keyboard, and without scripts."""

import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import conftest
from tests.browser.conftest import Register, barriers
from tests.browser.templates import templates

# The desk's root size (see clearpost.css), doubled as a reader's browser doubles it.
TWICE_THE_TEXT = "html { font-size: 237.5% !important; }"
ADD_STYLE = """document.addEventListener("DOMContentLoaded", () => {
  document.head.append(Object.assign(document.createElement("style"), { textContent: %s }));
})"""
CUT_OFF = """[...document.querySelectorAll("body *")].filter((one) => {
  const style = getComputedStyle(one);
  const cuts = (over) => over === "hidden" || over === "clip";
  if (!one.clientWidth || style.position === "absolute" || one.closest("svg, select, input, progress")) return false;
  return (cuts(style.overflowX) && one.scrollWidth > one.clientWidth + 1)
    || (cuts(style.overflowY) && one.scrollHeight > one.clientHeight + 1);
}).map((one) => one.outerHTML.slice(0, 120))"""
FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const style = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && box.width > 0 && box.height > 0;
  const stuck = window.focusedLast === one;
  window.focusedLast = one;
  return { html: one.outerHTML.slice(0, 100), seen: seen && box.bottom > 0 && box.top < innerHeight, stuck };
}"""
MOST_STEPS = 40


def settle(page: Page) -> None:
    page.wait_for_load_state("networkidle")


@pytest.fixture
def on_every_page(register: Register) -> Callable[[Page, Callable[[Page], object]], dict[str, object]]:
    """Return a function that looks at one page of every template and returns what it finds there, where it does."""

    def look(page: Page, finds: Callable[[Page], object]) -> dict[str, object]:
        found = {}
        for template, address in templates(conftest.SITE).items():
            page.goto(f"{register.url}{address}")
            settle(page)
            found[template] = finds(page)
        assert len(found) > 25
        return {template: what for template, what in found.items() if what}

    return look


Looks = Callable[[Page, Callable[[Page], object]], dict[str, object]]


def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(any_screen: Page, on_every_page: Looks) -> None:
    found = on_every_page(any_screen, barriers)
    assert found == {}, json.dumps(found, indent=1)


@pytest.fixture(params=[(1280, TWICE_THE_TEXT), (320, "")], ids=["twice the text", "320 pixels"])
def close_up(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Return a tab of somebody who needs the page large: text alone at 200 %, or all of it at 400 %."""
    width, style = request.param
    with browser.new_context(
        viewport={"width": width, "height": 800}, bypass_csp=True, service_workers="block"
    ) as context:
        page = context.new_page()
        page.add_init_script(ADD_STYLE % json.dumps(style))
        yield page


def test_nothing_is_lost_when_it_is_made_large(close_up: Page, on_every_page: Looks) -> None:
    def lost(page: Page) -> object:
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return [*page.evaluate(CUT_OFF), *([f"{wide} pixels too wide"] if wide > 0 else [])]

    found = on_every_page(close_up, lost)
    assert found == {}, json.dumps(found, indent=1)


def test_the_keyboard_goes_through_every_page_and_one_sees_where_it_is(page: Page, on_every_page: Looks) -> None:
    def trouble(page: Page) -> object:
        steps = []
        for _ in range(MOST_STEPS):
            page.keyboard.press("Tab")
            step = page.evaluate(FOCUSED)
            if step is None:
                break
            steps.append(step)
        first = bool(steps) and "skip-link" in steps[0]["html"]
        lost = [one for one in steps if one["stuck"] or not one["seen"]]
        return [*([] if first else ["no way past the header"]), *lost]

    found = on_every_page(page, trouble)
    assert found == {}, json.dumps(found, indent=1)


def test_without_scripts_every_page_says_something_and_leads_on(browser: Browser, on_every_page: Looks) -> None:
    def silent(page: Page) -> object:
        main = page.locator("main")
        words, links = len(main.inner_text().split()), main.get_by_role("link").count()
        waiting = page.locator("main [role=status]:visible, main progress:visible").all_inner_texts()
        return [] if words > 12 and links and not any(waiting) else [words, links, waiting]

    with browser.new_context(java_script_enabled=False, service_workers="block") as context:
        assert on_every_page(context.new_page(), silent) == {}


def test_every_page_has_its_landmarks_and_their_names(page: Page, on_every_page: Looks) -> None:
    def missing(page: Page) -> object:
        wanted = {"banner": 1, "main": 1, "contentinfo": 1}
        counts = {role: page.get_by_role(role).count() for role in wanted}  # type: ignore[arg-type]
        navs = [one.get_attribute("aria-label") for one in page.get_by_role("navigation").all()]
        return [] if counts == wanted and all(navs) and len(navs) == len(set(navs)) else [counts, navs]

    assert on_every_page(page, missing) == {}
