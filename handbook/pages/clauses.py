"""How is a clause shown: every provision on a line of its own, with its badge and its number?"""

import re
from collections.abc import Callable, Collection
from html import escape
from itertools import zip_longest
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from handbook.addresses import passage_url
from handbook.library import Clause, Vocabulary
from handbook.pages.markup import COLOURED, attribute, ref_link

CLOSING = re.compile(r"[\s.,;:)”’]*( and| or)?[\s:;,]*")
MARKS = re.compile(r' data-refs="[^"]*"')
LISTS = ("ul", "ol")
BLOCKS = (*LISTS, "li", "p")


def clause_heading(clause: Clause) -> str:
    """Return a clause's title with its number before it, or with its name after it where the policy has no numbers."""
    parts = [ref_link(clause.trust, clause.ref, here=True), escape(clause.title, quote=False)]
    words = " ".join(parts if clause.ref[0].isdigit() else reversed(parts))
    return f'<h3 class="clause-title" id="{attribute(clause.ref)}">{words}</h3>'


def clause_body(clause: Clause, vocabulary: Vocabulary) -> str:
    """Return a clause for its trust's own page: anchors, badges, numbers that link to themselves."""
    return _Rows(clause, vocabulary, lambda ref: f"#{ref}").html()


def clause_extract(clause: Clause, vocabulary: Vocabulary, refs: Collection[str]) -> str:
    """Return those provisions of a clause, with the words that lead to them; the numbers link to the trust's page."""
    return _Rows(clause, vocabulary, lambda ref: passage_url(clause.trust, ref), frozenset(refs)).html()


def remark(note: str) -> str:
    """Return one of our own remarks on a clause, set apart from what the policy says."""
    body = _parsed(note)
    first = body.find("p")
    first = body if first is None else first
    words = Element("strong")
    words.text, words.tail = "Odd here:", f" {first.text or ''}"
    first.text = None
    first.insert(0, words)
    return f'<div class="odd" role="note">{_written(body)}</div>'


class _Rows:
    """A clause's HTML turned into rows; `only` (refs) leaves the rest out, and the anchors."""

    def __init__(
        self, clause: Clause, vocabulary: Vocabulary, link: Callable[[str], str], only: frozenset[str] | None = None
    ) -> None:
        self.clause = clause
        self.vocabulary = vocabulary
        self.link = link
        self.only = only
        self.own = next((one for one in clause.provisions if one.ref == clause.ref), None)

    def html(self) -> str:
        body = _parsed(self.clause.html)
        self._make_rows(body)
        if self.own and self._kept(self.own.ref):
            self._put_own_badge(body, self.own.duty)
        if self.only is not None:
            self._prune(body, plain=bool(self.own and self._kept(self.own.ref)))
        return _written(body)

    def _kept(self, ref: str) -> bool:
        return self.only is None or ref in self.only

    def _make_rows(self, parent: Element) -> None:
        for child in list(parent):
            if child.tag == "p" and _provisions_in(child):
                _replace(parent, child, self._rows_of(child))
            elif child.tag == "li" and _provisions_in(child):
                child.set("class", "rule")
                self._dress(child)
                self._make_rows(child)
            else:
                self._make_rows(child)
                if child.tag == "li" and child.find("p[@class='rule']") is not None:
                    child.set("class", "bare")

    def _rows_of(self, paragraph: Element) -> list[Element]:
        """One paragraph of several provisions becomes one paragraph for each; words between them stand alone."""
        rows: list[Element] = []
        _add_lead(rows, paragraph.text)
        for child in list(paragraph):
            if _is_provision(child):
                row = Element("p", {"class": "rule"})
                tail = child.tail or ""
                if CLOSING.fullmatch(tail):
                    tail = ""
                else:
                    child.tail = ""
                row.append(child)
                self._dress(row)
                rows.append(row)
                _add_lead(rows, tail)
            elif rows:
                rows[-1].append(child)
            else:
                rows.append(Element("p", {"class": "lead-in"}))
                rows[-1].append(child)
        return rows

    def _dress(self, row: Element) -> None:
        """Put the badge before every provision of a row, and its number after it and its full stop."""
        for place, child in reversed(list(enumerate(list(row)))):
            if not _is_provision(child):
                continue
            ref, duty = child.get("id", ""), child.get("data-duty", "info")
            row.set("data-refs", f"{ref} {row.get('data-refs', '')}".strip())
            number = self._number(ref)
            tail = child.tail or ""
            if CLOSING.fullmatch(tail):
                child.tail, number.tail = f"{tail.rstrip()} ", " "
            else:
                child.tail, number.tail = " ", tail
            row.insert(place + 1, number)
            row.insert(place, self._badge(duty))
            child.attrib.pop("data-duty", None)
            if ref == self.clause.ref or self.only is not None:
                child.attrib.pop("id", None)

    def _badge(self, duty: str) -> Element:
        badge = Element("span", {"class": f"badge badge-{duty if duty in COLOURED else 'plain'}"})
        badge.text, badge.tail = self.vocabulary.duties[duty].label, " "
        return badge

    def _number(self, ref: str) -> Element:
        number = Element("a", {"class": "ref", "href": self.link(ref)})
        number.text = ref
        return number

    def _put_own_badge(self, body: Element, duty: str) -> None:
        """A clause that is itself a provision shows its badge before its first words."""
        first = body.find("p")
        if first is None or first is not body[0] or first.get("class"):
            first = Element("p")
            body.insert(0, first)
        badge = self._badge(duty)
        badge.tail = f" {first.text or ''}"
        first.text = None
        first.set("class", "rule")
        first.set("data-refs", self.clause.ref)
        first.insert(0, badge)
        if self.only is not None:
            last = first[-1]
            last.tail = f"{last.tail or ''} "
            first.append(self._number(self.clause.ref))

    def _prune(self, parent: Element, *, plain: bool) -> None:
        """Leave out the rows of other provisions; words that are no row stay if `plain`, or if they lead to a list."""
        children = list(parent)
        for child, following in zip_longest(children, children[1:]):
            is_row = child.get("data-refs") is not None
            if _refs_in(child) and (self._keeps_any(child) or not is_row):
                self._prune(child, plain=plain or is_row)
                stays = len(child) > 0
            elif is_row:
                stays = False
            else:
                leads = following is not None and following.tag in LISTS and self._keeps_any(following)
                stays = plain or leads or child.tag not in BLOCKS
            if not stays:
                parent.remove(child)

    def _keeps_any(self, element: Element) -> bool:
        return any(self._kept(ref) for ref in _refs_in(element))


def _parsed(html: str) -> Element:
    return ElementTree.fromstring(f"<div>{html}</div>")


def _written(body: Element) -> str:
    inner = "".join(ElementTree.tostring(child, encoding="unicode", method="html") for child in body)
    # The marks served only while the rows were made.
    return MARKS.sub("", escape(body.text or "", quote=False) + inner).strip()


def _is_provision(element: Element) -> bool:
    return element.tag == "span" and "provision" in element.get("class", "").split()


def _provisions_in(element: Element) -> list[Element]:
    return [child for child in element if _is_provision(child)]


def _add_lead(rows: list[Element], words: str | None) -> None:
    if words and words.strip():
        rows.append(Element("p", {"class": "lead-in"}))
        rows[-1].text = words.strip()


def _replace(parent: Element, old: Element, new: list[Element]) -> None:
    place = list(parent).index(old)
    parent.remove(old)
    for row in reversed(new):
        row.tail = "\n"
        parent.insert(place, row)


def _refs_in(element: Element) -> list[str]:
    return [ref for one in element.iter() for ref in one.get("data-refs", "").split()]
