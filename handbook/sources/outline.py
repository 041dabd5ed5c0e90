"""How is a policy laid out? Its front matter, its headings, and what stands beneath each clause's heading."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from handbook.problems import Report
from handbook.sources import expected, markup, yaml_lines
from handbook.sources.markup import line_of


@dataclass
class Draft:
    """A clause's heading, and the blocks beneath it."""

    heading: Token
    section: str
    blocks: list[list[Token]] = field(default_factory=list)

    @property
    def line(self) -> int:
        """The heading's line in the file."""
        return line_of(self.heading)


def check_front_matter(tokens: Sequence[Token], trust: str, report: Report) -> None:
    """Report a policy that does not begin by saying whose it is."""
    if not tokens or tokens[0].type != "front_matter":
        report.add(1, f"the file has to begin with three lines: ---, trust: {trust}, ---")
        return
    node = yaml_lines.parse(tokens[0].content, report, first_line=2)
    if node is None and report.found:
        return
    front = expected.block(node, "front matter", report)
    expected.check_names(front, ("trust",), (), "", report)
    named = expected.scalar(front.get("trust"), "trust", report)
    if named and named.text != trust:
        report.add(named.line, f'trust is "{named.text}", but the folder is {trust}')


def drafts(tokens: Sequence[Token], report: Report) -> Iterator[Draft]:
    """Yield every clause as far as its heading tells; what stands outside the order of headings is reported."""
    section, draft, stray = "", None, False
    for block in markup.blocks(tokens):
        first = block[0]
        if first.type == "front_matter":
            continue
        if first.type == "heading_open":
            _check_heading(block, section, report)
            if draft:
                yield draft
            draft, stray = None, False
            if first.tag == "h2":
                section = markup.plain(block[1].children or ())
            elif first.tag == "h3":
                draft = Draft(block[1], section)
        elif draft:
            draft.blocks.append(block)
        elif not stray:
            stray = True
            report.add(line_of(first), 'this stands outside any clause; a clause begins with "### <ref> <title>"')
    if draft:
        yield draft


def _check_heading(block: Sequence[Token], section: str, report: Report) -> None:
    opening, inline = block[0], block[1]
    line = line_of(opening)
    if opening.tag not in ("h1", "h2", "h3"):
        report.add(line, "a heading has one to three #: # the policy, ## a section, ### a clause")
    elif not inline.content.strip():
        report.add(line, "the heading is empty")
    elif opening.tag == "h1" and section:
        report.add(line, "the title (#) stands once, at the top; a section begins with ##, a clause with ###")
    elif opening.tag == "h3" and not section:
        report.add(line, "a clause (###) stands in a section: put a line ## <section title> above it")
    if any(token.type == "span_open" for token in inline.children or ()):
        report.add(line, "a heading holds no provision; attributes stand in the line beneath it")
    markup.check_inline(inline, report)
