"""How is a policy written down? CommonMark with attributes, without what a policy has no use for."""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from handbook.problems import Report

_LINKS = re.compile(r"(?:https?://[^/]|mailto:[^@]+@|#.)", re.IGNORECASE)
_LEFT_OVER = re.compile(r"""\]\{|\{\s*[.#][\w-]|\{[^{}]*\w=["“]|\{?\b(?:ref|who|topic)=""")
# Without quotation marks a value is letters, digits, _, : and -, and one word.
_UNQUOTED = re.compile(
    r"""\b(?P<name>ref|topic|who)=(?P<value>[\w:-]*[^\w:"“”'\s{}-][^"“”'\s{}]*|[\w:-]+(?: [\w:-]+)+(?=[\s}]))"""
)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>?|<!--")
UNUSED = {
    "code_block": "a line indented by four spaces or more is read as program code; take the spaces away",
    "fence": "program code has no place in a policy; take the ``` or ~~~ away",
    "hr": "a line of dashes or stars has no place in a policy; sections begin with ##",
    "html_block": "raw HTML has no place in a policy; write Markdown",
}


class _Markdown(MarkdownIt):
    # Every link becomes a link, so that a bad one is reported instead of being left in the text.
    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802  (markdown-it's own signature)
        return True


def policy_markdown() -> MarkdownIt:
    """Return the parser of policies.

    Attribute lines stay tokens of their own (`attrs_block`), and a span's opening and closing tokens have `line` in
    their meta: the line within their paragraph, counted from 0.
    """
    md = _Markdown("commonmark", {"html": False})
    md.use(front_matter_plugin).use(attrs_block_plugin)
    md.core.ruler.disable("attr")
    # Underlined headings and link definitions swallow lines that look like text or like a span.
    md.disable(["lheading", "reference"])
    known = md.inline.ruler.getRules("")
    md.use(attrs_plugin, spans=True, after=())
    (span,) = (rule for rule in md.inline.ruler.getRules("") if rule not in known)

    def span_with_line(state: StateInline, silent: bool) -> bool:
        start, opening = state.pos, len(state.tokens) + bool(state.pending)
        found = span(state, silent)
        if found and not silent:
            state.tokens[opening].meta["line"] = state.src.count("\n", 0, start)
            state.tokens[-1].meta["line"] = state.src.count("\n", 0, state.pos)
        return found

    md.inline.ruler.at("span", span_with_line)
    return md


def line_of(token: Token) -> int:
    """Return the line of the file in which a block begins."""
    return token.map[0] + 1 if token.map else 1


def blocks(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield the tokens of each outermost block: a heading, a paragraph, a list."""
    block: list[Token] = []
    depth = 0
    for token in tokens:
        block.append(token)
        depth += token.nesting
        if depth == 0:
            yield block
            block = []


def lined(inline: Token) -> Iterator[tuple[Token, int]]:
    """Yield what stands in a paragraph, each with its line in the file."""
    line = first = line_of(inline)
    for token in inline.children or ():
        if "line" in token.meta:
            line = first + token.meta["line"]
        yield token, line
        if token.type in ("softbreak", "hardbreak"):
            line += 1


def plain(tokens: Sequence[Token]) -> str:
    """Return inline tokens as text without markup, on one line."""
    return " ".join("".join(_plain(token) for token in tokens).split())


def _plain(token: Token) -> str:
    return " " if token.type in ("softbreak", "hardbreak") else token.content


def check_inline(inline: Token, report: Report) -> None:
    """Report what has no place in a line of text: attributes nobody understood, raw HTML, pictures, bad links."""
    for token, line in lined(inline):
        if token.type == "text":
            _check_text(token.content, line, report)
        elif token.type == "image":
            report.add(line, "a picture has no place in a policy; take the ![…](…) away")
            token.attrs = {}
        elif token.type == "link_open" and not _LINKS.match(str(token.attrs.get("href", ""))):
            report.add(line, f"a link begins with https://, http://, mailto: or #, not {token.attrs.get('href')!r}")
            token.attrs = {}


def _check_text(text: str, line: int, report: Report) -> None:
    left_over = _LEFT_OVER.search(text)
    if left_over:
        unquoted = _UNQUOTED.search(text, left_over.start())
        hint = (
            f'put quotation marks round it: {unquoted["name"]}="{unquoted["value"]}"'
            if unquoted
            else 'it is written [text]{.duty ref="…"}, with straight quotation marks and no space before the {'
        )
        report.add(line, f"attributes were not understood and stand in the text: {_excerpt(text, left_over)} ({hint})")
    tag = _TAG.search(text)
    if tag:
        report.add(
            line, f"raw HTML has no place in a policy: {tag[0][:30]} (write Markdown; put a space after a mere <)"
        )


def _excerpt(text: str, found: re.Match[str]) -> str:
    start = text.rfind("{", 0, found.end())
    if start < 0:
        return found[0]
    end = text.find("}", start) + 1
    return text[start : end or None][:60]
