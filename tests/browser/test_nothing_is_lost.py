"""However the network, the server, the browser or the session fail: each attempt is on record once, and none is lost.

The register is a process of its own here, because it is killed; its database is what counts.
"""

import os
import re
import signal
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from quiz.courses import Course
from scripts.browser import find_chromium
from tests.browser import conftest
from tests.browser.conftest import CLEARPOST, ENVIRON, ROOT, TRUST, Register, Trainee, free_port, links_in, sign_in

ATTEMPTS = re.compile("/api/attempts$")
RECEIPT = re.compile(r"Receipt ([0-9A-Z]{4}(?:-[0-9A-Z]{4}){2})\.")
UNREADABLE = "The attempt saved in this browser cannot be read."
# What the browser keeps, whatever it is called.
KEPT = """async () => {
  const database = await new Promise((done) => {
    const request = indexedDB.open("clearpost");
    request.onsuccess = () => done(request.result);
  });
  const found = {};
  for (const name of database.objectStoreNames) {
    found[name] = await new Promise((done) => {
      const request = database.transaction(name).objectStore(name).getAll();
      request.onsuccess = () => done(request.result);
    });
  }
  database.close();
  return { ...found, local: Object.entries(localStorage) };
}"""
UNTIL_KEPT = f"""async ([stage, patience]) => {{
  const late = performance.now() + patience;
  while ((await ({KEPT})()).attempts[0]?.at !== stage) {{
    if (performance.now() > late) throw new Error(`no ${{stage}} is kept`);
    await new Promise((done) => setTimeout(done, 5));
  }}
}}"""
CHANGE_KEPT = """async (change) => {
  const database = await new Promise((done) => {
    const request = indexedDB.open("clearpost");
    request.onsuccess = () => done(request.result);
  });
  const transaction = database.transaction("attempts", "readwrite");
  const store = transaction.objectStore("attempts");
  store.getAll().onsuccess = ({ target }) => {
    for (const one of target.result) store.put({ ...one, ...change });
  };
  await new Promise((done) => (transaction.oncomplete = done));
  database.close();
}"""


# Before that a question can be read, but nobody could answer it without a network.
ENGINE_READY = """() => new Promise((done) => new PerformanceObserver((list) => {
  if (list.getEntriesByName("engine-ready").length) done();
}).observe({ type: "mark", buffered: true }))"""


@dataclass
class Server:
    """A register that can be killed and comes back at the same address with the same data."""

    register: Register
    process: subprocess.Popen[str] | None = field(default=None)

    def start(self) -> None:
        port = self.register.url.rpartition(":")[2]
        serve = [*CLEARPOST, "serve", "--data", str(self.register.data), "--site", str(conftest.SITE), "--port", port]
        self.process = subprocess.Popen([*serve, "--demo"], cwd=ROOT, env=ENVIRON, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        said = "".join(iter(self.process.stdout.readline, f"Serving on {self.register.url} (stop with Ctrl-C)\n"))
        self.register.links.update(links_in(said))
        conftest.wait_until_it_answers(self.register, self.process)

    def kill(self) -> None:
        """Let it go as in a power cut."""
        assert self.process
        self.process.kill()
        self.process.communicate()

    def query(self, sql: str) -> list[Any]:
        with closing(sqlite3.connect(self.database)) as database, database:
            return database.execute(sql).fetchall()

    @property
    def database(self) -> Path:
        return next(self.register.data.glob("*.sqlite*"))

    @property
    def counted(self) -> tuple[int, int]:
        """How many attempts and completions are on record."""
        ((attempts,),) = self.query("SELECT count(*) FROM attempts")
        ((completions,),) = self.query("SELECT count(*) FROM completions")
        return attempts, completions


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    if not (conftest.SITE / "index.html").is_file():
        subprocess.run([*CLEARPOST, "build"], cwd=ROOT, env=ENVIRON, check=True)
    data = tmp_path_factory.mktemp("data")
    server = Server(Register(f"http://127.0.0.1:{free_port()}", data, {}))
    server.start()
    yield server
    server.kill()


@pytest.fixture(scope="module")
def course(server: Server) -> Course:
    return server.register.course(TRUST)


@pytest.fixture(scope="module")
def sessions(browser: Browser, server: Server) -> dict[str, list[Any]]:
    """Return the cookies of two people of one trust."""

    def session(access: str) -> list[Any]:
        with browser.new_context() as context:
            sign_in(context.new_page(), server.register.link(TRUST, access))
            return list(context.cookies())

    return {access: session(access) for access in ("staff", "manager")}


@pytest.fixture(autouse=True)
def a_new_day(server: Server) -> None:
    """The register runs, and nobody has begun a training yet: it lets a person begin thirty, these tests are more."""
    if server.process and server.process.poll() is not None:
        server.start()
    server.query("DELETE FROM limits")


@pytest.fixture
def trainee(page: Page, server: Server, course: Course, sessions: dict[str, list[Any]]) -> Trainee:
    """Return somebody who is signed in and has their training in front of them."""
    page.context.add_cookies(sessions["staff"])
    trainee = Trainee(page, server.register.training(TRUST), course)
    trainee.arrive()
    return trainee


@pytest.fixture
def recorded(server: Server) -> Callable[[], tuple[int, int]]:
    """Return how many attempts and completions have been recorded since the test began."""
    attempts, completions = server.counted
    return lambda: (server.counted[0] - attempts, server.counted[1] - completions)


def become(context: BrowserContext, cookies: list[Any]) -> None:
    context.clear_cookies()
    context.add_cookies(cookies)


def receipt(where: Locator) -> str:
    expect(where).to_contain_text(RECEIPT, timeout=conftest.ENGINE_READY_MS)
    found = RECEIPT.search(where.inner_text())
    assert found
    return found[1]


def main(page: Page) -> Locator:
    return page.locator("main")


def result(page: Page) -> Locator:
    return page.locator(".recording")


def question_shown(page: Page) -> list[str]:
    """Return all of the question that stands there: its story, what it asks, its options in their order."""
    form = page.locator("form.question")
    expect(form.locator("fieldset")).to_be_visible(timeout=conftest.ENGINE_READY_MS)
    return [form.locator(".story").inner_text(), *form.locator("legend, label").all_inner_texts()]


def told(trainee: Trainee) -> list[str]:
    """Return what the feedback says; the line on other trusts may come later."""
    expect(trainee.feedback).to_be_visible(timeout=conftest.ENGINE_READY_MS)
    return trainee.feedback.locator(":scope > :not(.elsewhere)").all_inner_texts()


def reopened(trainee: Trainee) -> Trainee:
    """Close the tab, and go to the same page in a new one."""
    context = trainee.page.context
    trainee.page.close()
    trainee = Trainee(context.new_page(), trainee.url, trainee.course)
    trainee.arrive()
    return trainee


def kept_at(page: Page, stage: str) -> None:
    """Wait until what stands on the screen is kept: it is shown a moment before."""
    page.evaluate(UNTIL_KEPT, [stage, conftest.ENGINE_READY_MS])


@pytest.mark.parametrize("engine", ["here", "at the register"])
def test_an_attempt_goes_on_exactly_where_it_was_left(
    trainee: Trainee, page: Page, recorded: Callable[[], tuple[int, int]], engine: str
) -> None:
    """Leave at every question, at every explanation and at the result."""
    begun = "You have begun this training. Carry on, or start again."
    if engine == "at the register":
        page.context.add_init_script("delete globalThis.WebAssembly")
        trainee.arrive()
    for number in range(1, 40):
        trainee.answer(right=number != 2)
        said = told(trainee)
        trainee.arrive()
        assert told(trainee) == said
        expect(page.get_by_text(begun)).to_be_visible()
        if page.get_by_role("button", name="See your result").count():
            break
        trainee.press("Next question")
        asked, progress = question_shown(page), page.locator(".progress-text").inner_text()
        kept_at(page, "question")
        trainee = reopened(trainee)
        page = trainee.page
        expect(page.get_by_text(begun)).to_be_visible(timeout=conftest.ENGINE_READY_MS)
        assert question_shown(page) == asked
        expect(page.locator(".progress-text")).to_have_text(progress)
    trainee.press("See your result")
    heading, found = page.locator(".result h2"), page.locator(".result table")
    stood = [heading.inner_text(), found.inner_text()]
    kept_at(page, "result")
    trainee = reopened(trainee)
    page = trainee.page
    expect(result(page)).to_contain_text("Read these sections", timeout=conftest.ENGINE_READY_MS)
    assert [page.locator(one).inner_text() for one in (".result h2", ".result table")] == stood
    expect(page.locator(".progress-text")).to_contain_text("questions answered")
    trainee.read()
    trainee.press("Record my training")
    receipt(result(page))
    assert recorded() == (1, 1)
    kept = page.evaluate(KEPT)
    assert (kept["attempts"], kept["outbox"], kept["aside"]) == ([], [], [])
    trainee.arrive()
    expect(page.get_by_text("Question 1 of")).to_be_visible()
    expect(page.get_by_text("You have begun this training.")).to_be_hidden()


def test_a_register_that_keeps_silent_holds_nobody_up(trainee: Trainee, page: Page) -> None:
    trainee.answer()
    # iPads of 2021 cannot end a request by themselves after some time.
    page.add_init_script("delete AbortSignal.timeout")
    page.context.route(re.compile("/api/tickets/check$"), lambda _route: None)
    page.clock.install()
    with page.expect_request(re.compile("/api/tickets/check$")):
        trainee.arrive()
    page.clock.fast_forward(5_000)
    expect(page.get_by_text("The register does not answer. Carry on: your answers are kept")).to_be_visible()
    expect(trainee.feedback).to_be_visible(timeout=conftest.ENGINE_READY_MS)


def test_a_result_that_waits_for_ticks_outlasts_the_page(
    trainee: Trainee, page: Page, recorded: Callable[[], tuple[int, int]]
) -> None:
    trainee.finish()
    expect(result(page)).to_contain_text("Not recorded yet. Read these sections")
    trainee.arrive()
    expect(result(page)).to_contain_text("Not recorded yet. Read these sections", timeout=conftest.ENGINE_READY_MS)
    expect(page.get_by_role("heading", name="You have passed: 100%.")).to_be_visible()
    assert recorded() == (0, 0)
    trainee.read()
    page.get_by_role("button", name="Record my training").dblclick()
    receipt(result(page))
    assert recorded() == (1, 1)


@pytest.mark.parametrize("cut_after", [0, 2])
def test_answers_given_without_a_network_are_recorded_when_it_is_back(
    trainee: Trainee, page: Page, recorded: Callable[[], tuple[int, int]], cut_after: int
) -> None:
    trainee.read()
    if cut_after == 0:
        expect(page.locator("form.question")).to_be_visible()
        trainee.answer()
        trainee.press("Next question")
    for _ in range(cut_after):
        trainee.answer()
        trainee.press("Next question")
    page.context.set_offline(True)
    trainee.finish()
    expect(result(page)).to_contain_text("Your answers are kept in this browser, and sent as soon as it can be.")
    expect(main(page)).not_to_contain_text("Receipt")
    assert recorded() == (0, 0)
    page.context.set_offline(False)
    receipt(result(page))
    assert recorded() == (1, 1)


def test_a_receipt_lost_on_the_way_is_given_again(
    trainee: Trainee, page: Page, recorded: Callable[[], tuple[int, int]]
) -> None:
    given: list[str] = []

    def cut(route: Route) -> None:
        given.append(route.fetch().json()["attempt"])
        route.abort()

    page.context.route(ATTEMPTS, cut)
    trainee.read()
    trainee.finish()
    expect(result(page)).to_contain_text("Not recorded yet.")
    assert recorded() == (1, 1)
    page.context.unroute_all()
    trainee.arrive()
    assert receipt(result(page)) == given[0]
    assert recorded() == (1, 1)
    assert page.evaluate(KEPT)["outbox"] == []


@pytest.mark.parametrize(
    ("right", "says"),
    [(True, "You have passed."), (False, "You have not passed yet: take it again when you like.")],
    ids=["passed", "not passed"],
)
def test_what_was_sent_later_says_how_it_ended(
    server: Server, trainee: Trainee, page: Page, recorded: Callable[[], tuple[int, int]], right: bool, says: str
) -> None:
    page.context.route(ATTEMPTS, lambda route: route.abort())
    trainee.read()
    trainee.finish(right)
    expect(result(page)).to_contain_text("Not recorded yet.")
    page.context.unroute_all()
    page.goto(f"{server.register.url}/my/")
    receipt(main(page))
    expect(main(page)).to_contain_text(says)
    assert recorded() == (1, int(right))


@pytest.mark.parametrize("committed", [False, True], ids=["before", "after"])
def test_a_server_killed_as_the_answers_arrive_loses_none_and_counts_none_twice(
    server: Server, trainee: Trainee, page: Page, recorded: Callable[[], tuple[int, int]], committed: bool
) -> None:
    def power_cut(route: Route) -> None:
        if committed:
            route.fetch()
        server.kill()
        route.continue_()

    trainee.read()
    page.context.route(ATTEMPTS, power_cut, times=1)
    trainee.finish()
    expect(result(page)).to_contain_text("Not recorded yet.")
    expect(main(page)).not_to_contain_text("Receipt")
    server.start()
    assert recorded() == ((1, 1) if committed else (0, 0))
    page.goto(f"{server.register.url}/my/")
    expect(main(page)).to_contain_text("Your finished training is recorded.")
    assert recorded() == (1, 1)
    page.reload()
    expect(main(page)).to_contain_text("You passed on")
    expect(main(page)).not_to_contain_text("finished training")


def test_two_tabs_that_send_at_once_get_the_same_receipt(
    trainee: Trainee, page: Page, recorded: Callable[[], tuple[int, int]]
) -> None:
    trainee.finish()
    expect(result(page)).to_contain_text("Not recorded yet. Read these sections")
    other = Trainee(page.context.new_page(), trainee.url, trainee.course)
    other.arrive()
    expect(result(other.page)).to_contain_text("Read these sections", timeout=conftest.ENGINE_READY_MS)
    for one in (trainee, other):
        one.read()
    for one in (trainee, other):
        one.page.evaluate("setTimeout(() => document.querySelector('.recording button').click())")
    assert receipt(result(page)) == receipt(result(other.page))
    assert recorded() == (1, 1)


def test_a_tab_left_behind_says_so_and_takes_up_where_the_other_is(
    trainee: Trainee, page: Page, recorded: Callable[[], tuple[int, int]]
) -> None:
    kept_at(page, "question")
    behind = Trainee(page.context.new_page(), trainee.url, trainee.course)
    behind.arrive()
    trainee.answer()
    trainee.press("Next question")
    trainee.answer()
    trainee.press("Next question")
    asked = question_shown(page)
    behind.choose(behind.key(behind.question, right=False))
    behind.check()
    expect(behind.fault).to_contain_text("You have gone on in another tab.", timeout=conftest.ENGINE_READY_MS)
    behind.press("Carry on here")
    expect(behind.page.get_by_text("You have begun this training.")).to_be_visible()
    assert question_shown(behind.page) == asked
    behind.read()
    behind.finish()
    expect(behind.page.get_by_role("heading", name="You have passed: 100%.")).to_be_visible()
    receipt(result(behind.page))
    assert recorded() == (1, 1)


def test_a_session_that_ends_keeps_the_answers_until_somebody_signs_in(
    server: Server, trainee: Trainee, page: Page, recorded: Callable[[], tuple[int, int]]
) -> None:
    trainee.read()
    trainee.answer()
    page.context.clear_cookies()
    trainee.arrive()
    expect(page.get_by_text("You are signed out. Carry on: your answers are kept.")).to_be_visible()
    trainee.press("Next question")
    trainee.finish()
    expect(page.get_by_role("link", name="Sign in in a new tab")).to_be_visible()
    assert recorded() == (0, 0)
    sign_in(page, server.register.link(TRUST, "staff"))
    receipt(main(page))
    assert recorded() == (1, 1)


def test_somebody_elses_attempt_is_neither_shown_nor_lost_nor_recorded_for_another(
    server: Server,
    trainee: Trainee,
    page: Page,
    sessions: dict[str, list[Any]],
    recorded: Callable[[], tuple[int, int]],
) -> None:
    trainee.answer()
    said = trainee.feedback.inner_text()
    become(page.context, sessions["manager"])
    trainee.arrive()
    expect(page.get_by_text("Somebody else has begun this training in this browser.")).to_be_visible()
    expect(page.get_by_text("Question 1 of")).to_be_visible()
    become(page.context, sessions["staff"])
    trainee.arrive()
    expect(trainee.feedback).to_have_text(re.compile(".+"), timeout=conftest.ENGINE_READY_MS)
    assert trainee.feedback.inner_text() == said

    trainee.read()
    trainee.press("Next question")
    page.context.route(ATTEMPTS, lambda route: route.abort())
    trainee.finish()
    expect(result(page)).to_contain_text("Not recorded yet.")
    page.context.unroute_all()
    become(page.context, sessions["manager"])
    page.goto(f"{server.register.url}/my/")
    expect(main(page)).to_contain_text("Somebody else has finished a training in this browser")
    assert recorded() == (0, 0)
    become(page.context, sessions["staff"])
    page.goto(f"{server.register.url}/my/")
    receipt(main(page))
    assert recorded() == (1, 1)
    whose = "SELECT people.name FROM attempts JOIN people ON people.id = person_id ORDER BY attempts.id DESC LIMIT 1"
    assert server.query(whose) == [("Demo Teacher One",)]


def test_what_somebody_else_has_ticked_is_not_confirmed_by_the_next(
    trainee: Trainee, page: Page, sessions: dict[str, list[Any]]
) -> None:
    trainee.read()
    trainee.answer()
    become(page.context, sessions["manager"])
    trainee.arrive()
    expect(page.get_by_text("Somebody else has begun this training in this browser.")).to_be_visible()
    assert [box.is_checked() for box in trainee.boxes.all()] == [False] * len(trainee.course.data["read"])
    trainee.boxes.first.check()
    while len(page.evaluate(KEPT)["attempts"]) < 2:
        page.wait_for_timeout(50)
    trainee.arrive()
    expect(page.get_by_text("Somebody else has begun this training in this browser.")).to_be_visible()
    expect(trainee.boxes.first).to_be_checked()


def test_a_ticket_too_old_is_explained_and_another_asked_for(server: Server, trainee: Trainee, page: Page) -> None:
    trainee.answer()
    server.query("UPDATE tickets SET expires_at = '2020-01-01 00:00:00.000000'")
    trainee.arrive()
    expect(main(page)).to_contain_text("Too much time has passed since you began.")
    expect(page.get_by_text("Question 1 of")).to_be_visible()
    kept_at(page, "question")  # The first question stands there before its ticket has come.
    kept = page.evaluate(KEPT)
    assert [len(kept["aside"]), len(kept["attempts"])] == [1, 1]
    assert kept["attempts"][0]["seed"] != kept["aside"][0]["seed"]
    trainee.answer()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"answers": "what?"}, UNREADABLE),
        (
            {"answers": [{"question": "never/asked", "chosen": "x"}]},
            "The attempt saved in this browser cannot be read.",
        ),
        ({"digest": "0" * 64}, "The training has changed since you began."),
        ({"standing": {"ticket": "half a ticket"}}, UNREADABLE),
    ],
    ids=["unreadable", "not-asked", "another-course", "half-a-ticket"],
)
def test_a_kept_attempt_that_cannot_go_on_is_set_aside_with_a_word_about_it(
    trainee: Trainee, page: Page, change: dict[str, Any], says: str
) -> None:
    trainee.answer()
    page.evaluate(CHANGE_KEPT, change)
    trainee.arrive()
    expect(main(page)).to_contain_text(says, timeout=conftest.ENGINE_READY_MS)
    expect(page.get_by_text("Question 1 of")).to_be_visible()
    assert len(page.evaluate(KEPT)["aside"]) == 1
    trainee.answer()
    expect(trainee.feedback).to_contain_text("Right.")


REFUSED = "Object.defineProperty(self, 'indexedDB', { get() { throw new DOMException('no', 'SecurityError'); } })"
FULL = "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }"
# As where somebody has forbidden all sites to keep anything.
ALL_REFUSED = f"""{REFUSED};
for (const name of ["localStorage", "sessionStorage", "caches"]) {{
  Object.defineProperty(self, name, {{ get() {{ throw new DOMException("no", "SecurityError"); }} }});
}}
LockManager.prototype.request = () => Promise.reject(new DOMException("no", "SecurityError"));"""


@pytest.mark.parametrize("deny", [REFUSED, FULL, ALL_REFUSED], ids=["refused", "full", "all refused"])
def test_a_browser_that_keeps_nothing_asks_to_keep_the_tab_open(
    trainee: Trainee, page: Page, recorded: Callable[[], tuple[int, int]], deny: str
) -> None:
    page.context.add_init_script(deny)
    trainee.arrive()
    trainee.read()
    trainee.answer()
    keep_open = page.get_by_text("keep this tab open until you have finished")
    expect(keep_open).to_be_visible()
    page.context.route(ATTEMPTS, lambda route: route.abort())
    trainee.press("Next question")
    trainee.finish()
    expect(result(page)).to_contain_text("Keep this tab open.")
    page.context.unroute_all()
    trainee.press("Try again")
    receipt(result(page))
    expect(keep_open).to_be_hidden()
    assert recorded() == (1, 1)


def test_a_disk_that_is_full_costs_no_answer_and_all_are_kept_once_it_has_room(
    browser: Browser,
    server: Server,
    course: Course,
    sessions: dict[str, list[Any]],
    recorded: Callable[[], tuple[int, int]],
) -> None:
    with browser.new_context(locale="en-GB", service_workers="block") as context:
        context.add_cookies(sessions["staff"])
        page = context.new_page()
        chromium = context.new_cdp_session(page)
        full = {"origin": server.register.url, "quotaSize": 1}
        chromium.send("Storage.overrideQuotaForOrigin", full)
        trainee = Trainee(page, server.register.training(TRUST), course)
        trainee.arrive()
        trainee.answer()
        keep_open = page.get_by_text("keep this tab open until you have finished")
        expect(keep_open).to_be_visible()
        chromium.send("Storage.overrideQuotaForOrigin", {"origin": server.register.url})
        trainee.press("Next question")
        trainee.answer()
        expect(keep_open).to_be_hidden()
        said = told(trainee)
        trainee.arrive()
        assert told(trainee) == said
        trainee.press("Next question")
        trainee.read()
        trainee.finish()
        receipt(result(page))
        assert recorded() == (1, 1)


FAILS_ONCE = """{ let tried = 0; const open = IDBFactory.prototype.open;
IDBFactory.prototype.open = function (...given) {
  if (tried++) return open.apply(this, given);
  const request = new EventTarget();
  setTimeout(() => request.dispatchEvent(new Event("error")));
  return request;
}; }"""
SLOW = """{ let tried = 0; const open = IDBFactory.prototype.open;
IDBFactory.prototype.open = function (...given) {
  const request = open.apply(this, given);
  if (tried++) return request;
  const late = new EventTarget();
  request.addEventListener("success", () => setTimeout(() => {
    late.result = request.result;
    late.dispatchEvent(new Event("success"));
  }, 7000));
  return late;
}; }"""


def test_a_database_that_does_not_open_at_once_is_opened_again(trainee: Trainee, page: Page) -> None:
    trainee.answer()
    said = told(trainee)
    page.add_init_script(FAILS_ONCE)
    trainee.arrive()
    assert told(trainee) == said
    expect(page.get_by_text("keep this tab open")).to_be_hidden()


def test_a_database_that_opens_late_keeps_the_answers_from_then_on(trainee: Trainee, page: Page) -> None:
    page.evaluate(CHANGE_KEPT, {"answers": []})
    page.add_init_script(SLOW)
    trainee.arrive()
    expect(page.get_by_text("keep this tab open")).to_be_visible()
    page.wait_for_timeout(3_000)
    trainee.answer()
    expect(page.get_by_text("keep this tab open")).to_be_hidden()
    kept_at(page, "feedback")


def test_a_database_deleted_under_the_page_is_made_again(
    server: Server, trainee: Trainee, page: Page, recorded: Callable[[], tuple[int, int]]
) -> None:
    trainee.read()
    trainee.answer()
    other = page.context.new_page()
    other.goto(f"{server.register.url}/about/")
    other.evaluate("""() => new Promise((done) => {
      indexedDB.deleteDatabase("clearpost").onsuccess = done;
    })""")
    trainee.press("Next question")
    trainee.answer()
    expect(page.get_by_text("keep this tab open")).to_be_hidden()
    said = told(trainee)
    trainee.arrive()
    assert told(trainee) == said
    trainee.press("Next question")
    trainee.finish()
    receipt(result(page))
    assert recorded() == (1, 1)


SPOIL_THE_OUTBOX = CHANGE_KEPT.replace('"attempts"', '"outbox"')


def test_finished_answers_that_cannot_be_read_are_told_of_and_sent_from_the_attempt(
    server: Server, trainee: Trainee, page: Page, recorded: Callable[[], tuple[int, int]]
) -> None:
    page.context.route(ATTEMPTS, lambda route: route.abort())
    trainee.read()
    trainee.finish()
    expect(result(page)).to_contain_text("Not recorded yet.")
    page.context.unroute_all()
    page.goto(f"{server.register.url}/about/")
    page.evaluate(SPOIL_THE_OUTBOX, {"answers": "what?"})
    page.goto(f"{server.register.url}/my/")
    expect(main(page)).to_contain_text("A finished training in this browser cannot be read, so it was not sent.")
    kept = page.evaluate(KEPT)
    assert [len(kept["outbox"]), len(kept["aside"])] == [0, 1]
    assert recorded() == (0, 0)
    trainee.arrive()
    receipt(result(page))
    assert recorded() == (1, 1)


STEPS = ["the first question", "a later question", "the last explanation", "the result", "sending"]


@pytest.mark.parametrize("at", STEPS)
@pytest.mark.parametrize("trouble", ["the network is cut", "the server is killed"])
def test_whatever_fails_at_whatever_step_one_attempt_is_recorded(
    server: Server, trainee: Trainee, page: Page, recorded: Callable[[], tuple[int, int]], trouble: str, at: str
) -> None:
    """Nothing is reached from that step on, until the person has done all they can."""
    steps = iter(STEPS)

    def come_to(step: str) -> None:
        assert next(steps) == step
        if step != at:
            return
        if trouble == "the network is cut":
            page.context.set_offline(True)
        else:
            server.kill()

    kept_at(page, "question")
    page.evaluate(ENGINE_READY)
    come_to("the first question")
    trainee.answer(right=False)
    trainee.press("Next question")
    come_to("a later question")
    while True:
        trainee.answer()
        if page.get_by_role("button", name="See your result").count():
            break
        trainee.press("Next question")
    come_to("the last explanation")
    trainee.press("See your result")
    expect(result(page)).to_contain_text("Not recorded yet. Read these sections")
    come_to("the result")
    trainee.read()
    come_to("sending")
    trainee.press("Record my training")
    expect(result(page)).to_contain_text("The register cannot be reached.")
    expect(main(page)).not_to_contain_text("Receipt")
    if trouble == "the network is cut":
        page.context.set_offline(False)
    else:
        server.start()
        trainee.press("Try again")
    receipt(result(page))
    assert recorded() == (1, 1)
    page.goto(f"{server.register.url}/my/")
    expect(main(page)).to_contain_text("You passed on")
    expect(main(page)).not_to_contain_text("finished training")
    assert recorded() == (1, 1)


def processes_of(profile: Path) -> list[int]:
    """Return the processes of the browser that has this folder to itself."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if str(profile).encode() in (folder / "cmdline").read_bytes():
                found.append(int(folder.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/cmdline").is_file(), reason="only Linux says which processes are a browser's")
@pytest.mark.parametrize("stage", ["question", "feedback", "result"])
def test_a_dead_battery_costs_no_answer(
    browser: Browser,
    server: Server,
    course: Course,
    sessions: dict[str, list[Any]],
    recorded: Callable[[], tuple[int, int]],
    tmp_path: Path,
    stage: str,
) -> None:
    def switched_on() -> Trainee:
        context = browser.browser_type.launch_persistent_context(
            tmp_path / "profile",
            executable_path=find_chromium(),
            args=["--no-sandbox"],
            locale="en-GB",
            service_workers="block",
        )
        context.add_cookies(sessions["staff"])
        return Trainee(context.new_page(), server.register.training(TRUST), course)

    trainee = switched_on()
    trainee.arrive()
    kept_at(trainee.page, "question")
    trainee.answer()
    trainee.press("Next question")
    trainee.answer()
    if stage == "question":
        trainee.press("Next question")
    if stage == "result":
        trainee.press("Next question")
        trainee.finish()
    kept_at(trainee.page, stage)
    progress = trainee.page.locator(".progress-text").inner_text()
    for process in processes_of(tmp_path / "profile"):
        os.kill(process, signal.SIGKILL)

    trainee = switched_on()
    trainee.arrive()
    page = trainee.page
    expect(page.get_by_text(re.compile("You have begun this training|Read these sections"))).to_be_visible(
        timeout=conftest.ENGINE_READY_MS
    )
    expect(page.locator(".progress-text")).to_have_text(progress)
    trainee.read()
    if stage == "feedback":
        trainee.press("Next question")
    if stage == "result":
        trainee.press("Record my training")
    else:
        trainee.finish()
    receipt(result(page))
    page.context.close()
    assert recorded() == (1, 1)


def test_what_is_kept_names_nobody(server: Server, trainee: Trainee, page: Page) -> None:
    trainee.read()
    page.context.route(ATTEMPTS, lambda route: route.abort())
    trainee.finish()
    expect(result(page)).to_contain_text("Not recorded yet.")
    kept = str(page.evaluate(KEPT)).lower()
    assert "confirmed" in kept
    for name, email in server.query("SELECT name, email FROM people"):
        assert name.lower() not in kept
        assert email.lower() not in kept
