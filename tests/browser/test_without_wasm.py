"""A browser that cannot run the quiz: the register asks and answers in its place, and nothing else changes."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from quiz.courses import Course
from scripts.browser import find_chromium
from tests.browser.conftest import ENGINE_READY_MS, TRUST, Register, Trainee, Watch, barriers
from tests.browser.test_may_i import Asker
from tests.browser.test_may_i import plain_host as plain_host  # A fixture is named once more to be found here.

REGISTER_ASKS = "Your browser cannot run the training by itself, so the register asks the questions."
REGISTER_ANSWERS = "Your browser cannot work out the answers by itself, so the register does."
NO_WEBASSEMBLY = "delete globalThis.WebAssembly"
PHOTO = "?trust=cockburn&account=classroom&named_with_photo=false&dignified=true"


def without_webassembly(page: Page) -> None:
    page.add_init_script(NO_WEBASSEMBLY)


def without_workers(page: Page) -> None:
    page.add_init_script("globalThis.Worker = class { constructor() { throw new Error('no workers') } }")


def without_the_worker(page: Page) -> None:
    page.context.route(re.compile("engine-worker"), lambda route: route.abort())


def without_the_runtime(page: Page) -> None:
    page.context.route(re.compile(r"\.wasm$"), lambda route: route.fulfill(status=404))


UNABLE = [without_webassembly, without_workers, without_the_worker, without_the_runtime]

# What a worker does that runs out of memory while it works out an answer: it stops, or it says so.
BREAKING = {
    "stops": "event.stopImmediatePropagation(); throw new RangeError('out of memory');",
    "says so": """event.stopImmediatePropagation();
      const error = { kind: 'RuntimeError', says: 'memory access out of bounds' };
      self.postMessage(JSON.stringify({ id: JSON.parse(event.data).id, ok: false, error }));""",
}


def breaks_down(page: Page, how: str, at: int) -> None:
    """Let the worker break down when it is asked something for the given time; 1 is the start, 2 the rehearsal."""

    def broken(route: Route) -> None:
        answer = route.fetch()
        # Files that the page brings are no questions.
        asked = f"typeof event.data === 'string' && ++asked >= {at}"
        breaking = f"let asked = 0; self.addEventListener('message', (event) => {{ if ({asked}) {{ {how} }} }});"
        route.fulfill(response=answer, body=f"{breaking}\n{answer.text()}")

    page.context.route(re.compile("engine-worker"), broken)


@pytest.fixture(scope="module")
def course(register: Register) -> Course:
    return register.course(TRUST)


@pytest.fixture
def trainee(page: Page, register: Register, course: Course) -> Trainee:
    return Trainee(page, register.training(TRUST), course)


@pytest.fixture
def photo(page: Page, register: Register) -> Asker:
    return Asker(page, register.url, "use-photo")


def said(page: Page) -> Locator:
    return page.get_by_role("status").filter(has_text=REGISTER_ASKS)


def passes(trainee: Trainee, course: Course) -> None:
    """Take the training, with one mistake, and see it recorded."""
    trainee.read()
    trainee.answer(right=False)
    trainee.press("Next question")
    asked = trainee.finish()
    assert len(asked) == course.data["questions"], "the question that was wrong came back as a variant"
    expect(trainee.page.get_by_role("heading", name="You have passed")).to_be_focused()
    expect(trainee.page.get_by_text("Recorded. Receipt ")).to_be_visible()


@pytest.mark.usefixtures("signed_in")
@pytest.mark.parametrize("unable", UNABLE)
def test_the_whole_training_passes_and_is_recorded(
    trainee: Trainee, page: Page, course: Course, unable: Callable[[Page], None]
) -> None:
    unable(page)
    trainee.arrive()
    expect(said(page)).to_be_visible(timeout=ENGINE_READY_MS)
    passes(trainee, course)
    expect(trainee.fault).to_be_hidden()


def test_a_chromium_that_has_no_webassembly_at_all_is_no_obstacle(
    browser: Browser, register: Register, course: Course, session_of: Callable[[str], list[Any]]
) -> None:
    flags = ["--no-sandbox", "--js-flags=--jitless"]  # It takes WebAssembly away, as a locked-down phone does.
    chromium = browser.browser_type.launch(executable_path=find_chromium(), args=flags)
    page = chromium.new_page(locale="en-GB")
    page.context.add_cookies(session_of(TRUST))
    trainee = Trainee(page, register.training(TRUST), course)
    trainee.arrive()
    assert page.evaluate("typeof WebAssembly") == "undefined"
    passes(trainee, course)
    chromium.close()


@pytest.mark.usefixtures("signed_in")
@pytest.mark.parametrize("how", BREAKING)
@pytest.mark.parametrize("at", [1, 2, 3, 5, 12])
def test_an_engine_that_breaks_down_on_the_way_loses_no_answer(
    trainee: Trainee, page: Page, course: Course, how: str, at: int
) -> None:
    breaks_down(page, BREAKING[how], at)
    trainee.arrive()
    passes(trainee, course)
    expect(trainee.fault).to_be_hidden()


def test_a_page_that_was_killed_while_it_loaded_asks_the_register_next_time(
    trainee: Trainee, page: Page, watch: Watch
) -> None:
    # A page that is killed has no time to say goodbye.
    page.add_init_script("addEventListener('pagehide', (event) => event.stopImmediatePropagation())")
    page.context.route(re.compile(r"\.wasm$"), lambda _route: None)
    with page.context.expect_event("request", lambda request: request.url.endswith("/pyodide.asm.mjs")):
        trainee.arrive()
    expect(page.get_by_text("You are not signed in")).to_be_visible()
    watch.requests.clear()
    page.reload()
    expect(said(page)).to_be_visible()
    trainee.answer()
    assert not [one for one in watch.requests if "/assets/runtime/" in one]


def test_a_page_that_is_left_while_it_loads_tries_again(trainee: Trainee, page: Page) -> None:
    page.context.route(re.compile(r"\.wasm$"), lambda _route: None)
    trainee.arrive()
    expect(page.get_by_text("You are not signed in")).to_be_visible()
    page.context.unroute_all()
    page.reload()
    trainee.answer()
    expect(said(page)).to_have_count(0)


def test_while_the_engine_runs_the_register_is_not_asked(trainee: Trainee, page: Page, watch: Watch) -> None:
    trainee.arrive()
    trainee.finish()
    expect(said(page)).to_have_count(0)
    assert not [one for one in watch.requests if one.endswith("/api/play")]


def test_what_cannot_run_is_not_fetched(trainee: Trainee, page: Page, watch: Watch) -> None:
    without_webassembly(page)
    trainee.arrive()
    trainee.answer()
    assert not [one for one in watch.requests if "/assets/runtime/" in one or "/assets/engine/" in one]
    assert watch.errors == []


def test_a_lost_network_costs_no_answer(trainee: Trainee, page: Page) -> None:
    without_webassembly(page)
    trainee.arrive()
    trainee.answer()
    trainee.press("Next question")
    page.context.route(re.compile("/api/play$"), lambda route: route.abort())
    trainee.choose(trainee.right_key())
    trainee.check()
    expect(trainee.fault).to_contain_text("The register does not answer. Check your connection and try again.")
    expect(page.locator("input:checked")).to_have_value(trainee.right_key())
    page.context.unroute_all()
    trainee.press("Try again")
    expect(trainee.feedback).to_contain_text("Right.")
    expect(page.get_by_text("Question 2 of")).to_be_visible()


def test_a_course_that_has_changed_in_the_meantime_is_loaded_anew(trainee: Trainee, page: Page, course: Course) -> None:
    def older(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace(course.data["digest"], "0" * 64))

    without_webassembly(page)
    page.context.route(re.compile("course.json$"), older)
    trainee.arrive()
    trainee.choose(trainee.right_key())
    trainee.check()
    expect(trainee.fault).to_contain_text("The training has changed since you opened it. Start again.")
    page.context.unroute_all()
    trainee.press("Start again")
    expect(page.get_by_text("Question 1 of")).to_be_focused()
    trainee.answer()
    expect(trainee.feedback).to_contain_text("Right.")


@pytest.mark.parametrize("unable", UNABLE)
def test_may_i_answers_too(photo: Asker, unable: Callable[[Page], None]) -> None:
    unable(photo.page)
    photo.arrive(PHOTO)
    photo.expect_verdict("Yes, once a parent or carer has agreed.")
    expect(photo.page.get_by_role("status").filter(has_text=REGISTER_ANSWERS)).to_be_visible()
    photo.tick("A parent or carer")
    photo.expect_verdict("Yes")
    expect(photo.answer.locator("p:text('At other trusts:') + ul").get_by_role("listitem")).to_have_count(4)


@pytest.mark.parametrize("how", BREAKING)
def test_may_i_goes_on_answering_when_its_engine_breaks_down(photo: Asker, how: str) -> None:
    breaks_down(photo.page, BREAKING[how], at=7)
    photo.arrive(PHOTO)
    photo.expect_verdict("Yes, once a parent or carer has agreed.")
    expect(photo.answer).to_contain_text("At other trusts:")
    photo.tick("A parent or carer")
    photo.expect_verdict("Yes")
    expect(photo.page.get_by_text(REGISTER_ANSWERS)).to_be_visible()


def test_may_i_says_when_the_register_is_silent(photo: Asker) -> None:
    without_webassembly(photo.page)
    photo.page.route("**/api/consult", lambda route: route.abort())
    photo.arrive(PHOTO)
    photo.expect_verdict("No answer for now")
    expect(photo.answer).to_contain_text("The register does not answer. Check your connection and try again.")
    photo.page.unroute_all()
    photo.page.get_by_role("button", name="Try again").click()
    photo.expect_verdict("Yes, once a parent or carer has agreed.")


@pytest.mark.parametrize("unable", UNABLE)
def test_without_a_register_the_page_explains_which_browsers_work(
    page: Page, plain_host: str, course: Course, unable: Callable[[Page], None]
) -> None:
    unable(page)
    trainee = Trainee(page, f"{plain_host}/handbook/{TRUST}/training/", course)
    trainee.arrive()
    expect(trainee.fault).to_contain_text("Try again, or use a current Chrome, Edge, Firefox or Safari.")
    expect(said(page)).to_have_count(0)
    trainee.choose(trainee.right_key())
    trainee.check()
    expect(trainee.fault).to_be_focused()
    expect(page.locator("input:checked")).to_have_value(trainee.right_key())
    asker = Asker(page, plain_host, "use-photo")
    asker.arrive(PHOTO)
    asker.expect_verdict("No answer for now")
    expect(asker.answer).to_contain_text("Use a current Chrome, Edge, Firefox or Safari.")


def test_a_host_that_answers_every_address_with_a_page_is_no_register(trainee: Trainee, page: Page) -> None:
    without_webassembly(page)
    page.context.route(re.compile("/api/"), lambda route: route.fulfill(content_type="text/html", body="<p>Home"))
    trainee.arrive()
    expect(trainee.fault).to_contain_text("use a current Chrome, Edge, Firefox or Safari")


def test_an_engine_that_breaks_down_without_a_register_can_be_tried_again(
    page: Page, plain_host: str, course: Course
) -> None:
    breaks_down(page, BREAKING["says so"], at=5)
    trainee = Trainee(page, f"{plain_host}/handbook/{TRUST}/training/", course)
    trainee.arrive()
    trainee.answer()
    trainee.press("Next question")
    trainee.choose(trainee.right_key())
    trainee.check()
    expect(trainee.fault).to_contain_text("use a current Chrome, Edge, Firefox or Safari", timeout=ENGINE_READY_MS)
    trainee.press("Try again")
    expect(trainee.feedback).to_contain_text("Right.", timeout=ENGINE_READY_MS)
    expect(page.get_by_text("Question 2 of")).to_be_visible()


def test_the_notice_keeps_nobody_out(any_screen: Page, register: Register, course: Course) -> None:
    without_webassembly(any_screen)
    trainee = Trainee(any_screen, register.training(TRUST), course)
    trainee.arrive()
    expect(said(any_screen)).to_be_visible()
    assert barriers(any_screen) == []
    trainee.answer()
    assert barriers(any_screen) == []
    asker = Asker(any_screen, register.url, "use-photo")
    asker.arrive(PHOTO)
    asker.expect_verdict("Yes, once a parent or carer has agreed.")
    expect(any_screen.get_by_text(REGISTER_ANSWERS)).to_be_visible()
    assert barriers(any_screen) == []
