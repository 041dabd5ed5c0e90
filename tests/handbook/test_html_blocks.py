"""HTML put aside before Markdown reads it: the same page comes of it, and Markdown has not read a tag of it."""

import pytest
from markdown import Markdown

from handbook.history import NO_HISTORY
from handbook.html_blocks import HtmlBlocks
from handbook.library import Library
from handbook.pages import all_pages

EXTENSIONS = ["attr_list", "tables", "fenced_code", "toc"]
SIMPLE = """\
# Title {#top}

<div class="a">
<p>One *star*</p>

<div>Two</div>
</div>

Words in *between*.

<p>Three</p>
"""


def made(text: str, *extensions: HtmlBlocks) -> str:
    return str(Markdown(extensions=[*EXTENSIONS, *extensions]).convert(text))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(SIMPLE, id="elements with blank lines round and in them"),
        pytest.param("<p>One</p>\n<p>Two</p>\n<p>Three</p>\n\nWords\n", id="line after line"),
        pytest.param("<p>One</p>\nWords *after* it\n\n<p>Two</p>", id="words in the next line"),
        pytest.param("<p>One</p> words *after* it\n\n<p>Two</p>", id="words in the same line"),
        pytest.param("Words\n<p>One</p>\n", id="words in the line before"),
        pytest.param("<p>One</p>\n   \n<p>Two</p>\n", id="a blank line of spaces"),
        pytest.param("  <p>One</p>\n\n<p>Two</p>\n", id="indented"),
        pytest.param("    <p>One</p>\n\n<p>Two</p>\n", id="code"),
        pytest.param("- item\n\n<ul><li>One</li></ul>\n\n- item *two*\n", id="between items"),
        pytest.param("<div>\n<p>One\n</div>\n\n<p>*Two*</p>\n", id="an end tag is missing"),
        pytest.param("<div>\n<div>One</div>\n\n<p>*Two*</p>\n", id="it never ends"),
        pytest.param("<div>One</div></div>\n\n<p>*Two*</p>\n", id="an end tag too many"),
        pytest.param("<div><!-- </div> -->One</div>\n\n<p>Two</p>\n", id="a comment"),
        pytest.param("<div><script>'</div>'</script></div>\n\n<p>Two</p>\n", id="a script"),
        pytest.param("```\n<p>One</p>\n```\n\n<p>Two</p>\n", id="fenced code"),
        pytest.param("<span>*One*</span>\n\n<p>Two</p>\n", id="no block"),
        pytest.param("<section>\n<h2>One</h2>\n</section>\n\n## Two *stars*\n\n<h2 id='x'>Three</h2>\n", id="headings"),
    ],
)
def test_the_same_comes_of_a_text(text: str) -> None:
    assert made(text, HtmlBlocks()) == made(text)


def test_the_same_comes_of_every_page_of_the_handbook(library: Library) -> None:
    pages = [text for path, text in all_pages(library, NO_HISTORY).items() if path.endswith("/index.md")]
    assert len(pages) > 100
    for text in pages:
        assert made(text, HtmlBlocks()) == made(text)


def test_what_is_put_aside_is_not_read_again() -> None:
    seen: list[str] = []

    class Watching(HtmlBlocks):
        def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
            super().extendMarkdown(md)
            reads_html = md.preprocessors["html_block"]
            read = reads_html.run

            def watched(lines: list[str]) -> list[str]:
                seen.extend(lines)
                return list(read(lines))

            reads_html.run = watched

    made(SIMPLE, Watching())
    assert "Words in *between*." in seen
    assert not [line for line in seen if "<" in line]
