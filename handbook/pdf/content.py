"""What stands in the PDF of a policy? The same rows as on its page, as data for `policy.typ`."""

from collections.abc import Mapping
from html.parser import HTMLParser
from itertools import groupby
from typing import Any

from handbook.library import Clause, Library, Trust, Vocabulary
from handbook.pages.clauses import clause_body, remark
from handbook.pages.document_control import document_facts
from handbook.pages.prints import footing

type Run = Mapping[str, str]


def pdf_content(library: Library, trust: Trust) -> dict[str, Any]:
    """Return the title, the facts, the sections with their clauses, the people, and the words at the foot."""
    return {
        "title": trust.name,
        "subtitle": "Social media policy, restated in plain words",
        "accent": trust.accent,
        "facts": [[one.name, one.says] for one in document_facts(library, trust)],
        "sections": [
            {"title": section, "clauses": [_clause(one, library.vocabulary) for one in clauses]}
            for section, clauses in groupby(trust.clauses, key=lambda one: one.section)
        ],
        "people": [{"name": one.name, "does": one.does, "refs": list(one.cites)} for one in trust.roles],
        "foot": footing(library, trust),
    }


def _clause(clause: Clause, vocabulary: Vocabulary) -> dict[str, Any]:
    notes = "".join(remark(one) for one in clause.notes)
    return {"ref": clause.ref, "title": clause.title, "blocks": blocks(clause_body(clause, vocabulary) + notes)}


def blocks(html: str) -> list[dict[str, Any]]:
    """Return the rows of a clause's HTML: `kind` is text, item or note, `level` how deep in lists, `runs` its words.

    A run is a `badge` (with its duty), a `ref`, or `text`.
    """
    reader = _Rows()
    reader.feed(html)
    reader.close()
    return [one for one in reader.blocks if any(run["words"].strip() for run in one["runs"])]


class _Rows(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[dict[str, Any]] = []
        self._lists: list[int | None] = []
        self._kinds: list[str] = []
        self._note = False
        self._marker = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        if tag in ("ul", "ol"):
            self._lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            self._begin("item", self._next_marker())
        elif tag == "div":
            self._note = "odd" in classes
            self._begin("note" if self._note else "text")
        elif tag == "p":
            self._begin("note" if self._note else "item" if self._lists else "text", self._marker)
        elif tag in ("span", "a"):
            self._kinds.append(_kind(tag, classes))
        elif tag == "br":
            self._add("text", " ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            self._lists.pop()
            self._begin("item" if self._lists else "text")
        elif tag in ("span", "a") and self._kinds:
            self._kinds.pop()
        elif tag == "div":
            self._note = False

    def handle_data(self, data: str) -> None:
        kind = next((one for one in reversed(self._kinds) if one != "text"), "text")
        self._add(kind, " ".join(data.split()) if kind != "text" else data.replace("\n", " "))

    def _next_marker(self) -> str:
        count = self._lists[-1] if self._lists else None
        if count is None:
            return "•"
        self._lists[-1] = count + 1
        return f"{count + 1}."

    def _begin(self, kind: str, marker: str = "") -> None:
        self._marker = marker if kind == "item" else ""
        self.blocks.append({"kind": kind, "marker": self._marker, "level": len(self._lists), "runs": []})

    def _add(self, kind: str, words: str) -> None:
        if not self.blocks:
            self._begin("text")
        if words:
            self.blocks[-1]["runs"].append({"kind": kind, "words": words})
        if words.strip():
            # A paragraph after the first of an item has no mark of its own.
            self._marker = ""


def _kind(tag: str, classes: list[str]) -> str:
    if tag == "a" and "ref" in classes:
        return "ref"
    return next((one for one in classes if one.startswith("badge-")), "text")
