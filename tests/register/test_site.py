"""How is the built handbook served?"""

import gzip
from pathlib import Path

import brotli
import pytest

from tests.register.world import World, make_site


def put(world: World, path: str, data: bytes) -> None:
    file = world.settings.site / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


def test_a_folder_shows_its_index_and_a_missing_slash_leads_there(world: World) -> None:
    put(world, "about/index.html", b"<p>About</p>")
    browser = world.browser()
    assert "Home" in browser.get("/").text
    assert "About" in browser.get("/about/").text
    response = browser.get("/about")
    assert response.status_code in (301, 302, 307, 308)
    assert response.headers["location"] in ("about/", "/about/")


def test_what_is_not_there_gets_the_sites_own_page(world: World) -> None:
    response = world.browser().get("/nothing/", headers={"Accept": "text/html"})
    assert response.status_code == 404
    assert "This page is not in the handbook" in response.text


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("a.mjs", "text/javascript"),
        ("a.wasm", "application/wasm"),
        ("a.webmanifest", "application/manifest+json"),
        ("a.json", "application/json"),
        ("a.css", "text/css"),
        ("a.svg", "image/svg+xml"),
        ("a.woff2", "font/woff2"),
        ("a.html", "text/html"),
    ],
)
def test_each_file_says_what_it_is(world: World, path: str, kind: str) -> None:
    put(world, path, b"x")
    assert world.browser().get(f"/{path}").headers["content-type"].partition(";")[0] == kind


def test_the_smallest_form_the_browser_takes_goes_over_the_wire(world: World) -> None:
    text = b"function f() {}\n" * 200
    put(world, "f.mjs", text)
    put(world, "f.mjs.br", brotli.compress(text))
    put(world, "f.mjs.gz", gzip.compress(text))
    browser = world.browser()
    for accepted, sent in (("gzip, br", "br"), ("gzip", "gzip"), ("identity", None)):
        response = browser.get("/f.mjs", headers={"Accept-Encoding": accepted})
        assert response.headers.get("content-encoding") == sent
        assert response.headers["vary"] == "Accept-Encoding"
        assert response.headers["content-type"].startswith("text/javascript")
        assert response.content == text


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("assets/runtime/314.0.0/pyodide.asm.wasm", "public, max-age=31536000, immutable"),
        ("assets/engine/quiz-0123abcd.zip", "public, max-age=31536000, immutable"),
        ("assets/engine/manifest.json", "no-cache"),
        ("handbook/search/words.json", "no-cache"),
        ("assets/clearpost.css", "no-cache"),
        ("handbook/x/index.html", "no-cache"),
    ],
)
def test_only_what_bears_its_version_is_kept_for_ever(world: World, path: str, kept: str) -> None:
    put(world, path, b"x")
    assert world.browser().get(f"/{path.removesuffix('index.html')}").headers["cache-control"] == kept


def test_an_unchanged_file_is_not_sent_again(world: World) -> None:
    browser = world.browser()
    tag = browser.get("/").headers["etag"]
    assert browser.get("/", headers={"If-None-Match": tag}).status_code == 304


def test_a_site_that_is_replaced_while_it_is_served_is_served_anew(world: World, tmp_path: Path) -> None:
    browser = world.browser()
    assert "Home" in browser.get("/").text
    new = make_site(tmp_path / "new", world.courses, home="<h1>A new home</h1>")
    (new / "later.html").write_text("later", encoding="utf-8")
    world.settings.site.rename(tmp_path / "old")
    assert browser.get("/").status_code == 404, "in the moment between"
    new.rename(world.settings.site)
    assert "A new home" in browser.get("/").text
    assert browser.get("/later.html").text == "later"
    world.passes(world.signed_in("Ada Teacher"))


@pytest.mark.parametrize(
    "path", ["/../var/register.sqlite3", "/%2e%2e/var/register.sqlite3", "/..%2fvar/register.sqlite3", "/%00"]
)
def test_nothing_outside_the_site_is_served(world: World, path: str) -> None:
    assert world.browser().get(path).status_code == 404


def test_a_page_takes_no_posts(world: World) -> None:
    assert world.browser().post("/").status_code in (404, 405)
