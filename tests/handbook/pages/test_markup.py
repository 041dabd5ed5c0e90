"""Nothing in a source can break out of its place in a page."""

import re

import markdown
import pytest
import yaml

from handbook.pages.markup import attribute, page, text


@pytest.mark.parametrize(
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
def test_words_are_read_as_they_stand(words: str) -> None:
    html = markdown.markdown(f"## {text(words)} {{#id}}", extensions=["attr_list", "md_in_html"])
    shown = re.fullmatch(r'<h2 id="id">(.*)</h2>', html)
    assert shown
    plain = shown[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert plain == words


def test_an_attribute_stays_within_its_quotation_marks() -> None:
    assert attribute('"><b>') == "&quot;&gt;&lt;b&gt;"


def test_front_matter_gives_back_what_was_put_in() -> None:
    made = page('A "title": --- #1', ["# Body"], modules=["a.mjs"], wide=True)
    front = yaml.safe_load(made.split("---\n")[1])
    assert front == {"title": 'A "title": --- #1', "modules": ["a.mjs"], "wide": True}
