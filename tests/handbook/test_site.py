"""The whole site: every link leads somewhere, nothing comes from elsewhere or breaks the Content-Security-Policy."""

import re
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from handbook.library import Library
from quiz.decisions import DECISIONS
from tests.handbook.built import Built, Page

# These pages are the register's; on a host for plain files they lead to the page that says so.
REGISTER = ("/my/", "/sign-in/", "/sign-out", "/manage/")
LOADED = {"script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src", "form": "action"}


@pytest.fixture(scope="module")
def pages(handbook: Built) -> dict[str, Page]:
    return handbook.pages()


def test_every_kind_of_page_is_there(pages: dict[str, Page], library: Library) -> None:
    parts = ("", "training/", "practise/", "roles/", "guides/", "ask/", "gaps/", "print/")
    trusts = {f"/handbook/{trust}/{part}" for trust in library.trusts for part in parts}
    topics = {f"/handbook/topics/{topic}/" for topic in library.vocabulary.topics}
    may_i = {f"/handbook/may-i/{decision}/" for decision in DECISIONS}
    own = {
        "/",
        "/about/",
        "/accessibility/",
        "/adding-a-trust/",
        "/404.html",
        "/offline/",
        "/handbook/search/",
        "/handbook/topics/",
        "/handbook/trusts/",
        "/handbook/may-i/",
        "/handbook/collate/",
        "/handbook/compare/",
        "/handbook/matrix/",
        "/handbook/strictness/",
        "/handbook/roles/",
        "/handbook/guides/",
        "/handbook/ask/",
        "/handbook/gaps/",
        "/handbook/calendar/",
        "/handbook/changes/",
    }
    assert set(pages) == own | trusts | topics | may_i


def test_every_link_and_anchor_on_the_site_leads_somewhere(handbook: Built, pages: dict[str, Page]) -> None:
    broken = []
    for address, page in pages.items():
        for element in page.elements:
            for name in ("href", "src", "action", "data-course", "data-engine-manifest", "data-trusts", "data-cases"):
                link = element.attributes.get(name)
                if link and not leads_somewhere(link, address, handbook, pages):
                    broken.append(f"{address}: {link}")
    assert broken == []


def leads_somewhere(link: str, address: str, handbook: Built, pages: dict[str, Page]) -> bool:
    parts = urlsplit(urljoin(address, link))
    if parts.scheme or parts.netloc or parts.path.startswith(REGISTER):
        return True
    if parts.path in pages:
        return not parts.fragment or unquote(parts.fragment) in pages[parts.path].ids
    return (handbook.site / parts.path.lstrip("/")).is_file()


def test_no_page_has_the_same_anchor_twice(pages: dict[str, Page]) -> None:
    for address, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), address


def test_nothing_is_loaded_from_another_site(handbook: Built, pages: dict[str, Page]) -> None:
    for address, page in pages.items():
        for element in page.elements:
            link = urlsplit(element.attributes.get(LOADED.get(element.tag, ""), ""))
            assert not link.netloc, address
            assert link.scheme in ("", "data"), address
    for sheet in handbook.site.rglob("*.css"):
        assert not re.search(r"(?:url\(\s*[\"']?|@import\s+[\"'])(?:https?:)?//", sheet.read_text("utf-8")), sheet
    for module in [*(handbook.site / "assets").glob("*.mjs"), *(handbook.site / "assets/training").glob("*.mjs")]:
        assert not re.search(r"[\"'`]https?://", module.read_text("utf-8")), module


def test_no_page_has_an_inline_script_style_or_handler(pages: dict[str, Page]) -> None:
    for address, page in pages.items():
        assert not page.all("style"), address
        for script in page.all("script"):
            assert script.attributes.get("src") or script.attributes.get("type") == "application/json", address
        for element in page.elements:
            assert "style" not in element.attributes, address
            assert not [name for name in element.attributes if name.startswith("on")], address
            assert not element.attributes.get("href", "").startswith("javascript:"), address


def test_every_page_has_one_title_one_main_heading_and_a_way_past_the_header(pages: dict[str, Page]) -> None:
    for address, page in pages.items():
        assert len(page.all("h1")) == 1, address
        assert page.all("title")[0].text.endswith("Clear to Post"), address
        assert page.all("html")[0].attributes["lang"] == "en-GB"
        assert page.by_id("content").tag == "main"
        assert page.all("a", "skip-link")[0].attributes["href"] == "#content"


def test_titles_tell_pages_apart(pages: dict[str, Page]) -> None:
    titles = [page.all("title")[0].text for page in pages.values()]
    assert len(titles) == len(set(titles))


def test_every_field_has_a_label(pages: dict[str, Page]) -> None:
    for address, page in pages.items():
        labelled = {one.attributes.get("for") for one in page.all("label")}
        for tag in ("input", "select", "textarea"):
            for field in page.all(tag):
                wrapped = any(one.tag == "label" for one in field.within)
                assert wrapped or field.attributes.get("id") in labelled, address


def test_no_page_lists_all_others(pages: dict[str, Page], library: Library) -> None:
    for address, page in pages.items():
        if address not in ("/", "/handbook/topics/"):
            topics = {one.attributes["href"] for one in page.all("a") if "/topics/" in one.attributes.get("href", "")}
            header = {one.attributes["href"] for one in page.inside(page.all("header", "site-header")[0], "a")}
            assert len(topics) <= len(library.vocabulary.topics) + 1, address
            assert header <= {"/", *(f"/handbook/{one}/" for one in ("may-i", "trusts", "topics", "compare")), "/my/"}


def test_nothing_of_the_theme_is_left_that_no_page_uses(handbook: Built) -> None:
    assert not (handbook.site / "assets" / "javascripts").exists()
    assert not (handbook.site / "assets" / "stylesheets").exists()
    assert not (handbook.site / "overrides").exists()
    assert not (handbook.site / "handbook" / "home").exists()
