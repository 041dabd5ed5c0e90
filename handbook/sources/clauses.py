"""What does a policy say? Its clauses and provisions, in the document's order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from handbook.library import Clause, Provision, Vocabulary
from handbook.problems import Problem, Report
from handbook.sources import markup
from handbook.sources.citations import meant
from handbook.sources.marks import MarkReader, Marks
from handbook.sources.markup import line_of
from handbook.sources.outline import Draft, check_front_matter, drafts

_SPAN = '[text]{.duty ref="…"}'
_ATTRIBUTE_LINE = '{.duty topic=… who="…"}'
_LINK_WORDS = re.compile(r"(?:\W|\band\b|\bor\b|\bbut\b)*", re.IGNORECASE)
_markdown = cache(markup.policy_markdown)
_renderer = cache(RendererHTML)


def parse_policy(
    text: str, file: Path, trust: str, vocabulary: Vocabulary
) -> tuple[tuple[Clause, ...], tuple[Problem, ...]]:
    """Return the clauses in the text of `policy.md`, and what is wrong with it; if anything is, they may lack parts."""
    report = Report(file)
    md = _markdown()
    tokens = md.parse(text, {})
    check_front_matter(tokens, trust, report)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    reader = _Reader(md, lines, trust, MarkReader(vocabulary, report), report)
    clauses = tuple(reader.clause(draft) for draft in drafts(tokens, report))
    if not clauses and not report.found:
        report.add(1, 'there is no clause in it; a clause begins with "### <ref> <title>"')
    _check_refs(clauses, report)
    _check_links(tokens, clauses, report)
    return clauses, report.problems


@dataclass(frozen=True)
class _Reader:
    """Makes clauses of drafts."""

    md: MarkdownIt
    lines: Sequence[str]
    trust: str
    marks: MarkReader
    report: Report

    def clause(self, draft: Draft) -> Clause:
        ref, title = self._heading(draft)
        marks = self._attributeline_of(draft)
        body, notes = self._body_and_notes(draft)
        topic, who = marks.topic or "", marks.who or ()
        spans = tuple(self._provisions(body, topic, who))
        own = self._own_provision(draft, ref, marks, body) if marks.duty else ()
        if not spans and not own and draft.blocks and marks.who is not None:
            self.report.add(
                draft.line,
                f'clause "{ref}" holds no provision: give its attribute line a duty, or mark a span: {_SPAN}',
            )
        return Clause(
            trust=self.trust,
            ref=ref,
            title=title,
            section=draft.section,
            topic=topic,
            who=who,
            html=self._html(body),
            text=" ".join(markup.plain(one.children or ()) for one in body if one.type == "inline"),
            notes=tuple(self._html(note) for note in notes),
            provisions=(*own, *spans),
            line=draft.line,
        )

    def _heading(self, draft: Draft) -> tuple[str, str]:
        ref, _, title = markup.plain(draft.heading.children or ()).partition(" ")
        if ref:
            self.marks.check_ref(ref, draft.line)
        if ref and not title:
            self.report.add(draft.line, f'clause "{ref}" has no title: ### {ref} <a few words>')
        return ref, title

    def _attributeline_of(self, draft: Draft) -> Marks:
        """Take the attribute line off the draft's blocks and return what it says."""
        if not draft.blocks:
            self.report.add(draft.line, f"the clause has no text: put {_ATTRIBUTE_LINE} and its sentences under it")
            return Marks()
        first = draft.blocks[0][0]
        if first.type != "attrs_block":
            # One that was not understood is reported where it stands in the text.
            if not self._source(first).startswith("{"):
                self.report.add(draft.line, f"the clause has no attribute line: put {_ATTRIBUTE_LINE} under it")
            return Marks()
        del draft.blocks[0]
        line = line_of(first)
        if "}" in self._source(first)[:-1]:
            self.report.add(line, f"an attribute line holds nothing but {_ATTRIBUTE_LINE}; put the text beneath it")
        marks = self.marks.read(first, line, ("topic", "who"))
        for name in ("topic", "who"):
            if name not in first.attrs:
                self.report.add(line, f"the clause has no {name}: {_ATTRIBUTE_LINE}")
        if not draft.blocks:
            self.report.add(draft.line, "the clause has no text beneath its attribute line")
        return marks

    def _source(self, token: Token) -> str:
        number = line_of(token) - 1
        return self.lines[number].strip() if number < len(self.lines) else ""

    def _body_and_notes(self, draft: Draft) -> tuple[list[Token], list[list[Token]]]:
        blocks = [[token for token in block if self._has_a_place(token)] for block in draft.blocks]
        blocks = [block for block in blocks if block]
        notes: list[list[Token]] = []
        while blocks and blocks[-1][0].type == "blockquote_open":
            notes.insert(0, blocks.pop()[1:-1])
        for inline in (token for note in notes for token in note if token.type == "inline"):
            markup.check_inline(inline, self.report)
            for token, line in markup.lined(inline):
                if token.type == "span_open":
                    self.report.add(line, "a note (>) holds no provision; take the attributes away")
        body = [token for block in blocks for token in block]
        for token in body:
            if token.type == "blockquote_open":
                self.report.add(line_of(token), "a note (>) stands at the end of its clause, and not in a list")
        if notes and len(notes) == len(draft.blocks):
            self.report.add(draft.line, "the clause has only a note; give it a text")
        return body, notes

    def _has_a_place(self, token: Token) -> bool:
        if token.type == "attrs_block":
            self.report.add(line_of(token), "an attribute line stands only right under a clause's heading")
        elif token.type == "heading_open":
            self.report.add(line_of(token), "a heading does not stand in a list or a note")
        elif token.type in markup.UNUSED:
            self.report.add(line_of(token), markup.UNUSED[token.type])
        else:
            return True
        return False

    def _provisions(self, body: Sequence[Token], topic: str, who: tuple[str, ...]) -> Iterator[Provision]:
        for inline in (token for token in body if token.type == "inline"):
            markup.check_inline(inline, self.report)
            children = list(markup.lined(inline))
            depth = 0
            for place, (token, line) in enumerate(children):
                if token.type == "span_open":
                    if depth:
                        self.report.add(line, "a span stands in another span; end the first before the second begins")
                    within = _within([one for one, _ in children[place + 1 :]])
                    yield self._provision(token, line, within, topic, who)
                depth += (token.type == "span_open") - (token.type == "span_close")

    def _provision(self, opening: Token, line: int, within: list[Token], topic: str, who: tuple[str, ...]) -> Provision:
        marks = self.marks.read(opening, line, ("ref", "topic", "who"))
        text = markup.plain(within)
        quoted = f'"{text[:30]}{"…" if len(text) > 30 else ""}"'
        if not text:
            self.report.add(line, "the span is empty: write its text between [ and ]")
        if "ref" not in opening.attrs:
            self.report.add(line, f"the span {quoted} has no ref: {_SPAN}")
        if "class" not in opening.attrs:
            self.report.add(line, f"the span {quoted} has no duty: {_SPAN}")
        html = self._inline_html(within).strip()
        provision = Provision(
            trust=self.trust,
            ref=marks.ref or "",
            duty=marks.duty or "",
            topic=marks.topic or topic,
            who=marks.who or who,
            text=text,
            html=html,
            line=line,
        )
        opening.attrs = {"class": "provision", "id": provision.ref, "data-duty": provision.duty}
        return provision

    def _own_provision(self, draft: Draft, ref: str, marks: Marks, body: Sequence[Token]) -> tuple[Provision, ...]:
        """Return the clause itself as a provision: what it says outside its spans."""
        stated = [tokens for token in body if token.type == "inline" for tokens in _outside_spans(token)]
        text = _tidy(" ".join(markup.plain(tokens) for tokens in stated))
        html = _tidy(" ".join(self._inline_html(tokens) for tokens in stated))
        if not text and body:
            self.report.add(draft.line, f'clause "{ref}" has a duty, but no text of its own outside its spans')
        duty, topic, who = marks.duty or "", marks.topic or "", marks.who or ()
        return (Provision(self.trust, ref, duty, topic, who, text, html, draft.line),)

    def _inline_html(self, tokens: Sequence[Token]) -> str:
        return _renderer().renderInline(tokens, self.md.options, {})

    def _html(self, tokens: Sequence[Token]) -> str:
        return str(self.md.renderer.render(tokens, self.md.options, {})).strip()


def _within(after: Sequence[Token]) -> list[Token]:
    """Return what stands in a span, given all that follows its opening."""
    depth = 1
    for place, token in enumerate(after):
        depth += (token.type == "span_open") - (token.type == "span_close")
        if depth == 0:
            return list(after[:place])
    return list(after)


def _outside_spans(inline: Token) -> Iterator[list[Token]]:
    """Yield what a paragraph says outside its spans, unless that is only commas and "and" between them."""
    outside: list[Token] = []
    depth, spans = 0, False
    for token in inline.children or ():
        depth += token.type == "span_open"
        if not depth:
            outside.append(token)
        spans = spans or depth > 0
        depth -= token.type == "span_close"
    if not (spans and _LINK_WORDS.fullmatch(markup.plain(outside))):
        yield outside


def _tidy(text: str) -> str:
    return re.sub(r"\s+(?=[,.;])", "", " ".join(text.split()))


def _check_refs(clauses: Sequence[Clause], report: Report) -> None:
    """Report every ref that is given twice: it is an address, and has to lead to one place."""
    lines: dict[str, int] = {}
    for clause in clauses:
        spans = [one for one in clause.provisions if one.line != clause.line]
        places = [("clause", clause.ref, clause.line), *(("provision", one.ref, one.line) for one in spans)]
        for what, ref, line in places:
            if ref and ref in lines:
                report.add(line, f'{what} "{ref}" is given twice (first in line {lines[ref]})')
            lines.setdefault(ref, line)


def _check_links(tokens: Sequence[Token], clauses: Sequence[Clause], report: Report) -> None:
    refs = {ref for clause in clauses for ref in (clause.ref, *(one.ref for one in clause.provisions))}
    for inline in (token for token in tokens if token.type == "inline"):
        for token, line in markup.lined(inline):
            href = str(token.attrs.get("href", ""))
            if href.startswith("#") and unquote(href[1:]) not in refs:
                report.add(line, f"the link {href} leads nowhere{meant(unquote(href[1:]), refs)}")
