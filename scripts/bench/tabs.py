"""A browser to measure in, whichever it is: it opens addresses and runs asynchronous functions in the page."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

from playwright.sync_api import BrowserContext, Page, sync_playwright
from selenium.webdriver.remote.webdriver import WebDriver

from scripts.browser import find_chromium
from scripts.other_browsers import firefox

PATIENCE_S = 180


class Tab(Protocol):
    """What a measurement needs of a browser."""

    def open(self, address: str) -> None:
        """Open an address, in place of what was open before."""

    def run(self, function: str) -> Any:
        """Return what a JavaScript function of no arguments gives, or its promise."""


class _ChromiumTab:
    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.page: Page | None = None

    def open(self, address: str) -> None:
        if self.page:
            self.page.close()
        self.page = self.context.new_page()
        self.page.goto(address)

    def run(self, function: str) -> Any:
        assert self.page
        return self.page.evaluate(function)


class _FirefoxTab:
    def __init__(self, driver: WebDriver) -> None:
        self.driver = driver
        driver.set_script_timeout(PATIENCE_S)

    def open(self, address: str) -> None:
        self.driver.get(address)

    def run(self, function: str) -> Any:
        return self.driver.execute_async_script(f"Promise.resolve(({function})()).then(arguments[0])")


@contextmanager
def chromium_tab(offline: bool) -> Iterator[Tab]:
    """Give a tab of a Chromium nobody has used; `offline` says whether the site's service worker may run."""
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile,
        sync_playwright() as playwright,
        playwright.chromium.launch_persistent_context(
            profile,
            executable_path=find_chromium(),
            args=["--no-sandbox"],
            service_workers="allow" if offline else "block",
        ) as context,
    ):
        yield _ChromiumTab(context)


@contextmanager
def firefox_tab(offline: bool) -> Iterator[Tab]:
    """Give a tab of a Firefox nobody has used. Raises Missing where there is no Firefox."""
    with firefox(preferences={"dom.serviceWorkers.enabled": offline}) as driver:
        yield _FirefoxTab(driver)


TABS: Mapping[str, Callable[[bool], AbstractContextManager[Tab]]] = {"chromium": chromium_tab, "firefox": firefox_tab}
