"""The handbook without a network, in a real Chromium: what one visit is enough for, and that versions never mix."""

import json
import re
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Response, expect

from handbook import offline
from handbook.offline import write_lists
from tests.browser.conftest import (
    CLEARPOST,
    ELSEWHERE,
    ENGINE_READY_MS,
    ENVIRON,
    ROOT,
    SITE,
    TRUST,
    Register,
    Trainee,
    Watch,
    barriers,
    free_port,
    sign_in,
    wait_until_it_answers,
)

# Whether a version is whole in the browser's cache; any, where none is named.
IS_KEPT = """async (version) => {
  const memory = await (await (await caches.open("clearpost")).match("/offline.json?memory"))?.json();
  return Boolean(memory?.versions.some(({ id, whole }) => whole && (!version || id === version)));
}"""
# Where a condition never comes true, the test says so instead of waiting for ever.
UNTIL = """async ([condition, given, patience]) => {
  const late = performance.now() + patience;
  while (!(await condition(given))) {
    if (performance.now() > late) throw new Error(`in vain: ${condition}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}"""
PATIENCE_MS = 60_000
KEYS = """async () => (await (await caches.open("clearpost")).keys()).map(({ url }) => new URL(url).pathname)"""
TEXT = "(address) => fetch(address).then((answer) => answer.text())"
START_AN_ENGINE = """async () => {
  const { EngineClient } = await import("/assets/training/engine-client.mjs");
  await new EngineClient("/assets/engine/manifest.json").ready;
}"""
LATEST = ".x-newer { color: red }"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Return a browser nobody has used yet, which keeps what it is told to keep."""
    with browser.new_context(locale="en-GB", bypass_csp=False) as context:
        yield context


class Moving:
    """A site of its own behind a register of its own, of which a newer version can be put in place."""

    def __init__(self, site: Path, register: Register) -> None:
        self.site = site
        self.register = register

    @property
    def url(self) -> str:
        return self.register.url

    @property
    def version(self) -> str:
        return str(self.list["version"])

    @property
    def list(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.site / "offline.json").read_text(encoding="utf-8"))
        return found

    def digests(self) -> dict[str, str]:
        """Return the digest of every file of the version that is in place, by its address."""
        whole = self.list
        trusts = (self.site / "handbook" / trust / "offline.json" for trust in whole["trusts"])
        parts = [
            whole["core"],
            whole["runtime"],
            whole["fallback"],
            whole["rest"],
            *(json.loads(one.read_text())["files"] for one in trusts),
        ]
        return {path: digest for part in parts for path, (digest, _) in part.items()}

    def change(self, **appended: str) -> None:
        """Put a newer version in place: what is appended to files, by their names."""
        for file in [*self.site.rglob("*.br"), *self.site.rglob("*.gz"), *self.site.rglob("offline.json")]:
            file.unlink()
        for name, words in appended.items():
            path = self.site / FILES[name]
            path.write_text(path.read_text(encoding="utf-8") + words, encoding="utf-8")
        write_lists(self.site)


FILES = {
    "style": "assets/clearpost.css",
    "module": "assets/offline.mjs",
    "engine": "assets/engine/manifest.json",
    "policy": f"handbook/{TRUST}/index.html",
    "course": f"handbook/{TRUST}/course.json",
}


@pytest.fixture
def moving(tmp_path: Path, register: Register) -> Iterator[Moving]:
    site, data, port = tmp_path / "site", tmp_path / "data", free_port()
    shutil.copytree(SITE, site)
    serve = [*CLEARPOST, "serve", "--data", str(data), "--site", str(site), "--port", str(port)]
    with subprocess.Popen(serve, cwd=ROOT, env=ENVIRON, stdout=subprocess.DEVNULL, text=True) as process:
        try:
            moving = Moving(site, Register(f"http://127.0.0.1:{port}", data, {}))
            wait_until_it_answers(moving.register, process)
            yield moving
        finally:
            process.terminate()


def visit(page: Page, address: str) -> None:
    """Open one page, and stay until all of its version is kept."""
    page.goto(address)
    until(page, IS_KEPT)


def until(page: Page, condition: str, given: Any = None) -> None:
    """Wait until an asynchronous function of the page returns something true."""
    page.evaluate(f"([given, patience]) => ({UNTIL})([{condition}, given, patience])", [given, PATIENCE_MS])


def update_notice(page: Page) -> Any:
    return page.get_by_role("status").filter(has_text="An update is ready.")


def test_one_visit_is_enough_for_the_handbook_the_search_and_the_checker(
    page: Page, register: Register, watch: Watch
) -> None:
    visit(page, register.url)
    page.context.set_offline(True)
    page.goto(f"{register.url}/")
    expect(page.get_by_role("heading", name="Know what you may post")).to_be_visible()
    page.get_by_label("You work for").select_option(TRUST)
    page.get_by_role("link", name="The whole policy").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Cockburn")
    page.get_by_role("link", name="Topics").first.click()
    page.get_by_role("main").get_by_role("listitem").get_by_role("link").first.click()
    expect(page.locator(".columns")).to_be_visible()

    page.goto(f"{register.url}/handbook/search/?q=whatsapp")
    expect(page.get_by_text(re.compile(r"\d+ clauses found"))).to_be_visible()
    expect(page.locator("#search-results li")).not_to_have_count(0)

    page.goto(f"{register.url}/handbook/may-i/use-photo/?trust={TRUST}")
    expect(page.locator(".verdict")).to_have_text(re.compile("question"), timeout=ENGINE_READY_MS)
    # The home page asks the register whether it knows the reader.
    assert [one for one in watch.errors if not one["url"].endswith("/api/me")] == []


def test_of_a_large_handbook_ones_own_trust_is_searched_without_a_network(
    page: Page, moving: Moving, monkeypatch: pytest.MonkeyPatch, watch: Watch
) -> None:
    monkeypatch.setattr(offline, "SMALL", 0)
    moving.change()
    page.goto(f"{moving.url}/offline/")
    page.evaluate("(trust) => localStorage.setItem('clearpost.trust', trust)", TRUST)
    visit(page, f"{moving.url}/about/")
    search, says = f"{moving.url}/handbook/search/?q=photo", page.locator("#search-status")
    found = page.locator("#search-results h2 a")
    page.context.set_offline(True)
    page.goto(search)
    expect(says).to_have_text(re.compile(r"^\d+ clauses found\. Only the policy of Cockburn is kept on this device\.$"))
    own = {link.get_attribute("href") for link in found.all()}
    assert own
    page.goto(f"{search}&trust={ELSEWHERE}")
    expect(says).to_have_text("The search needs the network the first time. Go online, and search again.")
    page.context.set_offline(False)
    page.goto(f"{search}&trust={TRUST}")
    expect(says).to_have_text(re.compile(r"^\d+ clauses found\.$"))
    assert {link.get_attribute("href") for link in found.all()} == own
    assert [one for one in watch.errors if "Failed to load resource" not in one["text"]] == []


def test_after_one_visit_of_any_page_the_training_is_taken_offline_to_its_result(
    page: Page, register: Register
) -> None:
    visit(page, f"{register.url}/about/")
    page.context.set_offline(True)
    trainee = Trainee(page, register.training(TRUST), register.course(TRUST))
    trainee.arrive()
    trainee.finish()
    expect(page.get_by_role("heading", name="You have passed: 100%.")).to_be_visible()


def test_what_was_seen_of_the_register_is_never_kept(page: Page, register: Register) -> None:
    sign_in(page, register.link(TRUST, "staff"))
    visit(page, register.url)
    page.goto(f"{register.url}/my/")
    page.goto(f"{register.url}/")
    assert page.evaluate("fetch('/api/me').then((answer) => answer.status)") == 200
    kept = page.evaluate(KEYS)
    assert "/" in kept
    assert [one for one in kept if re.match(r"/(api|my|manage|sign-in|verify)\b", one)] == []

    page.context.set_offline(True)
    for address in ("/my/", "/manage/", "/sign-in/", "/handbook/nowhere/"):
        response = page.goto(f"{register.url}{address}")
        assert response
        assert response.status == 503
        expect(page.get_by_role("heading", name="You are offline")).to_be_visible()
        expect(page).to_have_url(f"{register.url}{address}")
    page.get_by_role("main").get_by_role("link", name="May I…?").click()
    expect(page).to_have_url(f"{register.url}/handbook/may-i/")
    page.go_back()
    assert page.evaluate("fetch('/api/me').then(() => 'answered', () => 'no network')") == "no network"
    page.context.set_offline(False)
    page.get_by_role("link", name="Try this page again").click()
    expect(page.get_by_role("heading", name="You are offline")).to_be_hidden()
    expect(page).to_have_url(f"{register.url}/handbook/nowhere/")


ALL_STORED = """async () => {
  const found = [Object.entries(localStorage), Object.entries(sessionStorage)].map(String);
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const one of await cache.keys()) found.push(one.url, await (await cache.match(one)).text());
  }
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((done) => {
      indexedDB.open(name).onsuccess = ({ target }) => done(target.result);
    });
    for (const store of database.objectStoreNames) {
      const all = database.transaction(store).objectStore(store).getAll();
      found.push(JSON.stringify(await new Promise((done) => (all.onsuccess = () => done(all.result)))));
    }
    database.close();
  }
  return found.join(" ").toLowerCase();
}"""


@pytest.mark.parametrize("access", ["staff", "manager"])
def test_nothing_a_browser_keeps_names_anybody(page: Page, register: Register, access: str) -> None:
    sign_in(page, register.link(TRUST, access))
    visit(page, register.url)
    trainee = Trainee(page, register.training(TRUST), register.course(TRUST))
    trainee.arrive()
    trainee.read()
    trainee.answer()
    page.context.route(re.compile("/api/attempts$"), lambda route: route.abort())
    trainee.press("Next question")
    trainee.finish()
    expect(page.get_by_text("Not recorded yet.")).to_be_visible()
    page.context.unroute_all()
    page.goto(f"{register.url}/my/")
    expect(page.get_by_text("Your finished training is recorded.")).to_be_visible()
    page.goto(f"{register.url}/my/")
    page.get_by_role("link", name="Print your certificate").click()
    page.goto(page.locator(".certificate-check a").inner_text())
    expect(page.get_by_role("heading", level=1)).to_have_text("This certificate is valid")
    for address in ("/my/data/", "/manage/", "/manage/people/", "/manage/completions/"):
        page.goto(f"{register.url}{address}")
    visit(page, f"{register.url}/about/")
    kept = page.evaluate(ALL_STORED)
    assert "cockburn" in kept
    with closing(sqlite3.connect(next(register.data.glob("*.sqlite*")))) as database:
        people = database.execute("SELECT name, email FROM people").fetchall()
    assert people
    assert [one for person in people for one in person if one and one.lower() in kept] == []


def completions(register: Register) -> int:
    """Return how many are on record."""
    with closing(sqlite3.connect(next(register.data.glob("*.sqlite*")))) as database:
        count: int = database.execute("SELECT count(*) FROM completions").fetchone()[0]
    return count


def test_an_attempt_goes_through_closed_tabs_without_a_network_and_is_recorded_once(
    page: Page, register: Register
) -> None:
    before = completions(register)
    sign_in(page, register.link(TRUST, "staff"))
    visit(page, register.url)
    trainee = Trainee(page, register.training(TRUST), register.course(TRUST))
    trainee.arrive()
    trainee.read()
    trainee.answer()
    context = page.context
    for words in ("Right.", "Not recorded yet. The register cannot be reached."):
        context.set_offline(True)
        trainee.page.close()
        trainee = Trainee(context.new_page(), trainee.url, trainee.course)
        trainee.arrive()
        expect(trainee.page.locator("#training")).to_contain_text(words, timeout=ENGINE_READY_MS)
        if words == "Right.":
            trainee.press("Next question")
            trainee.finish()
            expect(trainee.page.get_by_text("Not recorded yet.")).to_be_visible()
    trainee.page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(f"{register.url}/my/")
    expect(page.get_by_text("Your finished training is recorded.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("You passed on")).to_be_visible()
    assert completions(register) == before + 1


class Served:
    """What the server, or the worker in its place, gave a page."""

    def __init__(self, page: Page) -> None:
        self.responses: list[Response] = []
        page.on("response", lambda response: self.responses.append(response))

    def asked_for(self, path: str) -> int:
        """Return how often an address was asked for since the last time."""
        return sum(urlsplit(one.url).path == path for one in self.responses)

    def mixed(self, digests: dict[str, str]) -> list[str]:
        """Return the addresses asked for since the last time whose answer is no file of a version.

        What is no file of the site, like the register's own pages, is left out.
        """
        found = {}
        for response in self.responses:
            path = urlsplit(response.url).path
            # The browser lets go of some bodies once they are used.
            with suppress(Error):
                found[path] = sha256(response.body()).hexdigest()
        self.responses.clear()
        assert {"/assets/clearpost.css", "/assets/offline.mjs"} <= found.keys()
        return [path for path, digest in found.items() if path in digests and digests[path] != digest]


def test_an_update_waits_for_the_reader_and_versions_never_mix(
    page: Page, context: BrowserContext, moving: Moving
) -> None:
    older = moving.digests()
    trust = f"{moving.url}/handbook/{TRUST}/"
    visit(page, f"{moving.url}/about/")
    served = Served(page)
    page.goto(f"{trust}training/")
    expect(page.get_by_text("Question 1 of")).to_be_visible()

    moving.change(style=LATEST, module="\n// Newer.", engine="\n", policy="<!-- newer -->")
    newer = moving.digests()
    assert newer.keys() == older.keys()

    # A changed page comes from the network at once, with its own version's files.
    another = context.new_page()
    on_newer = Served(another)
    another.goto(trust)
    expect(another.get_by_role("heading", level=1)).to_be_visible()
    assert LATEST in another.evaluate(TEXT, "/assets/clearpost.css")
    assert on_newer.mixed(newer) == []

    # The training in the other tab is told, and goes on as it was.
    expect(update_notice(page)).to_be_visible()
    expect(update_notice(another)).to_be_hidden()
    assert LATEST not in page.evaluate(TEXT, "/assets/clearpost.css")
    page.evaluate(START_AN_ENGINE)
    trainee = Trainee(page, page.url, moving.register.course(TRUST))
    trainee.answer()
    assert served.asked_for("/assets/engine/manifest.json") == 2
    assert served.mixed(older) == []

    # The reader reloads, and everything is the newer version; nobody needs the older one any more.
    update_notice(page).get_by_role("button", name="Reload").click()
    expect(page.locator("form.question")).to_be_visible()
    expect(update_notice(page)).to_be_hidden()
    assert LATEST in page.evaluate(TEXT, "/assets/clearpost.css")
    assert served.mixed(newer) == []
    another.goto(f"{moving.url}/about/")
    until(
        another,
        """async () => (await (await caches.open("clearpost")).keys())
            .filter(({ url }) => url.includes("/assets/clearpost.css?")).length === 1""",
    )
    context.set_offline(True)
    page.goto(trust)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert "<!-- newer -->" in page.evaluate(TEXT, trust)
    assert LATEST in page.evaluate(TEXT, "/assets/clearpost.css")


def test_a_page_that_has_not_changed_keeps_to_its_version_until_it_is_reloaded(page: Page, moving: Moving) -> None:
    visit(page, f"{moving.url}/about/")
    moving.change(style=LATEST)
    page.goto(f"{moving.url}/about/")
    expect(update_notice(page)).to_be_visible()
    assert LATEST not in page.evaluate(TEXT, "/assets/clearpost.css")
    page.context.set_offline(True)
    update_notice(page).get_by_role("button", name="Reload").click()
    expect(update_notice(page)).to_be_hidden()
    page.wait_for_load_state()
    assert LATEST in page.evaluate(TEXT, "/assets/clearpost.css")


def test_a_file_that_was_altered_on_the_way_is_refused_and_fetched_again(page: Page, moving: Moving) -> None:
    style = moving.site / FILES["style"]
    right = style.read_bytes()
    moving.change()
    style.write_bytes(right + b"/* altered */")
    asked = []
    page.context.on("response", lambda answer: asked.append(answer.url) if answer.request.service_worker else None)
    page.goto(f"{moving.url}/about/")
    late = time.monotonic() + PATIENCE_MS / 1000
    while sum(url.endswith(FILES["style"]) for url in asked) < 2:
        assert time.monotonic() < late, "the worker has not asked for it again"
        page.wait_for_timeout(50)
    assert "/assets/clearpost.css" not in page.evaluate(KEYS)
    style.write_bytes(right)
    visit(page, f"{moving.url}/about/")
    assert "/assets/clearpost.css" in page.evaluate(KEYS)


@pytest.mark.parametrize(
    "denied",
    [
        "Object.defineProperty(Navigator.prototype, 'serviceWorker', { get: () => undefined })",
        "ServiceWorkerContainer.prototype.register = () => Promise.reject(new DOMException('denied', 'SecurityError'))",
        "delete Navigator.prototype.serviceWorker",
    ],
)
def test_where_nothing_may_be_kept_the_pages_work_as_they_always_did(
    page: Page, register: Register, watch: Watch, denied: str
) -> None:
    page.add_init_script(denied)
    page.goto(f"{register.url}/handbook/search/?q=whatsapp")
    expect(page.get_by_text(re.compile(r"\d+ clauses found"))).to_be_visible()
    assert watch.errors == []


def test_where_the_cache_is_denied_the_worker_lets_everything_through(
    page: Page, register: Register, watch: Watch
) -> None:
    def deny(address: str) -> str:
        return "caches.open = () => Promise.reject(new Error('denied'));\n" + address

    worker = deny((SITE / "service-worker.js").read_text(encoding="utf-8"))
    page.context.route("**/service-worker.js", lambda route: route.fulfill(content_type="text/javascript", body=worker))
    page.goto(f"{register.url}/about/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.goto(f"{register.url}/handbook/search/?q=whatsapp")
    expect(page.get_by_text(re.compile(r"\d+ clauses found"))).to_be_visible()
    assert page.evaluate("navigator.serviceWorker.controller !== null")
    assert watch.errors == []


def test_the_browser_finds_nothing_that_keeps_the_handbook_from_being_installed(page: Page, register: Register) -> None:
    page.goto(register.url)
    chromium = page.context.new_cdp_session(page)
    manifest = chromium.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert manifest["url"] == f"{register.url}/manifest.webmanifest"
    found = [one["errorId"] for one in chromium.send("Page.getInstallabilityErrors")["installabilityErrors"]]
    assert [one for one in found if one != "in-incognito"] == []


def test_nothing_of_this_keeps_anyone_out(any_screen: Page, register: Register) -> None:
    any_screen.goto(f"{register.url}/offline/")
    any_screen.evaluate("navigator.serviceWorker.dispatchEvent(new MessageEvent('message', { data: { update: 'x' } }))")
    expect(update_notice(any_screen)).to_be_visible()
    assert barriers(any_screen) == []
