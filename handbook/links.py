"""Does every link of a built page lead somewhere? The pages are read as they travel, whoever has written them."""

import re
from collections.abc import Iterable, Mapping
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

# What stands before is looked at last: signs that begin a pattern are found much faster than any white space.
LINK = re.compile(r'="(?:(?<=\shref=")|(?<=\ssrc=")|(?<=\saction="))([^"]*)"')
ANCHOR = re.compile(r'id="(?<=\sid=")([^"]*)"')
# What the register answers is no file of the site.
REGISTER = ("/my/", "/sign-in/", "/sign-out", "/manage/")


def broken_links(site: Path, *, register: bool) -> tuple[str, ...]:
    """Return every link to a file or an anchor that the site does not have, with a page that has it."""
    # Of every link, however many pages have it, one page.
    pages: dict[str, str] = {}
    broken: list[str] = []
    for file in sorted(site.rglob("*.html")):
        page = file.relative_to(site).as_posix()
        words = file.read_text(encoding="utf-8")
        links = set(LINK.findall(words))
        within = {link for link in links if link.startswith("#")}
        anchors = _anchors(words) if within else frozenset()
        broken += [f"{page}: {link}" for link in within if unquote(unescape(link[1:])) not in anchors]
        for link in links - within:
            pages.setdefault(link if link.startswith("/") else urljoin(f"/{page}", link), page)
    for target, links_to in _by_target(pages, register=register).items():
        file = site / target
        there = {""} if file.is_file() else set()
        if file.suffix == ".html" and there and links_to.keys() != there:
            there |= _anchors(file.read_text(encoding="utf-8"))
        broken += [f"{pages[link]}: {link}" for anchor, link in links_to.items() if anchor not in there]
    return tuple(sorted(broken))


def _by_target(links: Iterable[str], *, register: bool) -> Mapping[str, Mapping[str, str]]:
    """Return the links within the site by the file they lead to and the anchor in it."""
    found: dict[str, dict[str, str]] = {}
    for link in links:
        parts = urlsplit(unescape(link))
        if not parts.scheme and not parts.netloc and not (register and parts.path.startswith(REGISTER)):
            path = unquote(parts.path).lstrip("/")
            target = f"{path}index.html" if not path or path.endswith("/") else path
            found.setdefault(target, {})[unquote(parts.fragment)] = link
    return found


def _anchors(words: str) -> frozenset[str]:
    return frozenset(map(unescape, ANCHOR.findall(words)))
