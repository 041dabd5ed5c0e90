"""The walk through the training in the engines of Firefox and of Safari, where they are installed.

Everything is done as a person does it, with real clicks; the machine's own Firefox and WebKit, no special build.
"""

from collections.abc import Iterator

import pytest
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from quiz.courses import Course
from scripts.other_browsers import BROWSERS, Missing
from tests.browser.conftest import ELSEWHERE, ENGINE_READY_MS, TRUST, Register

ASKED_THE_REGISTER = """return performance.getEntriesByType("resource").map((one) => one.name)
  .filter((one) => one.endsWith("/api/play"))"""
ENGINE_READY = 'return performance.getEntriesByName("engine-ready").length > 0'


@pytest.fixture(params=BROWSERS)
def driver(request: pytest.FixtureRequest) -> Iterator[WebDriver]:
    try:
        with BROWSERS[request.param]() as driver:
            yield driver
    except Missing as missing:
        pytest.skip(str(missing))


class Reader:
    """Somebody who knows the policy, in front of a browser."""

    def __init__(self, driver: WebDriver, register: Register, trust: str) -> None:
        self.driver = driver
        self.register = register
        self.trust = trust
        course: Course = register.course(trust)
        self.right = {one.id: str(one.right(course.ruling_on(one))[0]) for one in course.variants.values()}
        self.waiting = WebDriverWait(
            driver,
            ENGINE_READY_MS / 1000,
            ignored_exceptions=[NoSuchElementException, StaleElementReferenceException],
        )

    def sign_in(self) -> None:
        self.driver.get(self.register.link(self.trust, "staff"))
        self.press("Sign in as")
        self.waiting.until(lambda driver: driver.current_url.endswith("/my/"))

    def open_training(self) -> None:
        self.driver.get(self.register.training(self.trust))

    def first(self, selector: str, words: str = "") -> WebElement:
        """Return the first such element that can be seen and has these words, as soon as there is one."""
        found: list[WebElement] = self.waiting.until(
            lambda driver: [
                one for one in driver.find_elements(By.CSS_SELECTOR, selector) if shown(one) and words in one.text
            ],
            f"{selector} {words}",
        )
        return found[0]

    def sees(self, words: str) -> None:
        self.first("main", words)

    def click(self, element: WebElement) -> None:
        # WebKit's driver does not wait for the page to have scrolled there.
        self.driver.execute_script("arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })", element)
        element.click()

    def press(self, name: str) -> None:
        self.click(self.first("button", name))

    def tick_what_was_read(self) -> None:
        for box in self.driver.find_elements(By.CSS_SELECTOR, ".reading-list input"):
            self.click(box)

    @property
    def question(self) -> str:
        return str(self.first("form.question").get_dom_attribute("data-question-id"))

    def progress(self) -> str:
        return self.first(".progress-text").text

    def answer(self) -> str:
        """Answer as the policy does, read what is said, and go on; return the name of the button that led on."""
        self.click(self.first(f"input[value='{self.right[self.question]}']"))
        self.press("Check my answer")
        assert self.first(".feedback h2").text == "Right."
        onward = self.first(".feedback button")
        name = onward.text
        self.click(onward)
        return name

    def answer_the_rest(self) -> None:
        while self.answer() != "See your result":
            pass

    def engine_is_here(self) -> bool:
        """Whether this browser runs the engine itself and has asked the register for no answer."""
        ready: bool = self.driver.execute_script(ENGINE_READY)
        asked: list[str] = self.driver.execute_script(ASKED_THE_REGISTER)
        return ready and not asked


def shown(element: WebElement) -> bool:
    return bool(element.parent.execute_script("return arguments[0].checkVisibility()", element))


def test_a_training_passed_in_another_browser_is_recorded(driver: WebDriver, register: Register) -> None:
    reader = Reader(driver, register, TRUST)
    reader.sign_in()
    reader.open_training()
    assert reader.progress().startswith("Question 1 of ")
    assert reader.first("form.question .story").text
    reader.tick_what_was_read()
    reader.answer()
    reader.answer()
    stopped_at = reader.progress(), reader.question
    driver.refresh()
    reader.waiting.until(lambda _: (reader.progress(), reader.question) == stopped_at)
    reader.answer_the_rest()
    reader.sees("You have passed: 100%.")
    reader.sees("Recorded. Receipt")
    assert reader.engine_is_here()
    driver.get(f"{register.url}/my/")
    reader.sees("Passed")


def test_whoever_is_not_signed_in_can_practise_in_another_browser(driver: WebDriver, register: Register) -> None:
    reader = Reader(driver, register, ELSEWHERE)
    reader.open_training()
    reader.answer_the_rest()
    reader.sees("You have passed: 100%.")
    reader.sees("You are not signed in: this is practice and is not recorded.")
    assert reader.engine_is_here()
