"""How is HTML that stands in a page kept out of Markdown's way? A hook of MkDocs, where there are very many pages.

Markdown and MkDocs both read every tag of it, which takes half of their time. Here an element that fills its lines is
put aside just as Markdown would, but unread. From the first one on that is not as simple as that, the rest of the page
is left to Markdown.
"""

import re
from functools import cache

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor
from markdown.util import STX
from mkdocs.config.defaults import MkDocsConfig

# After fenced code (25) and before all that reads HTML (from 21).
PRIORITY = 24
# A line that begins with a tag, and the elements that are put aside; what they must not hold (line after line of tags
# and words is all that they are), and what follows an element that has a blank line to itself.
TAGGED = re.compile(r"^ {0,3}<([^\s>]*)", re.MULTILINE)
ELEMENTS = frozenset(
    (
        *("article", "details", "div", "dl", "fieldset", "figure", "form", "h2", "h3", "h4", "h5", "h6", "nav"),
        *("noscript", "ol", "p", "section", "table", "ul"),
    )
)
STRANGE = re.compile(r"<(?:[!?]|(?:script|style|pre|textarea|code)\b)")
BLANK = re.compile(r"(?: *\n){2}")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add it to what MkDocs reads pages with."""
    # MkDocs knows names only, but hands on what it is given.
    config.markdown_extensions.append(HtmlBlocks())
    return config


class HtmlBlocks(Extension):  # type: ignore[misc]
    """Puts aside whole elements."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # (Markdown's name)
        """Add the step before those that read HTML."""
        md.preprocessors.register(_PutAside(md), "html_blocks", PRIORITY)


class _PutAside(Preprocessor):  # type: ignore[misc]
    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        parts: list[str] = []
        aside = ""
        at = 0
        while (found := TAGGED.search(text, at)) and (end := _end(text, found)):
            words = text[found.start() : end]
            # STX begins what stands for something that is put aside already.
            if STX in words or STRANGE.search(words):
                break
            between = text[at : found.start()]
            if between.strip():
                parts += [self._put_aside(aside), between]
                aside = ""
            # What stands between two is what Markdown would put there.
            aside += f"{'\n' if aside else ''}{words}{'\n' if BLANK.match(text, end) else ''}"
            at = end
        return "".join((*parts, self._put_aside(aside), text[at:])).split("\n")

    def _put_aside(self, elements: str) -> str:
        return f"\n{self.md.htmlStash.store(elements)}\n\n" if elements else ""


def _end(text: str, begins: re.Match[str]) -> int | None:
    """Return where the element that begins a line ends; None unless it is one to put aside, and ends a line."""
    if begins[1] not in ELEMENTS or text[begins.start()] != "<":
        return None
    depth = 0
    for tag in _tags(begins[1]).finditer(text, begins.start()):
        depth += -1 if tag[1] else 1
        if not depth:
            end = tag.end()
            return end if text.startswith("\n", end) else None
    return None


@cache
def _tags(name: str) -> re.Pattern[str]:
    """Return what finds the tags that begin an element of this name, and those that end it."""
    return re.compile(rf"<(?:{name}(?=[\s>])|(/){name}>)")
