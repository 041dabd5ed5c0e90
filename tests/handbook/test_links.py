"""No broken link in what is not a page: data, calendars, the feed, styles, modules, lists. In a page, it is found."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import icalendar
import pytest

from handbook.addresses import CALENDAR_FILE, FEED
from handbook.links import broken_links
from tests.handbook.built import Built

ATOM = "{http://www.w3.org/2005/Atom}"
ADDRESS = re.compile(r"/(?!/)\S*")
IN_CSS = re.compile(r"""url\(\s*["']?([^"')]+)""")
IMPORTED = re.compile(r"""(?:from|import)\s*\(?\s*["'](\.{0,2}/[^"']+)["']""")


class Site:
    """The addresses and anchors of a built site."""

    def __init__(self, handbook: Built) -> None:
        self.folder = handbook.site
        self.ids = {address: frozenset(page.ids) for address, page in handbook.pages().items()}

    def has(self, link: str) -> bool:
        parts = urlsplit(link)
        if parts.path in self.ids:
            return not parts.fragment or unquote(parts.fragment) in self.ids[parts.path]
        place = self.folder / parts.path.lstrip("/")
        return place.is_dir() if parts.path.endswith("/") else place.is_file()

    def broken(self, links: Iterator[tuple[Path, str]]) -> list[str]:
        return [f"{file.relative_to(self.folder)}: {link}" for file, link in links if not self.has(link)]

    def files(self, pattern: str) -> list[Path]:
        found = sorted(self.folder.rglob(pattern))
        assert found, pattern
        return found


@pytest.fixture(scope="module")
def site(handbook: Built) -> Site:
    return Site(handbook)


def addresses(value: object) -> Iterator[str]:
    """Yield every text in JSON that is an address of the site."""
    if isinstance(value, dict):
        for one in value.values():
            yield from addresses(one)
    elif isinstance(value, list):
        for one in value:
            yield from addresses(one)
    elif isinstance(value, str) and ADDRESS.fullmatch(value):
        yield value


def test_every_address_in_the_data_leads_somewhere(site: Site) -> None:
    files = [*site.files("*.json"), *site.files("*.webmanifest")]
    ours = [one for one in files if "runtime" not in one.parts]
    links = [(file, link) for file in ours for link in addresses(json.loads(file.read_text("utf-8")))]
    assert len(links) > 1_000
    assert site.broken(iter(links)) == []


def test_every_file_kept_for_offline_use_is_there(site: Site) -> None:
    whole = json.loads((site.folder / "offline.json").read_text("utf-8"))
    links = [(site.folder / "offline.json", link) for kind in ("core", "runtime", "rest") for link in whole[kind]]
    for file in site.files("handbook/*/offline.json"):
        links += [(file, link) for link in json.loads(file.read_text("utf-8"))["files"]]
    assert len(links) > 200
    assert site.broken(iter(links)) == []


def test_every_entry_of_the_feed_leads_to_its_change(site: Site) -> None:
    file = site.folder / FEED.lstrip("/")
    feed = ElementTree.parse(file).getroot()
    links = [(file, one.get("href", "")) for one in feed.iter(f"{ATOM}link")]
    assert links
    assert site.broken(iter(links)) == []


def test_every_calendar_can_be_read_and_links_nothing_that_is_missing(site: Site) -> None:
    files = [site.folder / CALENDAR_FILE.lstrip("/"), *site.files("handbook/*/review.ics")]
    for file in files:
        calendar = icalendar.Calendar.from_ical(file.read_text("utf-8"))
        events = calendar.walk("VEVENT")
        assert events, file
        assert site.broken((file, str(one["URL"])) for one in events if "URL" in one) == []


def test_every_font_and_picture_a_style_names_is_there(site: Site) -> None:
    links = [(file, link) for file in site.files("*.css") for link in IN_CSS.findall(file.read_text("utf-8"))]
    assert links
    assert site.broken(iter(links)) == []


def test_every_module_finds_what_it_imports(site: Site) -> None:
    missing = []
    for file in [one for one in site.files("*.mjs") if "runtime" not in one.parts]:
        for name in IMPORTED.findall(re.sub(r"/\*.*?\*/", "", file.read_text("utf-8"), flags=re.DOTALL)):
            if name.startswith(".") and not (file.parent / name).is_file():
                missing.append(f"{file.relative_to(site.folder)}: {name}")
    assert missing == []


def test_a_page_that_waits_for_a_module_names_one_that_is_there(handbook: Built, site: Site) -> None:
    for address, page in handbook.pages().items():
        for link in page.all("link"):
            if link.attributes.get("rel") == "modulepreload":
                assert site.has(link.attributes["href"]), (address, link.attributes["href"])


def test_every_picture_of_a_page_has_words_and_a_file(handbook: Built, site: Site) -> None:
    for address, page in handbook.pages().items():
        for picture in page.all("img"):
            assert "alt" in picture.attributes, address
            assert site.has(picture.attributes["src"]), address
        for drawing in page.all("svg"):
            named = {"aria-hidden", "aria-label", "aria-labelledby"} & drawing.attributes.keys()
            assert named, (address, drawing.attributes)


def test_every_link_of_a_page_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    written(
        tmp_path,
        "index.html",
        '<h1 id="top">Home</h1> <a href="#top">up</a> <a href="#down">down</a> <a href="/oak/#1.1">a rule</a> '
        '<a href="oak/#1.9">none</a> <a href="/elm/">gone</a> <img src="/oak.png"> <a href="https://example.org/">out</a>',
    )
    written(
        tmp_path, "oak/index.html", '<p id="1.1">…</p> <a href="../?a=1&amp;b=2#top">home</a> <a href="..">home</a>'
    )
    written(tmp_path, "oak/ask/index.html", '<form action="/oak/ask"></form> <a href="/oak/#1.9">none</a>')
    assert broken_links(tmp_path, register=True) == (
        "index.html: #down",
        "index.html: /elm/",
        "index.html: /oak.png",
        "index.html: /oak/#1.9",
        "oak/ask/index.html: /oak/ask",
    )


def test_a_page_links_to_the_register_only_where_there_is_one(tmp_path: Path) -> None:
    written(tmp_path, "index.html", '<a href="/my/">My training</a> <form action="/sign-out"></form>')
    assert broken_links(tmp_path, register=True) == ()
    assert broken_links(tmp_path, register=False) == ("index.html: /my/", "index.html: /sign-out")


def test_an_anchor_may_hold_what_an_address_has_to_spell_out(tmp_path: Path) -> None:
    written(
        tmp_path, "index.html", '<p id="a &amp; b"></p> <a href="#a%20&amp;%20b">it</a> <a href="/#a%20%26%20b">it</a>'
    )
    assert broken_links(tmp_path, register=True) == ()


def written(site: Path, path: str, body: str) -> None:
    (site / path).parent.mkdir(parents=True, exist_ok=True)
    (site / path).write_text(f"<body>{body}</body>", "utf-8")
