"""Can somebody who only has a keyboard go through every state of the training, and out of it again?

The walks are those of test_every_state.py. No pointer touches the page, and whatever has the focus can be seen.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from quiz.courses import Course
from tests.browser.conftest import ENGINE_READY_MS, TRUST, Register, Trainee
from tests.browser.test_collate import passed, written
from tests.browser.test_every_state import ATTEMPTS, NEWER, busy, recording, refused
from tests.browser.test_may_i import Asker
from tests.browser.test_nothing_is_lost import CHANGE_KEPT
from tests.browser.test_training import hold_back
from tests.browser.test_without_wasm import NO_WEBASSEMBLY

MOST_STOPS = 200
# Whether it has the focus, and what of it the reader sees.
HAS_FOCUS = "one => one === document.activeElement"
IN_SIGHT = """() => {
  const { top, bottom, width, height } = document.activeElement.getBoundingClientRect();
  return document.activeElement === document.body || (width > 0 && height > 0 && bottom > 0 && top < innerHeight);
}"""
POINTED = "['pointerdown', 'mousedown'].forEach((name) => addEventListener(name, () => (window.pointed = true), true))"


class Keys:
    """Somebody at a keyboard."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def come_to(self, target: Locator) -> None:
        """Press Tab until the target has the focus; every stop on the way can be seen."""
        expect(target).to_be_visible()
        for _ in range(MOST_STOPS):
            assert self.page.evaluate(IN_SIGHT), self.page.evaluate("document.activeElement.outerHTML")
            if target.evaluate(HAS_FOCUS):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{target} is not reached with the Tab key")

    def press(self, target: Locator, key: str = "Enter") -> None:
        self.come_to(target)
        self.page.keyboard.press(key)

    def choose(self, group: Locator, wanted: Locator) -> None:
        """Choose one of several radio buttons: the first is reached, or the one chosen before, the others by arrows."""
        chosen = group.locator("input:checked")
        self.come_to(chosen.first if chosen.count() else group.locator("input").first)
        self.page.keyboard.press("Space")
        while not wanted.is_checked():
            self.page.keyboard.press("ArrowDown")

    def select(self, field: Locator, option: str) -> None:
        self.come_to(field)
        for _ in range(field.locator("option").count()):
            if option in (field.locator("option:checked").text_content() or ""):
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{option} is not reached with the arrow keys")


class AtTheKeyboard(Trainee):
    """A trainee who has no mouse."""

    @property
    def keys(self) -> Keys:
        return Keys(self.page)

    def choose(self, key: str) -> None:
        form = self.page.locator("form.question")
        self.keys.choose(form, form.locator(f"input[value='{key}']"))

    def check(self) -> None:
        self.page.keyboard.press("Enter")

    def press(self, name: str) -> None:
        self.keys.press(self.page.get_by_role("button", name=name, exact=True))

    def read(self) -> None:
        for box in self.boxes.all():
            if not box.is_checked():
                self.keys.press(box, "Space")

    def answer(self, right: bool = True) -> None:
        super().answer(right)
        expect(self.feedback).to_be_focused()

    def answer_the_rest(self, right: bool = True) -> None:
        """Answer whatever is still asked, up to the result."""
        while True:
            self.answer(right)
            onward = self.feedback.get_by_role("button").first
            name = onward.inner_text()
            self.keys.press(onward)
            if name == "See your result":
                return
            expect(self.page.locator(".progress-text")).to_be_focused()


@pytest.fixture
def context(context: BrowserContext) -> Iterator[BrowserContext]:
    """Return a browser whose pages notice a pointer; the test fails if one was used."""
    context.add_init_script(POINTED)
    yield context
    assert [page.url for page in context.pages if page.evaluate("window.pointed")] == []


@pytest.fixture(scope="module")
def course(register: Register) -> Course:
    return register.course(TRUST)


@pytest.fixture
def trainee(page: Page, register: Register, course: Course) -> AtTheKeyboard:
    return AtTheKeyboard(page, register.training(TRUST), course)


@pytest.fixture
def mine(page: Page, session_of: Callable[[str], list[Any]]) -> list[Any]:
    page.context.add_cookies(session_of(TRUST))
    return session_of(TRUST)


def test_from_loading_to_the_record(trainee: AtTheKeyboard, page: Page, mine: list[Any]) -> None:
    let_go = hold_back(page, r"\.wasm$")
    trainee.arrive()
    expect(page.get_by_role("progressbar", name="Loading the training")).to_be_visible()
    trainee.press("Check my answer")
    expect(page.get_by_role("radio").first).to_be_focused()
    trainee.choose(trainee.key(trainee.question, right=False))
    trainee.check()
    expect(page.get_by_text("The training is still loading. Your answer is kept.")).to_be_visible()
    let_go()
    expect(trainee.feedback).to_be_focused(timeout=ENGINE_READY_MS)
    trainee.keys.press(trainee.feedback.locator("summary"))
    expect(trainee.feedback.get_by_role("listitem").first).to_be_visible()
    trainee.keys.come_to(trainee.feedback.get_by_role("listitem").get_by_role("link").first)
    trainee.press("Try a similar question")
    trainee.press("Back to the training")
    expect(trainee.feedback).to_be_focused()
    trainee.press("Try a similar question")
    trainee.answer()
    expect(trainee.feedback).to_contain_text("This was practice.")
    trainee.press("Next question")
    trainee.answer_the_rest()
    expect(page.get_by_role("heading", name="You have passed")).to_be_focused()
    recording(page, "Not recorded yet. Read these sections")
    trainee.press("Record my training")
    here = page.locator(".recording").get_by_role("checkbox")
    expect(here.first).to_be_focused()
    page.context.route(ATTEMPTS, lambda route: route.abort())
    for box in here.all():
        trainee.keys.press(box, "Space")
    trainee.press("Record my training")
    recording(page, "The register cannot be reached.")
    page.context.unroute_all()
    page.context.clear_cookies()
    trainee.press("Try again")
    trainee.keys.come_to(page.get_by_role("link", name="Sign in in a new tab"))
    page.context.add_cookies(mine)
    trainee.press("Try again")
    recording(page, "Recorded. Receipt ")
    trainee.keys.come_to(page.get_by_role("link", name="Ask for posting rights"))
    trainee.keys.press(page.get_by_role("link", name="Print your certificate"))
    page.wait_for_url("**/my/certificate/**")
    page.evaluate("window.print = () => (document.body.dataset.printed = '')")
    trainee.press("Print this certificate")
    expect(page.locator("body[data-printed]")).to_be_attached()
    trainee.keys.press(page.locator(".certificate-check a"))
    expect(page.get_by_role("heading", level=1)).to_have_text("This certificate is valid")


def test_carried_on_refused_and_not_passed(trainee: AtTheKeyboard, page: Page, mine: list[Any]) -> None:
    trainee.arrive()
    trainee.answer()
    page.goto(f"{trainee.url.partition('/handbook')[0]}/my/")
    trainee.keys.press(page.get_by_role("link", name="Carry on"))
    page.wait_for_url("**/training/")
    expect(trainee.feedback).to_be_focused(timeout=ENGINE_READY_MS)
    other = AtTheKeyboard(page.context.new_page(), trainee.url, trainee.course)
    other.arrive()
    expect(other.feedback).to_be_visible(timeout=ENGINE_READY_MS)
    other.press("Next question")
    other.answer()
    trainee.press("Next question")
    trainee.choose(trainee.right_key())
    trainee.check()
    expect(trainee.fault).to_contain_text("You have gone on in another tab.")
    expect(trainee.fault).to_be_focused()
    trainee.press("Carry on here")
    expect(trainee.feedback).to_be_focused()
    page.evaluate(CHANGE_KEPT, {"answers": "what?"})
    trainee.arrive()
    expect(page.get_by_text("The attempt saved in this browser cannot be read.")).to_be_visible()
    page.context.route(ATTEMPTS, refused)
    trainee.answer_the_rest(right=False)
    recording(page, "Not recorded. The ticket is not known.")
    page.context.unroute_all()
    trainee.press("Start again")
    expect(page.locator(".progress-text")).to_be_focused()
    trainee.answer_the_rest(right=False)
    expect(page.get_by_role("heading", name="Not passed yet")).to_be_focused()
    recording(page, "Recorded. Receipt ")
    trainee.press("Try again")
    expect(page.locator(".progress-text")).to_be_focused()
    trainee.answer()
    trainee.arrive()
    expect(trainee.feedback).to_be_focused(timeout=ENGINE_READY_MS)
    trainee.press("Start again")
    expect(page.locator(".progress-text")).to_be_focused()
    expect(page.locator(".progress-text")).to_contain_text("Question 1 of")


def test_practice_and_whatever_cannot_be_had(trainee: AtTheKeyboard, page: Page) -> None:
    page.context.route(re.compile("/api/me$"), lambda route: route.abort())
    trainee.arrive()
    expect(page.get_by_text("The register does not answer. This is practice")).to_be_visible()
    page.context.unroute_all()
    trainee.press("Start again")
    trainee.keys.come_to(page.get_by_role("main").get_by_role("link", name="Sign in"))
    page.add_init_script(NO_WEBASSEMBLY)
    trainee.arrive()
    expect(page.get_by_text("so the register asks the questions.")).to_be_visible()
    page.context.route(re.compile("/api/play$"), lambda route: route.abort())
    trainee.choose(trainee.right_key())
    trainee.check()
    expect(trainee.fault).to_be_focused()
    page.context.unroute_all()
    trainee.press("Try again")
    expect(trainee.feedback).to_be_focused()
    page.context.route(re.compile("/api/"), lambda route: route.fulfill(status=404))
    trainee.arrive()
    expect(trainee.fault).to_contain_text("The training could not start in this browser.")
    page.context.unroute_all()
    trainee.press("Try again")
    expect(trainee.fault).to_be_hidden()


def test_what_waits_is_sent(trainee: AtTheKeyboard, page: Page, register: Register, mine: list[Any]) -> None:
    trainee.arrive()
    trainee.read()
    page.context.route(ATTEMPTS, lambda route: route.abort())
    trainee.answer_the_rest()
    recording(page, "Not recorded yet.")
    page.goto(f"{register.url}/my/")
    expect(page.get_by_text("A finished training waits in this browser")).to_be_visible()
    page.context.unroute_all()
    trainee.press("Send it now")
    expect(page.get_by_text("Your finished training is recorded.")).to_be_visible()
    trainee.keys.come_to(page.get_by_role("link", name="Go to My training"))


def test_from_a_receipt_to_the_completion_list(
    trainee: AtTheKeyboard, page: Page, register: Register, course: Course, tmp_path: Path
) -> None:
    page.context.route(re.compile("/api/"), lambda route: route.fulfill(status=404))
    trainee.arrive()
    trainee.read()
    trainee.answer_the_rest()
    trainee.press("Save my receipt")
    name = page.get_by_label("Your name or e-mail address")
    expect(name).to_be_focused()
    page.keyboard.type("Ada Lee")
    with page.expect_download():
        page.keyboard.press("Enter")
    expect(page.get_by_text("Send it to your manager.")).to_be_visible()

    # Whoever listens from the start has the browser hand over its choosers in good time.
    page.on("filechooser", lambda chooser: None)
    page.goto(f"{register.url}/handbook/collate/")
    files = written(tmp_path, {"a.json": passed(course, "Ada Lee"), "staff.csv": "Name\nBen Ode\n"})
    trainee.keys.select(page.get_by_label("Whose training should they have taken?"), "Cockburn Multi-Academy Trust")
    for label, file in (("Receipts", files[0]), ("Staff list", files[1])):
        trainee.keys.come_to(page.get_by_label(label, exact=True))
        with page.expect_file_chooser() as chooser:
            page.keyboard.press("Space")
        chooser.value.set_files(file)
        expect(page.locator(".collate-status")).to_contain_text("1 passed", timeout=ENGINE_READY_MS)
    expect(page.locator(".collate-status")).to_contain_text("1 missing")
    trainee.keys.come_to(page.get_by_role("region", name="Receipts and staff"))
    with page.expect_download():
        trainee.press("Download CSV")
    trainee.press("Clear the list")
    expect(page.get_by_label("Whose training should they have taken?")).to_be_focused()


def test_the_checker_and_an_update(page: Page, register: Register) -> None:
    keys, asker = Keys(page), Asker(page, register.url, "use-photo")
    page.add_init_script(NO_WEBASSEMBLY)
    asker.arrive()
    keys.select(page.get_by_label("Where do you work?"), "Cockburn Multi-Academy Trust")
    group = page.get_by_role("group", name="Will the pupil's name stand with the picture?")
    keys.choose(group, group.get_by_role("radio", name="No", exact=True))
    asker.expect_verdict("Yes, once a parent or carer has agreed.")
    page.context.route(re.compile("/api/consult$"), busy)
    keys.press(page.get_by_role("checkbox", name="A parent or carer"), "Space")
    expect(page.get_by_text("The register is busy. This goes on by itself in 60 seconds.")).to_be_visible()
    page.context.unroute_all()
    keys.press(page.get_by_role("button", name="Clear my answers"))
    expect(page.get_by_role("checkbox", name="A parent or carer")).not_to_be_checked()

    page.goto(f"{register.url}/offline/")
    for name in ("Try this page again", "May I…?", "Search the policies", "Your trust's policy and training"):
        keys.come_to(page.get_by_role("main").get_by_role("link", name=name))
    page.evaluate(NEWER)
    with page.expect_navigation():
        keys.press(page.get_by_role("button", name="Reload"))


def test_a_finished_training_of_somebody_else_leads_out_again(
    trainee: AtTheKeyboard, page: Page, register: Register, mine: list[Any]
) -> None:
    trainee.arrive()
    trainee.read()
    page.context.route(ATTEMPTS, lambda route: route.abort())
    trainee.answer_the_rest()
    recording(page, "Not recorded yet.")
    page.context.unroute_all()
    page.context.clear_cookies()
    helper = page.context.new_page()
    helper.goto(register.link(TRUST, "manager"))
    Keys(helper).press(helper.get_by_role("button", name="Sign in as"))
    expect(helper.get_by_text("Somebody else has finished a training in this browser")).to_be_visible()
    Keys(helper).press(helper.get_by_role("button", name="Sign out"))
    expect(helper).to_have_url(f"{register.url}/")
    page.context.add_cookies(mine)
    helper.goto(f"{register.url}/my/")
    expect(helper.get_by_text("Your finished training is recorded.")).to_be_visible()
