"""Does somebody who listens to the pages learn what those who look at them see? What it is called, and what changes."""

import re

import pytest
from playwright.sync_api import Page, expect

from quiz.courses import Course
from tests.browser.conftest import ENGINE_READY_MS, TRUST, Register, Trainee
from tests.browser.test_every_state import busy
from tests.browser.test_may_i import Asker
from tests.browser.test_training import hold_back
from tests.browser.test_without_wasm import NO_WEBASSEMBLY, PHOTO

# The places a screen reader listens to from the beginning; what is put into a new one may never be told.
LISTEN = """() => {
  window.heard = [...document.querySelectorAll("[role=status], [role=alert]")].filter((one) => one.checkVisibility());
}"""
HEARD = "(words) => window.heard.some((one) => one.isConnected && one.textContent.includes(words))"


@pytest.fixture(scope="module")
def course(register: Register) -> Course:
    return register.course(TRUST)


@pytest.fixture
def trainee(page: Page, register: Register, course: Course) -> Trainee:
    return Trainee(page, register.training(TRUST), course)


def hears(page: Page, words: str) -> None:
    expect(page.get_by_text(words)).to_be_visible(timeout=ENGINE_READY_MS)
    assert page.evaluate(HEARD, words), f"nobody listens where it says: {words}"


def test_what_the_training_says_is_heard(trainee: Trainee, page: Page) -> None:
    let_go = hold_back(page, "/api/me$")
    page.context.route(re.compile(r"\.wasm$"), lambda _route: None)
    trainee.arrive()
    expect(page.get_by_role("progressbar", name="Loading the training")).to_be_visible()
    page.evaluate(LISTEN)
    trainee.choose(trainee.right_key())
    trainee.check()
    hears(page, "The training is still loading. Your answer is kept.")
    let_go()
    hears(page, "You are not signed in: this is practice and is not recorded.")
    page.context.unroute_all()


@pytest.mark.parametrize("lost", ["the register's engine too", "only this browser's engine"])
def test_it_is_heard_who_answers_when_this_browser_cannot(trainee: Trainee, page: Page, lost: str) -> None:
    let_go = hold_back(page, "engine/manifest")
    trainee.arrive()
    expect(page.get_by_role("progressbar", name="Loading the training")).to_be_visible()
    page.evaluate(LISTEN)
    page.context.route(re.compile(r"\.wasm$"), lambda route: route.fulfill(status=404))
    if lost == "the register's engine too":
        page.context.route(re.compile("/api/"), lambda route: route.fulfill(status=404))
        let_go()
        hears(page, "The training could not start in this browser.")
    else:
        let_go()
        hears(page, "so the register asks the questions.")


def test_what_the_checker_says_is_heard(page: Page, register: Register) -> None:
    asker = Asker(page, register.url, "use-photo")
    page.add_init_script(NO_WEBASSEMBLY)
    page.context.route(re.compile("/api/consult$"), busy)
    asker.arrive()
    asker.expect_verdict("Choose your trust")
    page.evaluate(LISTEN)
    asker.work_at("Cockburn Multi-Academy Trust")
    hears(page, "The register is busy. This goes on by itself in 60 seconds.")
    hears(page, "One moment…")


def test_what_a_link_says_wrongly_is_heard(page: Page, register: Register) -> None:
    let_go = hold_back(page, r"trusts\.json$")
    asker = Asker(page, register.url, "use-photo")
    asker.arrive("?banana=1")
    expect(page.get_by_role("form", name="May I publish")).to_be_visible()
    page.evaluate(LISTEN)
    let_go()
    hears(page, "Part of the link is not known here and was left out.")


@pytest.mark.usefixtures("signed_in")
def test_a_screen_reader_finds_names_and_errors(trainee: Trainee, page: Page) -> None:
    trainee.arrive()
    trainee.check()
    place = page.locator("#training")
    expect(place).to_match_aria_snapshot(r"""
      - paragraph: /Question 1 of \d+/
      - progressbar "Questions answered"
      - paragraph: /.+/
      - group /\?/:
        - paragraph: Choose one of the answers.
        - radio /.+/
        - radio /.+/
      - paragraph:
        - button "Check my answer"
      - status
    """)
    trainee.answer(right=False)
    expect(place).to_match_aria_snapshot(r"""
      - status:
        - heading "Not this time." [level=2]
        - paragraph: /You chose/
        - paragraph: /The right answer/
        - group: What the policy says
        - paragraph:
          - button "Next question"
          - button "Try a similar question"
    """)
    trainee.press("Next question")
    trainee.finish()
    trainee.press("Record my training")
    unread = page.locator(".recording").get_by_role("checkbox").first
    expect(unread).to_be_focused()
    expect(unread).to_have_attribute("aria-invalid", "true")
    expect(unread).to_have_accessible_description("Tick every section that you have read.")
    expect(place).to_match_aria_snapshot(r"""
      - region /You have passed/:
        - heading /You have passed/ [level=2]
        - status:
          - list:
            - listitem:
              - link /(new tab)/
              - checkbox /I have read this/
          - paragraph:
            - button "Record my training"
        - table "Right answers by topic"
    """)
    unread.check()
    expect(unread).not_to_have_attribute("aria-invalid", "true")


def test_the_checkers_form_and_answer_have_names(page: Page, register: Register) -> None:
    asker = Asker(page, register.url, "use-photo")
    asker.arrive(PHOTO)
    asker.expect_verdict("Yes, once a parent or carer has agreed.")
    expect(page.locator("#may-i")).to_match_aria_snapshot(r"""
      - form "May I publish a photo of a pupil?":
        - combobox "Where do you work?"
        - group "Who has agreed?":
          - checkbox "A parent or carer"
        - group /pupil's name/:
          - radio "Yes"
          - radio "No" [checked]
        - paragraph:
          - button "Clear my answers"
      - region "The answer":
        - status: Yes, once a parent or carer has agreed.
        - paragraph:
          - button "Copy link to this answer"
          - link "The whole policy"
    """)
