"""Every template of the handbook: open to everybody, at any size, by keyboard, and without scripts."""

import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from scripts.browser import find_chromium
from tests.browser import conftest
from tests.browser.conftest import Register, barriers
from tests.browser.templates import templates

# As the reader's own setting for text does it: everything in em and rem follows, the layouts too.
TWICE_THE_TEXT = "--blink-settings=defaultFontSize=32"
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
# Smaller than 24 by 24 pixels: WCAG 2.2 asks for it, axe looks only if it is told to.
HARD_TO_HIT = """axe.run({ runOnly: { type: "rule", values: ["target-size"] } }).then(({ violations }) =>
  violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`)))"""


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
    found = on_every_page(any_screen, lambda page: [*barriers(page), *page.evaluate(HARD_TO_HIT)])
    assert found == {}, json.dumps(found, indent=1)


@pytest.fixture(params=[(1280, TWICE_THE_TEXT), (320, "--no-first-run")], ids=["twice the text", "320 pixels"])
def close_up(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Return a tab of somebody who needs the page large: text alone at 200 %, or all of it at 400 %."""
    width, setting = request.param
    own = browser.browser_type.launch(executable_path=find_chromium(), args=["--no-sandbox", setting])
    yield own.new_page(viewport={"width": width, "height": 800}, service_workers="block")
    own.close()


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

    page.emulate_media(reduced_motion="reduce")
    found = on_every_page(page, trouble)
    assert found == {}, json.dumps(found, indent=1)


def test_without_scripts_every_page_says_something_and_promises_nothing(browser: Browser, on_every_page: Looks) -> None:
    def silent(page: Page) -> object:
        main = page.locator("main")
        words = len(main.inner_text().split())
        promised = [one for one in main.locator("[role=status]:visible").all_inner_texts() if one.endswith("…")]
        return [] if words > 12 and not promised else [words, promised]

    with browser.new_context(java_script_enabled=False, service_workers="block") as context:
        assert on_every_page(context.new_page(), silent) == {}


def test_every_page_has_its_landmarks_and_their_names(page: Page, on_every_page: Looks) -> None:
    def missing(page: Page) -> object:
        wanted = {"banner": 1, "main": 1, "contentinfo": 1}
        counts = {role: page.get_by_role(role).count() for role in wanted}  # type: ignore[arg-type]
        navs = [one.get_attribute("aria-label") for one in page.get_by_role("navigation").all()]
        return [] if counts == wanted and all(navs) and len(navs) == len(set(navs)) else [counts, navs]

    assert on_every_page(page, missing) == {}
