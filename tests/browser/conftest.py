"""The real register with the real site, people to sign in as, and a Chromium that watches what a page does."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect, sync_playwright

from quiz.courses import Course, read_course
from scripts.browser import find_chromium

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(__file__).resolve().parent
SITE = ROOT / "site"
CLEARPOST = [sys.executable, "-m", "scripts.clearpost"]
# A developer's own database is not for tests.
ENVIRON = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
LINK = re.compile(r"^(?P<trust>.+), (?P<access>staff|manager): (?P<url>http\S+)$", re.MULTILINE)
SERVER_READY_S = 30
ENGINE_READY_MS = 60_000
# A busy machine is no reason to fail.
expect.set_options(timeout=15_000)

TRUST = "cockburn"
ELSEWHERE = "collaborative"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder as one that opens a browser, and run them after all others.

    Playwright keeps an event loop running from its first test on, and then no other test could start one of its own.
    """
    items.sort(key=lambda item: FOLDER in item.path.parents)
    for item in items:
        if FOLDER in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True)
class Register:
    """A running register with demonstration people; `links` are sign-in links nobody has used, by trust and access."""

    url: str
    data: Path
    links: dict[tuple[str, str], str]

    def training(self, trust: str) -> str:
        """Return the address of a trust's training page."""
        return f"{self.url}/handbook/{trust}/training/"

    def course(self, trust: str) -> Course:
        """Return what that page teaches, to know the right answers from the policy as the engine does."""
        with urlopen(f"{self.url}/handbook/{trust}/course.json") as answer:
            return read_course(answer.read().decode())

    def link(self, trust: str, access: str) -> str:
        """Return a sign-in link that still works; each is given out once."""
        wanted = (str(self.course(trust).data["name"]), access)
        if wanted not in self.links:
            demo = [*CLEARPOST, "demo", "--data", str(self.data), "--site", str(SITE), "--base-url", self.url]
            self.links.update(links_in(subprocess.check_output(demo, cwd=ROOT, env=ENVIRON, text=True)))
        return self.links.pop(wanted)


def links_in(said: str) -> Mapping[tuple[str, str], str]:
    """Return the sign-in links a command printed."""
    return {(found["trust"], found["access"]): found["url"] for found in LINK.finditer(said)}


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """Start the real server on a fresh database, as scripts/start.py does.

    Each file of tests has its own: what one leaves behind, requests to decide or trainings a person has begun today
    (which are counted), is no other's business.
    """
    if not (SITE / "index.html").is_file():
        subprocess.run([*CLEARPOST, "build"], cwd=ROOT, env=ENVIRON, check=True)
    data, port = tmp_path_factory.mktemp("data"), free_port()
    serve = [*CLEARPOST, "serve", "--data", str(data), "--site", str(SITE), "--port", str(port), "--demo"]
    with subprocess.Popen(serve, cwd=ROOT, env=ENVIRON, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            said = "".join(iter(process.stdout.readline, f"Serving on http://127.0.0.1:{port} (stop with Ctrl-C)\n"))
            register = Register(f"http://127.0.0.1:{port}", data, dict(links_in(said)))
            wait_until_it_answers(register, process)
            yield register
        finally:
            process.terminate()


def wait_until_it_answers(register: Register, process: subprocess.Popen[str]) -> None:
    patience = time.monotonic() + SERVER_READY_S
    while True:
        try:
            urlopen(f"{register.url}/healthz").close()
            return
        except URLError:
            assert process.poll() is None, "the register has stopped"
            assert time.monotonic() < patience, "the register does not answer"
            time.sleep(0.05)


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def sign_in(page: Page, link: str) -> None:
    """Sign in with a personal link."""
    page.goto(link)
    page.get_by_role("button", name="Sign in as").click()
    expect(page).to_have_url(re.compile(r"/(my|manage)/$"))


@pytest.fixture(
    params=[(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")], ids=lambda one: f"{one[0]}-{one[1]}"
)
def any_screen(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Return a tab on a phone or a desk, by day or by night, in turn, that lets a test add scripts of its own."""
    width, scheme = request.param
    with browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        bypass_csp=True,
        locale="en-GB",
        service_workers="block",
    ) as context:
        yield context.new_page()


def barriers(page: Page) -> list[tuple[str, str]]:
    """Return what keeps people out of a page: what axe finds, and a page wider than the screen.

    The browser's context has to bypass the Content-Security-Policy, which forbids scripts like axe.
    """
    page.evaluate((ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    violations = page.evaluate("axe.run().then(({ violations }) => violations)")
    found = [(one["id"], one["nodes"][0]["html"]) for one in violations]
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return [*found, *([("wider than the screen", page.url)] if wide else [])]


@pytest.fixture(scope="module")
def session_of(browser: Browser, register: Register) -> Callable[[str], list[Any]]:
    """Return the cookies of a trust's demonstration teacher, who signs in once for all tests of a file."""

    @cache
    def session(trust: str) -> list[Any]:
        with browser.new_context() as context:
            sign_in(context.new_page(), register.link(trust, "staff"))
            return list(context.cookies())

    return session


@pytest.fixture
def signed_in(context: BrowserContext, session_of: Callable[[str], list[Any]]) -> None:
    """Make the browser that of a person who belongs to the trust."""
    context.add_cookies(session_of(TRUST))


@pytest.fixture
def signed_in_elsewhere(context: BrowserContext, session_of: Callable[[str], list[Any]]) -> None:
    """Make the browser that of a person who belongs to another trust."""
    context.add_cookies(session_of(ELSEWHERE))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the Chromium the test command found or installed."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Return a browser nobody has used yet.

    It keeps nothing for offline use (see test_offline.py): what a test does to an address has to reach the page.
    """
    with browser.new_context(locale="en-GB", service_workers="block") as context:
        yield context


@dataclass
class Watch:
    """What a page did that a reader does not see: every address it asked for, every error on its console."""

    requests: list[str] = field(default_factory=list)
    errors: list[dict[str, Any]] = field(default_factory=list)

    def over(self, page: Page) -> None:
        """Begin to watch a page; its worker reports through it."""
        page.context.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.errors.append({"text": str(error), "url": page.url}))
        page.on("console", self._hear)

    def _hear(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self.errors.append({"text": said.text, "url": said.location["url"]})

    def origins(self) -> set[str]:
        """Return the origins of all requests; data inside the page itself has none."""
        parts = (urlsplit(one) for one in self.requests)
        return {f"{one.scheme}://{one.netloc}" for one in parts if one.scheme not in ("data", "blob")}


@pytest.fixture
def watch() -> Watch:
    """Return what the test's page did."""
    return Watch()


@pytest.fixture
def page(context: BrowserContext, watch: Watch) -> Page:
    """Return a tab of a browser nobody has used yet."""
    page = context.new_page()
    page.set_default_timeout(30_000)
    watch.over(page)
    return page


# What a person does, without their pauses: choose, press, wait for the explanation, go on.
ANSWER_THE_REST = """async ([keys, patience]) => {
  const [form, feedback] = ["form.question", ".feedback"].map((one) => document.querySelector(one));
  const late = performance.now() + patience;
  for (const asked = []; ; ) {
    const question = form.dataset.questionId;
    const again = form.querySelector(".again")?.textContent ?? null;
    form.querySelector(`input[value="${keys[question]}"]`).click();
    form.querySelector("button[type=submit]").click();
    while (feedback.hidden) {
      if (performance.now() > late) throw new Error(`${question} is not explained`);
      await new Promise((done) => setTimeout(done, 5));
    }
    asked.push({ question, again, told: feedback.querySelector("h2").textContent });
    const onward = feedback.querySelector("button");
    onward.click();
    if (onward.textContent === "See your result") return asked;
  }
}"""


class Trainee:
    """Somebody at a training page who knows the policy, or chooses not to."""

    def __init__(self, page: Page, url: str, course: Course) -> None:
        self.page = page
        self.url = url
        self.course = course

    def arrive(self) -> None:
        self.page.goto(self.url)

    @property
    def boxes(self) -> Locator:
        return self.page.locator("#read ~ .reading-list").get_by_role("checkbox", name="I have read this")

    def read(self) -> None:
        """Confirm every section the trust asks to read."""
        for box in self.boxes.all():
            box.check()

    @property
    def question(self) -> str:
        return self.page.locator("form.question").get_attribute("data-question-id") or ""

    @property
    def feedback(self) -> Locator:
        return self.page.locator(".feedback")

    @property
    def fault(self) -> Locator:
        return self.page.get_by_role("alert")

    def key(self, question: str, right: bool = True) -> str:
        variant = self.course.variants[question]
        right_key = str(variant.right(self.course.ruling_on(variant))[0])
        return right_key if right else next(key for key, _, _ in variant.options if key != right_key)

    def right_key(self) -> str:
        return self.key(self.question)

    def choose(self, key: str) -> None:
        self.page.locator(f"input[name=answer][value='{key}']").check()

    def check(self) -> None:
        self.page.get_by_role("button", name="Check my answer").click()

    def answer(self, right: bool = True) -> None:
        self.choose(self.key(self.question, right))
        self.check()
        expect(self.feedback).to_be_visible(timeout=ENGINE_READY_MS)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name).click()

    def finish(self, right: bool = True) -> list[dict[str, Any]]:
        """Answer whatever is still asked, and return it: the question, what says it came `again`, what was told."""
        keys = {question: self.key(question, right) for question in self.course.variants}
        asked: list[dict[str, Any]] = self.page.evaluate(ANSWER_THE_REST, [keys, ENGINE_READY_MS])
        assert {one["told"] for one in asked} == {"Right." if right else "Not this time."}
        return asked
