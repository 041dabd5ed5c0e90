"""What can go wrong while the handbook is kept: no blank page, no mixture of versions, and all is well again after."""

import json
import re
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import ENGINE_READY_MS, SITE, TRUST, Register, Trainee
from tests.browser.test_offline import FILES, IS_KEPT, KEYS, TEXT, Moving, until, update_notice, visit
from tests.browser.test_offline import context as context  # Fixtures are named once more to be found here.
from tests.browser.test_offline import moving as moving

POLICY = f"/handbook/{TRUST}/"
FORGET = """async (pattern) => {
  const cache = await caches.open("clearpost");
  const gone = (await cache.keys()).filter(({ url }) => new RegExp(pattern).test(url.slice(location.origin.length)));
  for (const one of gone) await cache.delete(one);
  return gone.length;
}"""
ALL_THERE = f"async (all) => {{ const kept = await ({KEYS})(); return all.every((one) => kept.includes(one)); }}"


def stop_the_worker(page: Page) -> None:
    """Stop the service worker, as browsers do all the time; it starts again when it is needed, and knows nothing."""
    chromium = page.context.new_cdp_session(page)
    chromium.send("ServiceWorker.enable")
    chromium.send("ServiceWorker.stopAllWorkers")


def style_of(page: Page) -> str:
    """Return the version's mark in the style that a page gets now."""
    text = page.evaluate(TEXT, "/assets/clearpost.css")
    return "".join(re.findall(r"\.x-(\w)", text)[-1:])


def policy_of(page: Page) -> str:
    """Return the version's mark at the end of the page that is shown."""
    return str(page.evaluate("document.lastChild.textContent.trim()"))


def deploy(moving: Moving, mark: str) -> None:
    """Put a version in place whose policy and style bear a mark."""
    moving.change(style=f".x-{mark} {{ color: red }}", policy=f"<!-- {mark} -->")


# A worker that is stopped in the middle of keeping a version is asked again when the reader comes back to the page.
COMES_BACK = f"""async (version) => {{
  document.dispatchEvent(new Event("visibilitychange"));
  await new Promise((done) => setTimeout(done, 1000));
  return ({IS_KEPT})(version);
}}"""


def test_every_tab_keeps_its_version_also_when_the_site_goes_back_to_an_older_one(
    context: BrowserContext, moving: Moving
) -> None:
    folder = [moving.site / FILES[name] for name in ("style", "policy")]
    tabs: dict[str, Page] = {}
    older: dict[str, list[bytes]] = {}
    for mark in "ABC":
        deploy(moving, mark)
        older[mark] = [file.read_bytes() for file in folder]
        tabs[mark] = context.new_page()
        tabs[mark].goto(f"{moving.url}{POLICY}")
        until(tabs[mark], COMES_BACK, moving.version)
        if mark == "A":
            tabs[mark].reload()  # The first visit of all is not yet the worker's.
        stop_the_worker(tabs[mark])
        assert {mark: style_of(tab) for mark, tab in tabs.items()} == {mark: mark for mark in tabs}
    for file, data in zip(folder, older["B"], strict=True):
        file.write_bytes(data)
    moving.change()
    back = context.new_page()
    back.goto(f"{moving.url}{POLICY}")
    until(back, COMES_BACK, moving.version)
    expect(update_notice(tabs["C"])).to_be_visible()
    expect(update_notice(back)).to_be_hidden()
    assert [style_of(tab) for tab in (*tabs.values(), back)] == ["A", "B", "C", "B"]
    context.set_offline(True)
    assert [style_of(tab) for tab in (*tabs.values(), back)] == ["A", "B", "C", "B"]
    for tab in tabs.values():
        tab.reload()
        assert policy_of(tab) == "B"
        assert style_of(tab) == "B"


def test_a_page_that_comes_back_after_its_version_has_gone_gets_no_newer_files(page: Page, moving: Moving) -> None:
    deploy(moving, "A")
    visit(page, f"{moving.url}{POLICY}")
    page.reload()
    deploy(moving, "B")
    version = page.evaluate(
        """async () => {
          const cache = await caches.open("clearpost");
          const memory = await (await cache.match("/offline.json?memory")).json();
          return memory.versions.at(-1).id;
        }"""
    )
    assert page.evaluate(FORGET, rf"(\?{version}$|clearpost\.css)") == 2
    stop_the_worker(page)
    assert page.evaluate("fetch('/assets/clearpost.css').then(() => 'answered', () => 'nothing')") == "nothing"
    page.reload()
    assert policy_of(page) == "B"
    assert style_of(page) == "B"


def test_a_full_disk_keeps_nothing_and_takes_nothing_away(page: Page, context: BrowserContext, moving: Moving) -> None:
    chromium = context.new_cdp_session(page)

    def room(**most: int) -> None:
        chromium.send("Storage.overrideQuotaForOrigin", {"origin": moving.url, **most})

    room(quotaSize=2_000_000)
    page.goto(f"{moving.url}/about/")
    until(page, "async () => (await caches.keys()).length > 0")
    page.goto(f"{moving.url}/handbook/search/?q=whatsapp")
    expect(page.get_by_text(re.compile(r"\d+ clauses found"))).to_be_visible()
    trainee = Trainee(page, moving.register.training(TRUST), moving.register.course(TRUST))
    trainee.arrive()
    trainee.answer()

    # There is room for one version, and then none for the next.
    room()
    deploy(moving, "A")
    visit(page, f"{moving.url}{POLICY}")
    page.reload()
    room(quotaSize=1)
    deploy(moving, "B")
    another = context.new_page()
    another.goto(f"{moving.url}{POLICY}")
    assert policy_of(another) == "B"
    assert [style_of(page), style_of(another)] == ["A", "B"]
    stop_the_worker(page)
    assert style_of(another) == "B"
    context.set_offline(True)
    another.goto(f"{moving.url}{POLICY}")
    assert policy_of(another) == "A"
    assert style_of(another) == "A"

    context.set_offline(False)
    room()
    another.goto(f"{moving.url}{POLICY}")
    until(another, IS_KEPT, moving.version)
    assert style_of(another) == "B"


LOST = {
    "the memory": r"^/offline\.json\?memory$",
    "the list": r"^/offline\.json\?[0-9a-f]{64}$",
    "both": r"^/offline\.json\?",
    "a trust's list": rf"^/handbook/{TRUST}/offline\.json",
    "the page": rf"^{POLICY}\?",
    "its style": r"^/assets/clearpost\.css",
    "its scripts": r"^/assets/.*\.mjs\?",
    "Python": r"\.wasm\?",
    "the index": r"^/pagefind/",
    "the page for all else": r"^/offline/\?",
    "everything": "",
}


@pytest.mark.parametrize("what", LOST)
def test_what_the_browser_threw_away_is_fetched_again(
    page: Page, context: BrowserContext, register: Register, what: str
) -> None:
    visit(page, f"{register.url}{POLICY}")
    lost = page.evaluate(FORGET, LOST[what])
    assert lost > 0
    stop_the_worker(page)
    visit(page, f"{register.url}/about/")
    until(
        page,
        """async ([pattern, lost]) => (await (await caches.open("clearpost")).keys())
          .filter(({ url }) => new RegExp(pattern).test(url.slice(location.origin.length))).length >= lost""",
        [LOST[what], lost],
    )
    until(page, IS_KEPT)
    page.goto(f"{register.url}/")
    until(page, IS_KEPT)
    context.set_offline(True)
    stop_the_worker(page)
    page.goto(f"{register.url}{POLICY}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Cockburn")
    trainee = Trainee(page, register.training(TRUST), register.course(TRUST))
    trainee.arrive()
    trainee.answer()


@pytest.mark.parametrize("what", ["the memory", "a trust's list", "the page", "its style", "its scripts", "Python"])
def test_until_then_there_is_no_blank_page(page: Page, context: BrowserContext, register: Register, what: str) -> None:
    visit(page, f"{register.url}{POLICY}")
    assert page.evaluate(FORGET, LOST[what]) > 0
    context.set_offline(True)
    stop_the_worker(page)
    for address in (POLICY, "/", f"{POLICY}training/"):
        page.goto(f"{register.url}{address}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_network_lost_while_all_is_fetched_leaves_pages_that_work(
    page: Page, context: BrowserContext, moving: Moving
) -> None:
    whole = moving.list
    (assembly,) = (path for path in whole["runtime"] if path.endswith(".wasm"))
    missing = [file for file in (moving.site / assembly.lstrip("/")).parent.iterdir() if ".wasm" in file.name]
    lost = {file: file.read_bytes() for file in missing}
    for file in missing:
        file.unlink()
    page.goto(f"{moving.url}/about/")
    until(page, ALL_THERE, sorted(moving.digests().keys() - {*whole["runtime"], *whole["fallback"]}))
    context.set_offline(True)
    page.goto(f"{moving.url}{POLICY}training/")
    expect(page.get_by_text("Question 1 of")).to_be_visible()
    page.goto(f"{moving.url}/handbook/search/?q=whatsapp")
    expect(page.get_by_text(re.compile(r"\d+ clauses found"))).to_be_visible()
    context.set_offline(False)
    for file, data in lost.items():
        file.write_bytes(data)
    visit(page, f"{moving.url}/about/")
    context.set_offline(True)
    trainee = Trainee(page, moving.register.training(TRUST), moving.register.course(TRUST))
    trainee.arrive()
    trainee.answer()


class Troubled(SimpleHTTPRequestHandler):
    """The site on a host whose `trouble` is a pattern of addresses, and what happens to them."""

    protocol_version = "HTTP/1.1"
    trouble: list[tuple[str, str]]

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        what = next((what for pattern, what in self.trouble if re.search(pattern, path)), "")
        if what == "portal":
            return self.say(200, "text/html", b"<!doctype html><title>Wi-Fi</title><h1>Sign in to the Wi-Fi</h1>")
        if what == "error":
            return self.say(500, "application/json", b'{"error": {}}')
        file = Path(self.translate_path(path))
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file():
            return self.say(404, "text/plain", b"nothing here")
        return self.say(200, self.guess_type(file), file.read_bytes(), whole=what != "cut")

    def say(self, status: int, kind: str, body: bytes, *, whole: bool = True) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body if whole else body[: len(body) // 2])
        self.close_connection = not whole

    def log_message(self, format: str, *args: object) -> None:
        """A test says enough."""


@pytest.fixture
def host() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Serve the site; return its address, and the trouble there is, which a test may change."""
    trouble: list[tuple[str, str]] = []
    handler = type("Host", (Troubled,), {"trouble": trouble})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(SITE)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", trouble
    server.shutdown()


@pytest.mark.parametrize("pattern", [".", r"\.(mjs|js|json|css)$", r"offline\.json$"])
@pytest.mark.parametrize("what", ["error", "portal"])
def test_what_a_server_in_trouble_answers_is_never_taken_for_the_handbook(
    page: Page, host: tuple[str, list[tuple[str, str]]], what: str, pattern: str
) -> None:
    url, trouble = host
    visit(page, f"{url}/about/")
    page.goto(f"{url}/")
    kept = set(page.evaluate(KEYS))
    trouble.append((pattern, what))
    stop_the_worker(page)
    page.goto(f"{url}{POLICY}")
    is_portal = (what, pattern) == ("portal", ".")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Wi-Fi" if is_portal else "Cockburn")
    if not is_portal:
        page.goto(f"{url}/handbook/search/?q=whatsapp")
        expect(page.get_by_text(re.compile(r"\d+ clauses found"))).to_be_visible()
    assert "Wi-Fi" not in json.dumps(page.evaluate(ALL_KEPT, r"\.(css|mjs|html)\?|/\?|offline\.json"))
    trouble.clear()
    page.goto(f"{url}{POLICY}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Cockburn")
    assert set(page.evaluate(KEYS)) == kept


ALL_KEPT = """async (pattern) => {
  const cache = await caches.open("clearpost");
  const kept = (await cache.keys()).filter(({ url }) => new RegExp(pattern).test(url.slice(location.origin.length)));
  return Promise.all(kept.map(async (one) => (await cache.match(one)).text()));
}"""


@pytest.mark.parametrize("what", ["error", "portal", "cut"])
def test_a_server_in_trouble_at_the_first_visit_leaves_nothing_wrong_behind(
    page: Page, host: tuple[str, list[tuple[str, str]]], what: str
) -> None:
    url, trouble = host
    trouble.append((r"\.mjs$", what))
    page.goto(f"{url}{POLICY}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Cockburn")
    trouble.clear()
    visit(page, f"{url}{POLICY}")
    page.goto(f"{url}/handbook/search/?q=whatsapp")
    expect(page.get_by_text(re.compile(r"\d+ clauses found"))).to_be_visible()


def test_a_page_cut_off_on_the_way_is_shown_as_it_was_kept(page: Page, host: tuple[str, list[tuple[str, str]]]) -> None:
    url, trouble = host
    visit(page, f"{url}/about/")
    trouble.append((rf"^{POLICY}$", "cut"))
    page.goto(f"{url}{POLICY}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Cockburn")
    expect(page.get_by_role("contentinfo")).to_be_visible()


def test_only_what_a_start_needs_here_is_kept(page: Page, context: BrowserContext, moving: Moving) -> None:
    manifest: dict[str, Any] = json.loads((moving.site / FILES["engine"]).read_text(encoding="utf-8"))
    spare = {manifest["library"], manifest["engine"]}
    visit(page, f"{moving.url}/about/")
    assert spare.isdisjoint(page.evaluate(KEYS))
    assert manifest["snapshot"] in page.evaluate(KEYS)

    # In this browser the image cannot be used: Python starts from its library.
    image = moving.site / manifest["snapshot"].lstrip("/")
    image.write_bytes(image.read_bytes()[:-1])
    moving.change()
    with context.browser.new_context(locale="en-GB") as fresh:  # type: ignore[union-attr]
        unable = fresh.new_page()
        trainee = Trainee(unable, moving.register.training(TRUST), moving.register.course(TRUST))
        trainee.arrive()
        trainee.answer()
        until(unable, ALL_THERE, sorted(spare))
        until(unable, IS_KEPT, moving.version)
        fresh.set_offline(True)
        trainee.arrive()
        trainee.press("Next question")
        trainee.answer()
        expect(trainee.feedback).to_be_visible(timeout=ENGINE_READY_MS)
