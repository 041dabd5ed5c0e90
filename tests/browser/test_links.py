"""Every link and anchor of every page, as a real browser takes the pages apart."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from playwright.sync_api import Page

from tests.browser import conftest
from tests.browser.conftest import Register

# These pages are the register's.
REGISTER = ("/my/", "/sign-in/", "/sign-out", "/manage/", "/verify/")
TAKEN_APART = """async (addresses) => {
  const found = {};
  for (const address of addresses) {
    const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
    const links = [...page.querySelectorAll("[href], [src], [action], [srcset]")].flatMap((one) =>
      ["href", "src", "action", "srcset"].flatMap((name) => one.getAttribute(name) ?? []));
    found[address] = { ids: [...page.querySelectorAll("[id]")].map((one) => one.id), links: [...new Set(links)] };
  }
  return found;
}"""


def test_every_link_and_anchor_leads_somewhere(page: Page, register: Register) -> None:
    files = {f"/{one.relative_to(conftest.SITE).as_posix()}" for one in conftest.SITE.rglob("*") if one.is_file()}
    addresses = sorted(one.removesuffix("index.html") for one in files if one.endswith(".html"))
    page.goto(register.url)
    pages: Mapping[str, Any] = page.evaluate(TAKEN_APART, addresses)
    broken = [
        f"{address}: {link}"
        for address, one in pages.items()
        for link in one["links"]
        if not leads_somewhere(link, address, pages, files)
    ]
    assert sum(len(one["links"]) for one in pages.values()) > 5_000
    assert broken == []


def leads_somewhere(link: str, here: str, pages: Mapping[str, Any], files: set[str]) -> bool:
    parts = urlsplit(urljoin(here, link))
    if parts.scheme or parts.netloc or parts.path.startswith(REGISTER):
        return True
    if parts.path in pages:
        return not parts.fragment or unquote(parts.fragment) in pages[parts.path]["ids"]
    return parts.path in files
