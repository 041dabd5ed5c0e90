"""Does every state of the training, the checker and what surrounds them keep nobody out, on any screen?

Each walk goes through its states once, and each state is looked at by all (see eyes.py).
"""

import base64
import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from quiz.courses import Course
from tests.browser.conftest import ENGINE_READY_MS, TRUST, Register, Trainee, sign_in
from tests.browser.eyes import Eyes
from tests.browser.test_certificate import GREY, passes
from tests.browser.test_collate import drop, passed, written
from tests.browser.test_may_i import Asker
from tests.browser.test_nothing_is_lost import CHANGE_KEPT, REFUSED
from tests.browser.test_training import hold_back
from tests.browser.test_without_wasm import NO_WEBASSEMBLY, PHOTO

ATTEMPTS = re.compile("/api/attempts$")
# Of the reader's choice; the duties have to be told apart without colours of ours.
BADGES = """() => Object.fromEntries(["must", "must-not", "should", "should-not", "may", "plain"].map((duty) => {
  const badge = Object.assign(document.createElement("span"), { className: `badge badge-${duty}`, textContent: duty });
  document.querySelector("main").append(badge);
  const { backgroundColor, borderTopWidth, borderTopLeftRadius } = getComputedStyle(badge);
  const filled = ![getComputedStyle(document.body).backgroundColor, "rgba(255, 255, 255, 0)"].includes(backgroundColor);
  const bar = getComputedStyle(badge, "::before").borderTopWidth;
  badge.remove();
  return [duty, [filled, borderTopWidth, borderTopLeftRadius, bar].join()];
}))"""


@pytest.fixture
def eyes(browser: Browser) -> Iterator[Eyes]:
    """Return a tab that may be given axe, and is looked at by all; the test fails if anybody is kept out."""
    with browser.new_context(bypass_csp=True, locale="en-GB", service_workers="block") as context:
        page = context.new_page()
        page.set_default_timeout(30_000)
        eyes = Eyes(page, context.new_cdp_session(page))
        yield eyes
        assert eyes.found == {}, json.dumps(eyes.found, indent=1, ensure_ascii=False)


@pytest.fixture
def page(eyes: Eyes) -> Page:
    return eyes.page


@pytest.fixture(scope="module")
def course(register: Register) -> Course:
    return register.course(TRUST)


@pytest.fixture
def trainee(page: Page, register: Register, course: Course) -> Trainee:
    return Trainee(page, register.training(TRUST), course)


@pytest.fixture
def mine(page: Page, session_of: Callable[[str], list[Any]]) -> list[Any]:
    """Sign somebody of the trust in; return the cookies, with which they are signed in again."""
    page.context.add_cookies(session_of(TRUST))
    return session_of(TRUST)


def recording(page: Page, words: str) -> None:
    expect(page.locator(".recording")).to_contain_text(words)


def test_the_training_from_loading_to_the_record(trainee: Trainee, page: Page, eyes: Eyes, mine: list[Any]) -> None:
    let_go = hold_back(page, r"\.wasm$")
    trainee.arrive()
    expect(page.get_by_role("progressbar", name="Loading the training")).to_be_visible()
    eyes.look("the first question, while the engine loads")
    trainee.check()
    eyes.look("nothing chosen")
    trainee.choose(trainee.key(trainee.question, right=False))
    trainee.check()
    eyes.look("waiting for the engine")
    let_go()
    expect(trainee.feedback).to_be_focused(timeout=ENGINE_READY_MS)
    trainee.feedback.get_by_text("What the policy says").click()
    eyes.look("the explanation of a wrong answer, unfolded")
    trainee.press("Try a similar question")
    eyes.look("a similar question")
    trainee.answer()
    eyes.look("the explanation of a similar question")
    trainee.press("Next question")
    trainee.answer()
    eyes.look("the explanation of a right answer")
    while not page.locator("form.question .again").is_visible():
        trainee.press("Next question")
        if not page.locator("form.question .again").is_visible():
            trainee.answer()
    eyes.look("a question asked again")
    trainee.answer()
    trainee.press("See your result")
    recording(page, "Not recorded yet. Read these sections")
    eyes.look("passed, with sections unread")
    trainee.press("Record my training")
    eyes.look("a section not ticked")
    page.context.route(ATTEMPTS, lambda route: route.abort())
    trainee.read()
    trainee.press("Record my training")
    recording(page, "The register cannot be reached.")
    eyes.look("not recorded, because the register cannot be reached")
    page.context.unroute_all()
    page.context.clear_cookies()
    trainee.press("Try again")
    recording(page, "Sign in in a new tab")
    eyes.look("not recorded, because signed out")
    page.context.add_cookies(mine)
    trainee.press("Try again")
    recording(page, "Recorded. Receipt ")
    eyes.look("recorded")


def test_the_training_not_passed_refused_and_carried_on(
    trainee: Trainee, page: Page, eyes: Eyes, mine: list[Any]
) -> None:
    trainee.arrive()
    trainee.answer()
    trainee.arrive()
    expect(page.get_by_text("You have begun this training.")).to_be_visible(timeout=ENGINE_READY_MS)
    eyes.look("carried on")
    other = Trainee(page.context.new_page(), trainee.url, trainee.course)
    other.arrive()
    expect(other.feedback).to_be_visible(timeout=ENGINE_READY_MS)
    other.press("Next question")
    other.answer()
    trainee.press("Next question")
    trainee.choose(trainee.right_key())
    trainee.check()
    expect(trainee.fault).to_contain_text("You have gone on in another tab.")
    eyes.look("gone on in another tab")
    other.page.close()
    page.evaluate(CHANGE_KEPT, {"answers": "what?"})
    trainee.arrive()
    expect(page.get_by_text("The attempt saved in this browser cannot be read.")).to_be_visible()
    eyes.look("an attempt that was set aside")
    page.context.route(ATTEMPTS, refused)
    trainee.finish(right=False)
    recording(page, "Not recorded. The ticket is not known.")
    eyes.look("refused")
    page.context.unroute_all()
    trainee.press("Start again")
    expect(page.get_by_text("Question 1 of")).to_be_visible()
    trainee.finish(right=False)
    recording(page, "Recorded. Receipt ")
    eyes.look("not passed")


def refused(route: Route) -> None:
    route.fulfill(status=404, json={"error": {"code": "ticket-gone", "says": "The ticket is not known."}})


def test_practice_and_whatever_cannot_be_had(page: Page, eyes: Eyes, register: Register, course: Course) -> None:
    trainee = Trainee(page, register.training(TRUST), course)
    page.context.route(re.compile("/api/me$"), lambda route: route.abort())
    trainee.arrive()
    expect(page.get_by_text("The register does not answer. This is practice")).to_be_visible()
    eyes.look("practice, because the register does not answer")
    page.context.unroute_all()
    page.evaluate("indexedDB.deleteDatabase('clearpost')")
    page.add_init_script(REFUSED)
    page.add_init_script(NO_WEBASSEMBLY)
    trainee.arrive()
    expect(page.get_by_text("You are not signed in: this is practice")).to_be_visible()
    expect(page.get_by_text("so the register asks the questions.")).to_be_visible()
    expect(page.get_by_text("keep this tab open until you have finished")).to_be_visible()
    eyes.look("practice, with the register asking, in a browser that keeps nothing")
    page.context.route(re.compile("/api/play$"), busy)
    trainee.choose(trainee.right_key())
    trainee.check()
    expect(page.get_by_text("The register is busy. This goes on by itself in 60 seconds.")).to_be_visible()
    eyes.look("the register is busy")
    trainee.arrive()
    page.context.unroute_all()
    page.context.route(re.compile("/api/play$"), lambda route: route.abort())
    trainee.choose(trainee.right_key())
    trainee.check()
    expect(trainee.fault).to_contain_text("The register does not answer.")
    eyes.look("the register is silent")
    page.context.unroute_all()
    page.context.route(re.compile("/api/"), lambda route: route.fulfill(status=404))
    trainee.arrive()
    expect(trainee.fault).to_contain_text("The training could not start in this browser.")
    expect(page.get_by_text("This site has no register.")).to_be_visible()
    eyes.look("no engine and no register")


def busy(route: Route) -> None:
    says = {"error": {"code": "busy", "says": "The register is busy."}}
    route.fulfill(status=429, headers={"Retry-After": "60"}, json=says)


ALLOWED = "?trust=cockburn&account=classroom&named_with_photo=false&dignified=true&consents=parent"
VERDICTS = {
    "allowed": ("use-photo", ALLOWED),
    "allowed-if": ("use-photo", PHOTO),
    "advised-against": ("answer-comment", "?trust=wren-spinney&kind=abuse&via=comment"),
    "ask-first": ("speak-to-press", "?trust=wren-spinney&authorised=false&in_writing=true"),
    "forbidden": ("group-chat", "?trust=wren-spinney&app=whatsapp&purpose=general&with=parents"),
    "not-covered": ("leave-account", "?trust=creating-tomorrow"),
}


def test_the_checker_and_each_of_its_verdicts(page: Page, eyes: Eyes, register: Register) -> None:
    asker = Asker(page, register.url, "use-photo")
    asker.arrive()
    asker.expect_verdict("Choose your trust")
    eyes.look("nothing asked yet")
    asker.arrive("?trust=cockburn&banana=1")
    asker.expect_verdict("3 questions to answer")
    eyes.look("a link with something unknown")
    asker.say("Will the pupil's name stand with the picture?", "No")
    asker.answer.locator("summary").click()
    eyes.look("answered in part")
    for verdict, (decision, query) in VERDICTS.items():
        asker = Asker(page, register.url, decision)
        asker.arrive(query)
        expect(asker.answer).to_have_attribute("data-verdict", verdict, timeout=ENGINE_READY_MS)
        for summary in asker.answer.locator("summary").all():
            summary.click()
        expect(asker.answer).to_contain_text("At other trusts")
        eyes.look(f"the verdict {verdict}")


def test_the_checker_when_it_cannot_answer(page: Page, eyes: Eyes, register: Register) -> None:
    asker = Asker(page, register.url, "use-photo")
    page.add_init_script(NO_WEBASSEMBLY)
    asker.arrive(PHOTO)
    asker.expect_verdict("Yes, once a parent or carer has agreed.")
    eyes.look("the register answers")
    page.context.route(re.compile("/api/consult$"), busy)
    asker.tick("A parent or carer")
    expect(page.get_by_text("The register is busy. This goes on by itself in 60 seconds.")).to_be_visible()
    eyes.look("the register is busy")
    page.context.unroute_all()
    page.context.route(re.compile("/api/consult$"), lambda route: route.abort())
    asker.arrive(PHOTO)
    asker.expect_verdict("No answer for now")
    eyes.look("no answer")


def test_receipts_from_the_training_to_the_list(
    trainee: Trainee, page: Page, eyes: Eyes, register: Register, course: Course, tmp_path: Path
) -> None:
    page.context.route(re.compile("/api/"), lambda route: route.fulfill(status=404))
    trainee.arrive()
    trainee.finish()
    recording(page, "No receipt yet. Read these sections")
    trainee.read()
    trainee.press("Go on to my receipt")
    eyes.look("a receipt to be saved")
    trainee.press("Save my receipt")
    name = page.get_by_label("Your name or e-mail address")
    expect(name).to_have_attribute("aria-invalid", "true")
    eyes.look("a receipt without a name")
    name.fill("Ada Lee")
    trainee.press("Save my receipt")
    expect(page.get_by_text("Send it to your manager.")).to_be_visible()
    eyes.look("a receipt saved")
    page.goto(f"{register.url}/handbook/collate/")
    eyes.look("nothing collated yet")
    drop(page, written(tmp_path, {"a.json": passed(course, "Ada Lee"), "b.json": "{}"}))
    expect(page.get_by_text("Choose the trust. Then the receipts are checked.")).to_be_visible()
    eyes.look("receipts, but of no trust")
    page.context.route(re.compile(r"course\.json"), lambda route: route.abort())
    trust = page.get_by_label("Whose training should they have taken?")
    trust.select_option("Cockburn Multi-Academy Trust")
    expect(page.get_by_role("alert")).to_contain_text("The course did not arrive.")
    eyes.look("a course that did not arrive")
    page.context.unroute(re.compile(r"course\.json"))
    drop(page, written(tmp_path, {"staff.csv": "Name\nBen Ode\n,\nBen Ode\n"}))
    expect(page.locator(".collate-status")).to_contain_text("1 missing", timeout=ENGINE_READY_MS)
    eyes.look("a completion list, with mistakes in the staff list")


def test_my_training_and_its_certificates(
    trainee: Trainee, page: Page, eyes: Eyes, register: Register, mine: list[Any]
) -> None:
    trainee.arrive()
    trainee.answer()
    page.goto(f"{register.url}/my/")
    expect(page.get_by_text("You stopped at question 1 on this device")).to_be_visible()
    eyes.look("under way")
    page.evaluate(CHANGE_KEPT, {"answers": "what?"})
    page.reload()
    expect(page.get_by_text("The attempt saved in this browser cannot be read.")).to_be_visible()
    eyes.look("an attempt that cannot be read")
    certificate = passes(page, register)
    page.goto(f"{register.url}/my/")
    expect(page.get_by_role("heading", name="You are ready")).to_be_visible()
    eyes.look("ready")
    page.goto(certificate)
    expect(page.get_by_role("button", name="Print this certificate")).to_be_visible()
    eyes.look("a certificate")
    check = page.locator(".certificate-check a").inner_text()
    page.goto(check)
    expect(page.get_by_role("heading", level=1)).to_have_text("This certificate is valid")
    eyes.look("a valid certificate is checked")
    with everything_expired(register.data, check.rstrip("/").rpartition("/")[2]):
        page.reload()
        expect(page.get_by_role("heading", level=1)).to_have_text("This certificate is no longer valid")
        eyes.look("an invalid certificate is checked")
        page.goto(certificate)
        expect(page.get_by_text("This certificate is no longer valid.")).to_be_visible()
        eyes.look("an invalid certificate")
        page.goto(f"{register.url}/my/")
        expect(page.get_by_role("heading", name="Your training has expired")).to_be_visible()
        eyes.look("expired")
    page.goto(f"{register.url}/verify/nobody-knows/")
    expect(page.get_by_role("heading", level=1)).to_have_text("We do not know this certificate")
    eyes.look("an unknown certificate is checked")


@contextmanager
def everything_expired(data: Path, code: str) -> Iterator[None]:
    """Let all that the holder of a certificate has passed have expired, as long as the test looks at it.

    The register never changes a completion, and its database lets nobody: the guards are put away meanwhile.
    """
    own = "FROM completions WHERE person_id = (SELECT person_id FROM completions WHERE code = ?)"
    with closing(sqlite3.connect(next(data.glob("*.sqlite*")))) as database:
        before = database.execute(f"SELECT expires_on, id {own}", [code]).fetchall()
        guards = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'completions'"
        put_away = database.execute(guards).fetchall()
        with database:
            for name, _ in put_away:
                database.execute(f"DROP TRIGGER {name}")
            database.executemany(
                "UPDATE completions SET expires_on = '2020-01-31' WHERE id = ?", [[i] for _, i in before]
            )
        yield
        with database:
            database.executemany("UPDATE completions SET expires_on = ? WHERE id = ?", before)
            for _, guard in put_away:
                database.execute(guard)


def test_what_waits_to_be_recorded(
    trainee: Trainee, page: Page, eyes: Eyes, register: Register, mine: list[Any]
) -> None:
    trainee.arrive()
    trainee.read()
    page.context.route(ATTEMPTS, lambda route: route.abort())
    trainee.finish()
    recording(page, "Not recorded yet.")
    page.goto(f"{register.url}/my/")
    expect(page.get_by_text("A finished training waits in this browser")).to_be_visible()
    eyes.look("finished, and not sent yet")
    page.context.clear_cookies()
    page.context.unroute_all()
    sign_in(page, register.link(TRUST, "manager"))
    expect(page.get_by_text("Somebody else has finished a training in this browser")).to_be_visible()
    eyes.look("finished by somebody else")
    page.context.clear_cookies()
    page.context.add_cookies(mine)
    page.goto(f"{register.url}/my/")
    expect(page.get_by_text("Your finished training is recorded.")).to_be_visible()
    eyes.look("recorded in the end")


# What the service worker tells its pages when a newer version is here (docs/service-worker.js).
NEWER = """navigator.serviceWorker.dispatchEvent(new MessageEvent("message", { data: { update: true } }))"""


def test_the_search_the_offline_page_and_an_update(page: Page, eyes: Eyes, register: Register) -> None:
    search, says = f"{register.url}/handbook/search/", page.locator("#search-status")
    page.goto(f"{search}?q=photo")
    expect(says).to_contain_text("found")
    eyes.look("clauses found")
    page.goto(f"{search}?trust=cockburn")
    expect(says).to_contain_text("found")
    page.context.route(re.compile("/handbook/(search|[^/]+/search)/.*json"), lambda route: route.abort())
    page.get_by_label("What do you want to know?").fill("whatsapp")
    expect(says).to_have_text("The search needs the network the first time. Go online, and search again.")
    eyes.look("a search without its index")
    page.context.unroute_all()
    page.get_by_role("button", name="Search", exact=True).last.click()
    expect(says).to_contain_text("found")
    page.get_by_label("What do you want to know?").fill("zebra")
    expect(says).to_contain_text("Nothing found for “zebra”.")
    eyes.look("no clause found")
    page.goto(f"{register.url}/offline/")
    page.evaluate(NEWER)
    expect(page.get_by_role("button", name="Reload")).to_be_visible()
    eyes.look("offline, with an update ready")


def test_in_the_readers_own_colours_duties_differ_in_shape_and_progress_is_seen(
    trainee: Trainee, page: Page, register: Register
) -> None:
    page.emulate_media(forced_colors="active")
    trainee.arrive()
    looks = page.evaluate(BADGES)
    assert len(set(looks.values())) == len(looks), looks
    trainee.answer()
    bar = page.get_by_role("progressbar", name="Questions answered")
    trainee.arrive()
    expect(trainee.feedback).to_be_visible(timeout=ENGINE_READY_MS)
    answered = middle_of(page, bar)
    bar.evaluate("bar => { bar.value = 0; }")
    nothing = middle_of(page, bar)
    done = sum(one != other for one, other in zip(answered, nothing, strict=True)) / len(nothing)
    assert done == pytest.approx(1 / trainee.course.data["questions"], abs=0.02)


def middle_of(page: Page, bar: Locator) -> list[int]:
    """Return how bright the middle row of a bar is, from left to right."""
    width, height, grey = page.evaluate(GREY, base64.b64encode(bar.screenshot()).decode())
    row: list[int] = grey[height // 2 * width :][:width]
    return row


MOVED = """() => new Promise((done) => {
  const isFooter = ({ node }) => Boolean(node?.closest?.(".site-footer"));
  const moves = (entries) => entries.flatMap(({ sources }) => sources.filter(isFooter)).length;
  new PerformanceObserver((list) => done(moves(list.getEntries()))).observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => done(0)));
})"""


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("query", ["", PHOTO], ids=["at first", "from a link"])
def test_the_checkers_form_comes_without_moving_the_end_of_the_page(
    page: Page, register: Register, width: int, query: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    let_go = hold_back(page, r"may-i\.mjs$")
    asker = Asker(page, register.url, "use-photo")
    page.goto(f"{asker.address}{query}", wait_until="commit")
    expect(page.locator(".site-footer")).to_be_attached()
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    let_go()
    asker.expect_verdict("Yes, once a parent or carer has agreed." if query else "Choose your trust")
    assert page.evaluate(MOVED) == 0
