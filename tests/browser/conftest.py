"""A server with the training page and a Chromium that watches what the page does."""

import json
import socket
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from quiz.courses import Course, canonical, read_course
from scripts.browser import find_chromium
from tests.browser.stand_in import TRUST, Server, Site, write_site

FOLDER = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder as one that opens a browser."""
    for item in items:
        if FOLDER in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a running server, without a slash at the end."""
    folder = tmp_path_factory.mktemp("site")
    write_site(folder)
    server = Server(("127.0.0.1", 0), Site.of(folder))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture
def sign_in(server_url: str, context: BrowserContext) -> None:
    """Make the browser that of a person who belongs to the trust."""
    context.add_cookies([{"name": "session", "value": TRUST, "url": server_url}])


@pytest.fixture
def sign_in_elsewhere(server_url: str, context: BrowserContext) -> None:
    """Make the browser that of a person who belongs to another trust."""
    context.add_cookies([{"name": "session", "value": "lydiate", "url": server_url}])


@pytest.fixture(scope="session")
def training_url(server_url: str) -> str:
    """Return the address of a trust's training page."""
    return f"{server_url}/handbook/{TRUST}/training/"


@pytest.fixture(scope="session")
def course(server_url: str) -> Course:
    """Return the course the page teaches, to know the right answers from the policy as the engine does."""
    with urllib.request.urlopen(f"{server_url}/handbook/{TRUST}/course.json") as response:
        return read_course(canonical(json.load(response)))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the Chromium the test command found or installed."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Return a browser nobody has used yet."""
    with browser.new_context(locale="en-GB") as context:
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


@pytest.fixture(scope="session")
def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
