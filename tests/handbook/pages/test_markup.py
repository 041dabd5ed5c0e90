"""Nothing in a source can break out of its place in a page."""

import re

import markdown
import pytest
import yaml

from handbook.pages.markup import attribute, heading, page, text

WORDS = pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        "a *b* _c_ `d` [e](f) ![g](h)",
        "title {#other .class}",
        "# heading, + list, - list, 1. list | table ~~no~~ ^no^",
        "AT&T &amp; \\* <https://example.org>",
        '--8<-- "secret.md"',
    ],
)


@WORDS
def test_words_are_read_as_they_stand(words: str) -> None:
    assert said(f"## {text(words)} {{#id}}") == words


@WORDS
def test_words_of_a_heading_are_not_read_at_all(words: str) -> None:
    assert said(heading(words, "id")) == words


def said(markdown_text: str) -> str:
    html = markdown.markdown(markdown_text, extensions=["attr_list", "md_in_html"])
    shown = re.fullmatch(r'<h2 id="id">(.*)</h2>', html)
    assert shown
    return shown[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def test_an_attribute_stays_within_its_quotation_marks() -> None:
    assert attribute('"><b>') == "&quot;&gt;&lt;b&gt;"


def test_front_matter_gives_back_what_was_put_in() -> None:
    made = page('A "title": --- #1', ["# Body"], modules=["a.mjs"], wide=True)
    front = yaml.safe_load(made.split("---\n")[1])
    assert front == {"title": 'A "title": --- #1', "modules": ["a.mjs"], "wide": True}
