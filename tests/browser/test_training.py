"""The training page of the real site, with the real engine in a real Chromium and the real register behind it.

What a real server cannot be made to do, Playwright does to single addresses: hold back or lose a file, refuse, change.
"""

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from quiz.courses import Course
from quiz.feedback import headline
from quiz.questions import Variant
from tests.browser.conftest import ELSEWHERE, ENGINE_READY_MS, TRUST, Register, Trainee, Watch, barriers, sign_in


@pytest.fixture(scope="module")
def course(register: Register) -> Course:
    return register.course(TRUST)


@pytest.fixture
def trainee(page: Page, register: Register, course: Course) -> Trainee:
    return Trainee(page, register.training(TRUST), course)


def hold_back(page: Page, pattern: str) -> Callable[[], None]:
    """Keep requests waiting until the returned function is called."""
    waiting: list[Route] = []
    held = True

    def hold(route: Route) -> None:
        if held:
            waiting.append(route)
        else:
            route.continue_()

    def let_go() -> None:
        nonlocal held
        held = False
        for route in waiting:
            route.continue_()

    page.context.route(re.compile(pattern), hold)
    return let_go


def test_the_first_question_stands_before_the_runtime_is_ready(trainee: Trainee, page: Page) -> None:
    let_go = hold_back(page, r"\.wasm$")
    trainee.arrive()
    expect(page.get_by_text("Question 1 of")).to_be_visible()
    trainee.choose(trainee.right_key())
    trainee.check()
    expect(page.get_by_role("button", name="Checking…")).to_be_focused()
    expect(page.get_by_text("The training is still loading. Your answer is kept.")).to_be_visible()
    expect(page.locator("input:checked")).to_have_value(trainee.right_key())
    let_go()
    expect(trainee.feedback).to_contain_text("Right.", timeout=ENGINE_READY_MS)


def test_a_network_that_sends_nothing_any_more_is_told_apart_from_one_that_is_slow(
    trainee: Trainee, page: Page
) -> None:
    page.clock.install()
    let_go = hold_back(page, r"\.wasm$")
    trainee.arrive()
    expect(page.get_by_text("Loading the training")).to_be_attached()
    stalled = page.get_by_text("Nothing is arriving just now. Check your connection.")
    page.clock.run_for(14_000)
    expect(stalled).to_have_count(0)
    page.clock.run_for(2_000)
    expect(stalled).to_be_visible()
    page.clock.resume()
    let_go()
    expect(page.get_by_text("Loading the training")).to_be_hidden(timeout=ENGINE_READY_MS)
    expect(stalled).to_have_count(0)


def test_the_first_question_can_be_read_without_any_script(trainee: Trainee, page: Page) -> None:
    page.context.route(re.compile(r"\.mjs$"), lambda route: route.abort())
    trainee.arrive()
    expect(page.locator("form.question .story")).to_be_visible()
    expect(page.get_by_role("radio").first).to_be_visible()


def test_the_page_names_every_module_so_that_none_waits_for_another(
    trainee: Trainee, page: Page, register: Register, watch: Watch
) -> None:
    trainee.arrive()
    named = page.locator("link[rel=modulepreload]").evaluate_all("all => all.map((one) => one.href)")
    asked_for = {one for one in watch.requests if one.startswith(f"{register.url}/assets/training/")}
    assert named
    # The first begins to load the engine, and is named as a script; the others are workers and what they are made of.
    apart = ("early", "engine-files", "engine-worker", "joined-functions")
    of_their_own = {f"{register.url}/assets/training/{one}.mjs" for one in apart}
    assert set(named) == asked_for - of_their_own


def test_an_answer_is_explained_with_links_to_its_provisions(trainee: Trainee, page: Page, course: Course) -> None:
    trainee.arrive()
    variant = course.variants[trainee.question]
    trainee.answer(right=False)
    texts = {key: text for key, text, _ in variant.options}
    expect(trainee.feedback).to_be_focused()
    expect(trainee.feedback.get_by_role("heading")).to_have_text("Not this time.")
    expect(trainee.feedback).to_contain_text(f"The right answer: {texts[variant.right(course.ruling_on(variant))[0]]}")
    decisive = course.data["provisions"][course.ruling_on(variant).because[0]]
    provision = trainee.feedback.get_by_role("listitem").first
    expect(provision).to_be_hidden()
    trainee.feedback.get_by_text("What the policy says").click()
    expect(provision).to_contain_text(decisive["text"])
    expect(provision.locator(".badge")).to_have_text(decisive["label"])
    expect(provision.get_by_role("link")).to_have_attribute("href", decisive["url"])


def test_the_whole_training_can_be_taken_by_keyboard(trainee: Trainee, page: Page) -> None:
    keys = page.keyboard

    def tab_to(target: Locator) -> None:
        for _ in range(40):
            if target.evaluate("one => one === document.activeElement"):
                return
            keys.press("Tab")
        raise AssertionError(f"{target} is not reached with the Tab key")

    trainee.arrive()
    more = True
    while more:
        right = page.locator(f"input[value='{trainee.right_key()}']")
        first = page.get_by_role("radio").first
        tab_to(first)
        keys.press("Space")
        while not right.is_checked():
            keys.press("ArrowDown")
        keys.press("Enter")
        expect(trainee.feedback).to_be_focused(timeout=ENGINE_READY_MS)
        more = page.get_by_role("button", name="Next question").count() == 1
        tab_to(trainee.feedback.get_by_role("button"))
        keys.press("Enter")
        if more:
            expect(page.locator(".progress-text")).to_be_focused()
    expect(page.get_by_role("heading", name="You have passed: 100%.")).to_be_focused()


def test_a_wrong_answer_comes_back_as_a_variant(trainee: Trainee, page: Page) -> None:
    trainee.arrive()
    total = int(page.locator(".progress progress").get_attribute("max") or 0)
    missed = trainee.question
    trainee.answer(right=False)
    expect(page.locator(".progress-text")).to_have_text(f"Question 1 of {total + 1}")
    trainee.press("Next question")
    asked_again = [one["question"] for one in trainee.finish() if one["again"] == "A variant of one you missed."]
    assert [one.split("/")[0] for one in asked_again] == [missed.split("/")[0]]
    assert asked_again != [missed]
    expect(page.locator(".progress-text")).to_have_text(f"All {total + 1} questions answered")


# Every byte of a page's own seed, so that a paper of practice is known beforehand.
ALWAYS_THE_SAME = "crypto.getRandomValues = (array) => array.fill(%d)"


def paper_where(course: Course, fits: Callable[[list[Variant]], bool]) -> int:
    """Return the first byte that, as every byte of the seed, draws a paper that fits."""
    return next(byte for byte in range(256) if fits(course.paper(f"{byte:02x}" * 16)))


def test_similar_questions_after_a_mistake_are_practised_in_place_and_count_for_nothing(
    trainee: Trainee, page: Page, course: Course
) -> None:
    trainee.arrive()
    missed = course.variants[trainee.question]
    trainee.answer(right=False)
    progress = page.locator(".progress-text").inner_text()
    asked = [missed.id]
    trainee.press("Try a similar question")
    while True:
        expect(page.get_by_text("Practice: a similar question. It does not count.")).to_be_focused()
        expect(trainee.feedback).to_be_hidden()
        asked.append(trainee.question)
        trainee.answer(right=len(asked) % 2 == 0)
        expect(trainee.feedback).to_be_focused()
        expect(trainee.feedback).to_contain_text("Right." if len(asked) % 2 == 0 else "Not this time.")
        expect(trainee.feedback).to_contain_text("This was practice. It does not count.")
        expect(page.locator(".progress-text")).to_have_text(progress)
        if not page.get_by_role("button", name="Try another similar question").count():
            break
        trainee.press("Try another similar question")
    assert {course.variants[one].scenario for one in asked} == {missed.scenario}
    trainee.press("Next question")
    expect(page.locator(".progress-text")).to_have_text(progress.replace("Question 1", "Question 2"))
    expect(page.locator(".progress-text")).to_be_focused()
    returned = [one["question"] for one in trainee.finish() if one["again"]]
    assert len(returned) == 1
    # All have been seen, and none of them twice; only what returns was not among them.
    assert sorted([*asked, *returned]) == sorted(one.id for one in course.scenarios[missed.scenario])
    score = 100 * (course.data["questions"] - 1) // course.data["questions"]
    expect(page.get_by_role("heading", name=f"You have passed: {score}%.")).to_be_visible()


def explanation(trainee: Trainee) -> list[str]:
    """Return the feedback as it is at once: what other trusts say comes a moment later."""
    texts = trainee.feedback.locator("p, h2").all_inner_texts()
    return [one for one in texts if one and not one.startswith("At other trusts")]


def test_from_a_similar_question_there_is_a_way_back_to_the_explanation(trainee: Trainee, page: Page) -> None:
    trainee.arrive()
    story = page.locator("form.question .story").inner_text()
    trainee.answer(right=False)
    explained = explanation(trainee)
    trainee.press("Try a similar question")
    expect(page.locator("form.question .story")).not_to_have_text(story)
    page.keyboard.press("Tab")
    expect(page.get_by_role("radio").first).to_be_focused()
    trainee.press("Back to the training")
    expect(trainee.feedback).to_be_focused()
    assert explanation(trainee) == explained
    expect(page.locator("form.question .story")).to_have_text(story)
    trainee.press("Next question")
    expect(page.get_by_text("Question 2 of")).to_be_visible()
    trainee.answer()
    expect(trainee.feedback).to_contain_text("Right.")
    expect(trainee.feedback.get_by_role("button")).to_have_text(["Next question"])


def test_a_similar_question_can_be_taken_by_keyboard(trainee: Trainee, page: Page) -> None:
    trainee.arrive()
    trainee.answer(right=False)
    onward = trainee.feedback.get_by_role("button", name="Next question")
    while not onward.evaluate("one => one === document.activeElement"):
        page.keyboard.press("Tab")
    for key in ("Tab", "Enter", "Tab", "Space", "Enter"):
        page.keyboard.press(key)
    expect(trainee.feedback).to_be_focused()
    expect(trainee.feedback).to_contain_text("This was practice.")


def test_where_there_is_no_similar_question_none_is_offered(trainee: Trainee, page: Page, course: Course) -> None:
    byte = paper_where(course, lambda paper: len(course.scenarios[paper[1].scenario]) == 1)
    page.add_init_script(ALWAYS_THE_SAME % byte)
    trainee.arrive()
    trainee.answer()
    trainee.press("Next question")
    trainee.answer(right=False)
    expect(trainee.feedback).to_contain_text("Not this time.")
    expect(trainee.feedback.get_by_role("button")).to_have_text(["Next question"])


@pytest.mark.parametrize("at", ["the similar question", "its explanation"])
def test_a_reload_while_practising_comes_back_to_the_explanation_it_began_with(
    trainee: Trainee, page: Page, at: str
) -> None:
    trainee.arrive()
    trainee.answer(right=False)
    explained = explanation(trainee)
    trainee.press("Try a similar question")
    if at == "its explanation":
        trainee.answer()
    trainee.arrive()
    expect(trainee.feedback).to_be_visible(timeout=ENGINE_READY_MS)
    assert explanation(trainee) == explained


def test_the_register_asks_similar_questions_where_the_browser_cannot(trainee: Trainee, page: Page) -> None:
    page.add_init_script("delete globalThis.WebAssembly")
    trainee.arrive()
    trainee.answer(right=False)
    trainee.press("Try a similar question")
    page.context.route(re.compile("/api/another$"), lambda route: route.abort())
    trainee.choose(trainee.right_key())
    trainee.check()
    expect(trainee.fault).to_contain_text("The register does not answer. Check your connection and try again.")
    expect(trainee.fault).to_be_focused()
    page.context.unroute_all()
    trainee.press("Try again")
    expect(trainee.feedback).to_contain_text("This was practice. It does not count.")
    trainee.press("Next question")
    trainee.finish()
    expect(page.get_by_role("heading", name="You have passed")).to_be_visible()


def test_checking_with_nothing_chosen_says_so_at_the_field(trainee: Trainee, page: Page) -> None:
    trainee.arrive()
    trainee.check()
    expect(page.locator("form.question").get_by_role("group")).to_have_accessible_description(
        "Choose one of the answers."
    )
    expect(page.get_by_role("radio").first).to_be_focused()
    trainee.choose(trainee.right_key())
    expect(page.get_by_text("Choose one of the answers.")).to_be_hidden()


def without_a_register(page: Page) -> None:
    """Let the site be one on a host for plain files; with a register, that would step in (see test_without_wasm.py)."""
    page.context.route(re.compile("/api/"), lambda route: route.fulfill(status=404, body="not found"))


def test_a_missing_runtime_is_said_in_plain_words_and_can_be_tried_again(trainee: Trainee, page: Page) -> None:
    without_a_register(page)
    page.context.route(re.compile(r"\.wasm$"), lambda route: route.fulfill(status=404))
    trainee.arrive()
    trainee.choose(trainee.right_key())
    trainee.check()
    expect(trainee.fault).to_contain_text("The training could not start in this browser.")
    expect(trainee.fault).to_contain_text("tell your manager")
    expect(trainee.fault).to_be_focused()
    expect(page.get_by_role("button", name="Check my answer")).to_be_visible()
    expect(page.locator("input:checked")).to_have_value(trainee.right_key())
    page.context.unroute_all()
    trainee.press("Try again")
    expect(trainee.feedback).to_contain_text("Right.", timeout=ENGINE_READY_MS)


# The image may be missing as long as the library is there, and the other way round: see test_engine_start.py.
PARTS = ["engine-worker.mjs", "engine-files.mjs", "manifest.json", "pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm",
         "pyodide-lock.json", "snapshot-|python_stdlib-", "snapshot-|quiz-"]  # fmt: skip


@pytest.mark.parametrize("missing", PARTS)
def test_whatever_part_of_the_engine_is_missing_the_page_says_so(trainee: Trainee, page: Page, missing: str) -> None:
    without_a_register(page)
    page.context.route(re.compile(missing), lambda route: route.fulfill(status=404))
    trainee.arrive()
    expect(trainee.fault).to_contain_text("The training could not start in this browser.", timeout=ENGINE_READY_MS)


@pytest.mark.parametrize("part", PARTS)
def test_whatever_part_of_the_engine_is_cut_off_the_page_says_so(trainee: Trainee, page: Page, part: str) -> None:
    without_a_register(page)
    page.context.route(re.compile(part), lambda route: route.abort())
    trainee.arrive()
    expect(trainee.fault).to_contain_text("The training could not start in this browser.", timeout=ENGINE_READY_MS)


def test_every_call_to_an_engine_that_keeps_silent_is_answered_in_the_end(trainee: Trainee, page: Page) -> None:
    hold_back(page, r"\.wasm$")
    trainee.arrive()
    errors = page.evaluate("""async () => {
      const { EngineClient } = await import("/assets/training/engine-client.mjs");
      const engine = new EngineClient("/assets/engine/manifest.json", () => {}, 300);
      const calls = [engine.call("play", "", "", ""), engine.call("decide", "", "", "")];
      const inTime = await Promise.allSettled(calls);
      const afterwards = await Promise.allSettled([engine.call("play", "", "", "")]);
      return [...inTime, ...afterwards].map((one) => one.reason?.name);
    }""")
    assert errors == ["EngineUnavailable"] * 3


def test_a_missing_course_can_be_asked_for_again(trainee: Trainee, page: Page) -> None:
    page.context.route(re.compile(r"course\.json$"), lambda route: route.abort())
    trainee.arrive()
    trainee.choose(trainee.right_key())
    trainee.check()
    expect(trainee.fault).to_contain_text("Check your connection and try again.")
    page.context.unroute_all()
    trainee.press("Try again")
    expect(trainee.feedback).to_contain_text("Right.", timeout=ENGINE_READY_MS)


def test_whoever_is_not_signed_in_practises_and_is_told(trainee: Trainee, page: Page) -> None:
    trainee.arrive()
    notice = page.get_by_text("You are not signed in: this is practice and is not recorded.")
    expect(notice).to_be_visible()
    expect(page.get_by_role("link", name="Sign in")).to_have_attribute("href", "/sign-in/")
    trainee.finish()
    expect(page.get_by_role("heading", name="You have passed: 100%.")).to_be_visible()
    expect(notice).to_be_visible()
    expect(page.get_by_text("Receipt")).to_be_hidden()


def test_what_counts_for_nothing_says_so_above_the_questions_from_the_second_on(trainee: Trainee, page: Page) -> None:
    trainee.arrive()
    notice = page.get_by_text("You are not signed in: this is practice and is not recorded.")
    question = page.locator("form.question")
    expect(notice).to_be_visible()
    assert top_of(notice) > top_of(question), "it pushed away the question that is being read"
    trainee.answer()
    trainee.press("Next question")
    assert top_of(page.locator(".progress-text")) < top_of(notice) < top_of(question)
    trainee.arrive()
    expect(trainee.feedback.or_(question).first).to_be_visible()
    expect(page.get_by_text("You have begun this training.")).to_be_visible(timeout=ENGINE_READY_MS)
    assert top_of(notice) < top_of(question)


def top_of(element: Locator) -> float:
    """Return how far down the page it begins, in pixels."""
    top: float = element.evaluate("one => one.getBoundingClientRect().top + scrollY")
    return top


def test_without_a_register_nothing_is_recorded_and_the_page_says_so(trainee: Trainee, page: Page) -> None:
    without_a_register(page)
    trainee.arrive()
    expect(
        page.get_by_text("This site has no register. When you have passed, you save a receipt for your manager.")
    ).to_be_visible()


@pytest.mark.usefixtures("signed_in_elsewhere")
def test_somebody_of_another_trust_practises_and_is_told(trainee: Trainee, page: Page) -> None:
    trainee.arrive()
    expect(page.get_by_text("You belong to another trust: this is practice and is not recorded.")).to_be_visible()
    expect(page.get_by_role("link", name="your own trust")).to_have_attribute(
        "href", f"/handbook/{ELSEWHERE}/training/"
    )


@pytest.mark.usefixtures("signed_in")
def test_a_passed_training_is_recorded_with_a_receipt(trainee: Trainee, page: Page) -> None:
    trainee.arrive()
    trainee.read()
    trainee.finish()
    expect(page.get_by_role("heading", name="You have passed: 100%.")).to_be_visible()
    expect(page.get_by_text("Recorded. Receipt ")).to_be_visible()
    expect(page.get_by_text(re.compile(r"Your training counts until \d+ \w+ \d{4}\."))).to_be_visible()
    expect(page.get_by_role("link", name="Ask for posting rights")).to_have_attribute("href", "/my/#rights")


@pytest.mark.usefixtures("signed_in")
def test_what_is_read_is_ticked_and_remembered_in_this_browser(trainee: Trainee, page: Page, course: Course) -> None:
    count, sections = page.locator(".reading-count"), course.data["read"]
    trainee.arrive()
    expect(count).to_have_text(f"0 of {len(sections)} read")
    page.get_by_role("checkbox", name=sections[1]["title"]).check()
    expect(count).to_have_text(f"1 of {len(sections)} read")
    page.reload()
    expect(count).to_have_text(f"1 of {len(sections)} read")
    expect(page.get_by_role("checkbox", name=sections[1]["title"])).to_be_checked()
    page.get_by_role("checkbox", name=sections[1]["title"]).uncheck()
    page.reload()
    expect(count).to_have_text(f"0 of {len(sections)} read")


@pytest.mark.usefixtures("signed_in")
def test_what_was_ticked_of_an_older_course_does_not_count(trainee: Trainee, page: Page, course: Course) -> None:
    def older(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace(course.data["digest"], "0" * 64))

    page.context.route(re.compile("/training/$"), older)
    trainee.arrive()
    trainee.read()
    trainee.finish()
    expect(page.get_by_text("Not recorded yet. Read these sections")).to_be_visible()
    expect(trainee.boxes.first).not_to_be_checked()
    page.context.unroute_all()
    page.reload()
    expect(page.locator(".reading-count")).to_have_text(f"0 of {len(course.data['read'])} read")


@pytest.mark.usefixtures("signed_in")
def test_a_pass_with_sections_unread_names_them_and_is_recorded_once_they_are_ticked(
    trainee: Trainee, page: Page, course: Course
) -> None:
    first, second, *others = course.data["read"]
    trainee.arrive()
    for one in others:
        page.get_by_role("checkbox", name=one["title"]).check()
    trainee.finish()
    expect(page.get_by_role("heading", name="You have passed: 100%.")).to_be_visible()
    asked = page.locator(".recording")
    expect(asked.get_by_role("listitem")).to_have_count(2)
    expect(asked.get_by_role("link", name=second["title"])).to_have_attribute("href", second["url"])
    asked.get_by_role("checkbox", name=second["title"]).check()
    trainee.press("Record my training")
    expect(asked).to_contain_text("Tick every section that you have read.")
    expect(asked.get_by_role("checkbox", name=first["title"])).to_be_focused()
    expect(asked.get_by_role("checkbox", name=first["title"])).to_have_accessible_description(
        "Tick every section that you have read."
    )
    trainee.boxes.first.check()
    expect(asked.get_by_role("checkbox", name=first["title"])).to_be_checked()
    trainee.press("Record my training")
    expect(page.get_by_text("Recorded. Receipt ")).to_be_visible()
    expect(page.get_by_role("heading", name="You are ready. You have passed: 100%.")).to_be_focused()


@pytest.mark.usefixtures("signed_in")
def test_the_next_person_at_this_browser_confirms_for_themselves(trainee: Trainee, page: Page, course: Course) -> None:
    trainee.arrive()
    trainee.read()
    trainee.finish()
    expect(page.get_by_text("Recorded. Receipt ")).to_be_visible()
    page.reload()
    expect(page.locator(".reading-count")).to_have_text(f"0 of {len(course.data['read'])} read")


def test_feedback_tells_how_other_trusts_answer(trainee: Trainee, page: Page, course: Course) -> None:
    own = headline(course.ruling_on(course.opening))
    names = {name: name.title() for name in ("ash", "elm", "fir", "yew", "box", "bay", "oak")}
    answers = [["Never", 9, list(names)[:6]], [own, 2, [TRUST, "oak"]]]
    told = {"trusts": names, "variants": {course.opening.id: answers}}
    page.context.route(re.compile("/handbook/elsewhere/"), lambda route: route.fulfill(json=told))
    trainee.arrive()
    trainee.answer()
    says = f"At other trusts: Never (Ash, Elm, Fir, Yew, Box and 4 more) · {own} (Oak)"
    expect(page.locator(".elsewhere")).to_have_text(says)


def test_the_sites_own_file_tells_how_other_trusts_answer(
    trainee: Trainee, page: Page, register: Register, course: Course
) -> None:
    trainee.arrive()
    for _ in range(course.data["questions"] - 1):
        scenario, _, _ = trainee.question.partition("/")
        found = page.request.get(f"{register.url}/handbook/elsewhere/{scenario}.json").json()
        differs = trainee.question in found["variants"]
        trainee.answer()
        line = page.locator(".elsewhere")
        if differs:
            expect(line).to_contain_text("At other trusts: ")
            return
        expect(line).to_be_hidden()
        trainee.press("Next question")
    raise AssertionError("trusts answer every question of a paper alike")


def test_without_word_from_elsewhere_the_feedback_is_whole(trainee: Trainee, page: Page) -> None:
    page.context.route(re.compile("/handbook/elsewhere/"), lambda route: route.abort())
    trainee.arrive()
    trainee.answer()
    expect(trainee.feedback).to_contain_text("Right.")
    expect(page.locator(".elsewhere")).to_be_hidden()
    trainee.press("Next question")
    expect(page.get_by_text("Question 2 of")).to_be_visible()


def test_reading_feedback_and_result_keep_nobody_out(
    any_screen: Page, register: Register, course: Course, session_of: Callable[[str], list[Any]]
) -> None:
    any_screen.context.add_cookies(session_of(TRUST))
    trainee = Trainee(any_screen, register.training(TRUST), course)
    trainee.arrive()
    trainee.boxes.first.check()
    assert barriers(any_screen) == []
    trainee.answer(right=False)
    assert barriers(any_screen) == []
    trainee.press("Try a similar question")
    assert barriers(any_screen) == []
    trainee.answer()
    assert barriers(any_screen) == []
    trainee.press("Next question")
    trainee.finish()
    assert barriers(any_screen) == []
    trainee.press("Record my training")
    assert barriers(any_screen) == []


LARGE = 44  # CSS pixels


@pytest.mark.usefixtures("signed_in")
def test_on_a_phone_whatever_is_pressed_is_large(trainee: Trainee, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})

    def small() -> list[str]:
        seen = "all => all.map((one) => [one.innerText, one.getBoundingClientRect()])"
        pressed = page.locator(".training :is(label, button, summary, .recording a):visible").evaluate_all(seen)
        assert pressed
        return [text for text, box in pressed if box["height"] < LARGE]

    trainee.arrive()
    assert small() == []
    trainee.answer(right=False)
    assert small() == []
    trainee.press("Try a similar question")
    assert small() == []
    trainee.answer()
    assert small() == []
    trainee.press("Next question")
    trainee.finish()
    expect(page.get_by_role("button", name="Record my training")).to_be_visible()
    assert small() == []
    trainee.read()
    trainee.press("Record my training")
    expect(page.get_by_text("Recorded. Receipt ")).to_be_visible()
    assert small() == []


@pytest.mark.usefixtures("signed_in")
def test_a_failed_training_says_what_to_reread_and_begins_again(trainee: Trainee, page: Page) -> None:
    trainee.arrive()
    trainee.read()
    opening = trainee.question
    trainee.finish(right=False)
    expect(page.get_by_role("heading", name="Not passed yet: 0% of the 80% you need.")).to_be_focused()
    expect(page.get_by_text("Recorded. Receipt ")).to_be_visible()
    expect(page.get_by_role("table", name="By topic").get_by_role("row").first).to_contain_text("0 of")
    expect(page.get_by_role("heading", name="What to reread")).to_be_visible()
    expect(page.get_by_text("Read them again, then try again: you can do so as often as you like.")).to_be_visible()
    # What is recorded stands nowhere else: whatever leads away leaves it there.
    ways = page.locator(".result a").evaluate_all("all => all.map((one) => [one.target, one.innerText])")
    assert {(target, text.endswith("(new tab)")) for target, text in ways} == {("_blank", True)}
    trainee.press("Try again")
    expect(page.get_by_text("Question 1 of")).to_be_focused()
    assert trainee.question == opening
    trainee.finish()
    expect(page.get_by_role("heading", name="You have passed: 100%.")).to_be_visible()


@pytest.mark.usefixtures("signed_in")
def test_a_refused_submission_gives_the_reason_and_starts_again(trainee: Trainee, page: Page) -> None:
    def forge(route: Route) -> None:
        sent = {**json.loads(route.request.post_data or ""), "ticket": "not-one-of-ours"}
        route.continue_(post_data=json.dumps(sent))

    page.context.route(re.compile("/api/attempts$"), forge)
    trainee.arrive()
    trainee.read()
    trainee.finish()
    expect(page.get_by_text(re.compile(r"^Not recorded\. .+[Ss]tart .*again"))).to_be_visible()
    page.context.unroute_all()
    trainee.press("Start again")
    expect(page.get_by_text("Question 1 of")).to_be_visible()
    trainee.finish()
    expect(page.get_by_text("Recorded. Receipt ")).to_be_visible()


@pytest.mark.usefixtures("signed_in")
def test_answers_that_do_not_arrive_are_sent_again_unchanged(trainee: Trainee, page: Page) -> None:
    sent: list[str] = []

    def lose(route: Route) -> None:
        sent.append(route.request.post_data or "")
        route.abort()

    page.context.route(re.compile("/api/attempts$"), lose)
    trainee.arrive()
    trainee.read()
    trainee.finish()
    expect(page.get_by_text("Not recorded yet.")).to_be_visible()
    expect(page.get_by_text("Receipt")).to_be_hidden()
    page.context.unroute_all()
    with page.expect_request("**/api/attempts") as again:
        trainee.press("Try again")
    expect(page.get_by_text("Recorded. Receipt ")).to_be_visible()
    assert sent == [again.value.post_data]


@pytest.mark.usefixtures("signed_in")
def test_answers_arriving_twice_are_recorded_once(trainee: Trainee, page: Page) -> None:
    receipts: list[str] = []

    def answer_is_lost(route: Route) -> None:
        receipts.append(route.fetch().json()["attempt"])
        route.abort()

    page.context.route(re.compile("/api/attempts$"), answer_is_lost)
    trainee.arrive()
    trainee.read()
    trainee.finish()
    expect(page.get_by_text("Not recorded yet.")).to_be_visible()
    page.context.unroute_all()
    trainee.press("Try again")
    expect(page.get_by_text(f"Recorded. Receipt {receipts[0]}.")).to_be_visible()


@pytest.mark.usefixtures("signed_in")
def test_a_session_that_ends_on_the_way_loses_no_answers(trainee: Trainee, page: Page, register: Register) -> None:
    trainee.arrive()
    trainee.read()
    trainee.answer()
    page.context.clear_cookies()
    trainee.press("Next question")
    trainee.finish()
    expect(page.get_by_text("Not recorded yet.")).to_be_visible()
    expect(page.get_by_role("link", name="Sign in in a new tab")).to_have_attribute("href", "/sign-in/")
    sign_in(page.context.new_page(), register.link(TRUST, "staff"))
    trainee.press("Try again")
    expect(page.get_by_text("Recorded. Receipt ")).to_be_visible()


@pytest.mark.usefixtures("signed_in")
def test_a_course_the_register_does_not_have_is_not_played(trainee: Trainee, page: Page) -> None:
    def other(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "course_digest": "0" * 64})

    page.context.route(re.compile("/api/tickets$"), other)
    trainee.arrive()
    trainee.choose(trainee.right_key())
    trainee.check()
    expect(trainee.fault).to_contain_text("The training has changed since you opened it. Start again.")
    page.context.unroute_all()
    trainee.press("Start again")
    expect(trainee.fault).to_be_hidden(timeout=ENGINE_READY_MS)
    trainee.answer()
    expect(trainee.feedback).to_contain_text("Right.")


@pytest.mark.usefixtures("signed_in")
def test_a_page_older_than_the_course_begins_again(trainee: Trainee, page: Page) -> None:
    def older(route: Route) -> None:
        answer = route.fetch()
        story = re.compile(r'(<p class="story">)[^<]*')
        route.fulfill(response=answer, body=story.sub(r"\1What the story said last year.", answer.text()))

    page.context.route(re.compile("/training/$"), older)
    trainee.arrive()
    trainee.choose(trainee.right_key())
    trainee.check()
    expect(trainee.fault).to_contain_text("The training has changed", timeout=ENGINE_READY_MS)
    trainee.press("Start again")
    expect(page.locator(".story")).not_to_contain_text("last year")
    trainee.answer()


@pytest.mark.usefixtures("signed_in")
def test_no_request_leaves_the_origin_and_the_console_stays_clean(
    trainee: Trainee, page: Page, register: Register, watch: Watch
) -> None:
    trainee.arrive()
    trainee.read()
    trainee.finish()
    expect(page.get_by_text("Recorded. Receipt ")).to_be_visible()
    assert watch.origins() == {register.url}
    assert {urlsplit(one).path.rpartition(".")[2] for one in watch.requests} >= {"wasm", "zip", "mjs"}
    assert watch.errors == []
