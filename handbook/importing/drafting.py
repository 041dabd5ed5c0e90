"""What could `policy.md` look like, made of a document's lines? A draft in the right form, and where each line went."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from handbook.importing import furniture, guessing
from handbook.importing.blocks import CELLS, HEADING, ITEM, NUMBERED, PROSE_WORDS, Block, blocks
from handbook.importing.lines import Fate, Line
from handbook.library import Vocabulary

ABOUT, COVER, COVER_TITLE = "About this document", "control", "What the cover page says"
COVER_TOPIC, COVER_WHO = "document-control", "trust"
TITLE_WORDS = 8
REF_WORDS = 3
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’')\]]?\s+(?=[A-Z“‘\"'(@0-9])")
# What ends with a point and does not end a sentence.
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|etc|No|Mr|Mrs|Ms|Dr|St|cf|vs|approx|para)|\b[A-Z])\.$")
_SPECIAL = re.compile(r"([\\`*_\[\]{}])")
_TAG = re.compile(r"</?[A-Za-z][^<>\s@/:.]*>")
_SMALL = frozenset(
    {
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "is",
        "of",
        "on",
        "or",
        "our",
        "that",
        "the",
        "this",
        "to",
    }
    | {"use", "what", "who", "with", "your"}
)
_NO_WORD = "no word"


@dataclass(frozen=True)
class Draft:
    """A draft of `policy.md`: its text, what became of every line, and how many headings and provisions it has."""

    text: str
    fates: tuple[Fate, ...]
    sections: int
    clauses: int
    provisions: int


@dataclass
class _Clause:
    """A clause in the making: its ref and title, the numbered paragraph it began with, and what follows."""

    ref: str
    title: str
    section: str
    blocks: list[Block] = field(default_factory=list)


def drafted(lines: Sequence[Line], trust: str, vocabulary: Vocabulary) -> Draft:
    """Return a draft for a trust; every guess in it is marked `guessed`, and every line is accounted for."""
    dropped = furniture.dropped(lines)
    found = blocks([line for line in lines if line.number not in dropped])
    title = _title([one.text for one in found[:12]], [line.text for line in lines])
    fates = [Fate(line, False, dropped[line.number]) for line in lines if line.number in dropped]
    writer = _Writer(vocabulary, fates)
    text = writer.policy(trust, title, _clauses(found, fates))
    fates.sort(key=lambda fate: fate.line.number)
    return Draft(text, tuple(fates), writer.sections, writer.clauses, writer.provisions)


def _title(first: Sequence[str], every: Sequence[str]) -> str:
    """Return what is most likely the document's title: the first short line that names a policy, running or not."""
    named = [one for one in (*first, *every) if _names_a_policy(one)]
    return " ".join((named or list(first) or ["Social media policy"])[0].split())


def _names_a_policy(text: str) -> bool:
    short = len(text.split()) <= PROSE_WORDS and not text.rstrip().endswith((".", ":", ";"))
    return short and "policy" in text.casefold() and ":" not in text and "\t" not in text


def _clauses(found: Sequence[Block], fates: list[Fate]) -> Iterator[_Clause]:
    """Yield the clauses of a document: its cover, then one for each numbered paragraph and each heading's text."""
    cover, rest = _parted(found)
    refs = _Refs()
    clause = _Clause(refs.given(COVER), COVER_TITLE, ABOUT, list(cover))
    titles: list[Block] = []
    section, heading = ABOUT, COVER
    for block in rest:
        if block.kind == HEADING:
            if clause.blocks or clause.ref == COVER:
                yield clause
            fresh = not titles
            twice = not fresh and titles[-1].text.casefold() == block.text.casefold()
            titles = [block] if fresh else titles if twice else [*titles, block]
            section = " · ".join(f"{one.ref} {one.text}".strip() for one in titles)
            heading = block.ref or refs.slug(block.text)
            clause = _Clause(heading, block.text, section)
            fates.extend(Fate(line, True, HEADING, heading) for line in block.lines)
            continue
        titles = []
        begins = block.kind == NUMBERED and "." in block.ref
        if begins or not clause.blocks:
            if clause.blocks or clause.ref == COVER:
                yield clause
            ref = refs.given(block.ref if begins else heading)
            clause = _Clause(ref, _short(block.text) if begins else clause.title, section)
        clause.blocks.append(block)
    if clause.blocks or clause.ref == COVER:
        yield clause


def _parted(found: Sequence[Block]) -> tuple[Sequence[Block], Sequence[Block]]:
    """Return what stands on the cover, and the rest: it begins with the heading of the first prose, or a number."""
    for place, block in enumerate(found):
        prose = block.kind not in (HEADING, CELLS) and len(block.text.split()) >= PROSE_WORDS
        if prose or (block.kind in (HEADING, NUMBERED) and block.ref):
            start = place
            while start and not block.ref and found[start - 1].kind == HEADING and not found[start - 1].sure:
                start -= 1
                break
            while start and found[start - 1].kind == HEADING and found[start - 1].sure and start > 1:
                start -= 1
            return _demoted(found[:start]), found[start:]
    return _demoted(found), ()


def _demoted(cover: Sequence[Block]) -> Sequence[Block]:
    for block in cover:
        block.kind = CELLS if block.kind == CELLS else "cover"
    return cover


class _Refs:
    """Gives every ref once."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def given(self, wanted: str) -> str:
        """Return the wanted ref, or with a letter behind it if it is taken."""
        wanted = wanted.casefold()
        ref, number = wanted, 2
        while ref in self._given:
            ref, number = f"{wanted}-{number}", number + 1
        self._given.add(ref)
        return ref

    @staticmethod
    def slug(text: str) -> str:
        """Return the name of a clause that has no number: the first words of its heading that say something."""
        words = re.findall(r"[a-z0-9]+", text.casefold().replace("’", "").replace("'", ""))
        telling = [word for word in words if word not in _SMALL] or words or ["clause"]
        return "-".join(telling[:REF_WORDS])


def _short(text: str) -> str:
    """Return the first words of a paragraph as a title to be bettered."""
    words = text.split()
    if len(words) <= TITLE_WORDS:
        return text.rstrip(".;:, ")
    return " ".join(words[:TITLE_WORDS]).rstrip(".;:, ") + " …"


@dataclass
class _Writer:
    """Writes clauses as `policy.md` has them, and notes where each line went."""

    vocabulary: Vocabulary
    fates: list[Fate]
    sections: int = 0
    clauses: int = 0
    provisions: int = 0

    def policy(self, trust: str, title: str, clauses: Iterator[_Clause]) -> str:
        """Return the whole text."""
        words = guessing.Words(self.vocabulary)
        parts = [
            "---\n"
            "# A draft made by `clearpost import`. Its words are the document's: put them into your own.\n"
            '# Every mark was guessed. Where it is right, delete its guessed="…"; where it is wrong, mend it first.\n'
            f"trust: {trust}\n---",
            f"# {escaped(title)}",
        ]
        section = None
        for clause in clauses:
            if clause.section != section:
                section = clause.section
                self.sections += 1
                parts.append(f"## {escaped(section)}")
            parts.append(self._clause(clause, title, words))
        return "\n\n".join(parts) + "\n"

    def _clause(self, clause: _Clause, title: str, words: guessing.Words) -> str:
        self.clauses += 1
        whole = " ".join(block.text for block in clause.blocks)
        cover = clause.ref == COVER
        topic = COVER_TOPIC if cover and COVER_TOPIC in self.vocabulary.topics else words.topic(clause.title, whole)
        who = COVER_WHO if cover and COVER_WHO in self.vocabulary.audiences else words.who(whole)
        own, lead, body = self._lead(clause)
        if cover and not any(_names_a_policy(block.text) for block in clause.blocks):
            # Every citation of the title has to lead somewhere.
            lead = self._span(f"The document is called “{title}”.", f"{COVER}/title", None)
        said = _because(own, "duty") if own else ""
        marks = f'topic={topic} who="{who}" guessed="topic, who{f", {said}" if said else ""}"'
        attributes = f"{{.{own.duty} {marks}}}" if own else f"{{{marks}}}"
        listed = list(self._body(clause, body, own))
        head = f"### {clause.ref} {escaped(clause.title)}\n{attributes}"
        return "\n\n".join(one for one in (head, lead, _lists(listed)) if one)

    def _lead(self, clause: _Clause) -> tuple[guessing.Guess | None, str, list[Block]]:
        """Return the clause's own duty and text: its first paragraph, if a list hangs on it or it is all there is."""
        if clause.ref == COVER:
            return None, "", clause.blocks
        first, *rest = clause.blocks
        single = not rest and len(sentences(first.text)) == 1
        hangs = bool(rest) and rest[0].kind in (ITEM, NUMBERED) and first.text.endswith(":")
        if first.kind in (ITEM, CELLS) or not (single or hangs):
            return None, "", clause.blocks
        if first.kind == NUMBERED and first.ref != clause.ref:
            return None, "", clause.blocks
        self.provisions += 1
        self._kept(first, clause.ref)
        return guessing.duty(first.text), escaped(_numbered_again(first, clause.ref)), rest

    def _body(
        self, clause: _Clause, body: Sequence[Block], own: guessing.Guess | None
    ) -> Iterator[tuple[int, str, str]]:
        """Yield (depth, mark, text) of every paragraph and item, each sentence a provision."""
        count = _Count(clause.ref, alone=len(body) == 1 and clause.ref[0].isdigit())
        lead = own
        indents: list[int] = []
        for block in body:
            if block.kind in (ITEM, CELLS) or (block.kind == NUMBERED and block.ref != clause.ref):
                depth = _depth(indents, 0 if block.kind == NUMBERED else block.level)
                text = f"{block.mark} {block.text}" if block.mark else block.text
                mark = f"{block.ref}." if block.kind == NUMBERED and block.ref.isdigit() else "-"
                ref = count.item(block.ref if block.kind == NUMBERED else "", depth)
                yield depth, mark, self._spans(sentences(text), ref, lead)
                self._kept(block, ref)
                continue
            indents.clear()
            parts = sentences(block.text)
            ref = count.paragraph(is_title=clause.ref == COVER and _names_a_policy(block.text))
            yield -1, "", self._spans(parts, ref, None)
            self._kept(block, ref)
            lead = guessing.duty(parts[-1]) if block.text.endswith(":") else None
            if lead:
                count.hang()

    def _spans(self, parts: Sequence[str], ref: str, lead: guessing.Guess | None) -> str:
        """Return sentences as provisions: under one ref with letters behind it if they are several."""
        if len(parts) == 1:
            return self._span(parts[0], ref, lead)
        return "\n".join(self._span(part, f"{ref}{_letter(place)}", lead) for place, part in enumerate(parts))

    def _span(self, text: str, ref: str, lead: guessing.Guess | None) -> str:
        """Return one provision; an item without a duty of its own has that of the words it hangs on."""
        self.provisions += 1
        guess = guessing.duty(text)
        if lead and not guess.words:
            guess = lead
        return f'[{escaped(text)}]{{.{guess.duty} ref="{ref}" guessed="{_because(guess)}"}}'

    def _kept(self, block: Block, ref: str) -> None:
        first, *more = block.lines
        self.fates.append(Fate(first, True, block.kind, ref))
        self.fates.extend(Fate(line, True, f"goes on with line {first.number}", ref) for line in more)


class _Count:
    """Numbers what stands in a clause: its paragraphs, and the items of each list under what it hangs on.

    A numbered paragraph that is all there is bears its own number; its sentences have letters behind it.
    """

    def __init__(self, clause: str, *, alone: bool) -> None:
        self._clause = clause
        self._alone = alone
        self._paragraphs = 0
        self._under = clause
        self._items: list[int] = []
        self._given: set[str] = set()

    def paragraph(self, *, is_title: bool) -> str:
        """Return the ref of the next paragraph."""
        self._under, self._items = self._clause, []
        if self._alone:
            return self._clause
        if is_title and f"{self._clause}/title" not in self._given:
            return self._once(f"{self._clause}/title")
        return self._next(self._clause)

    def hang(self) -> None:
        """Let the items that follow hang on the paragraph given last."""
        self._under = f"{self._clause}/{self._paragraphs}" if self._paragraphs else self._clause

    def item(self, own: str, depth: int) -> str:
        """Return the ref of the next item, by its own number if it has one that is free."""
        del self._items[depth + 1 :]
        self._items += [0] * (depth + 1 - len(self._items))
        if not self._items[depth] and depth == 0 and own and f"{self._under}/{own}" in self._given:
            # The paragraph above bears that number, so the list hangs on it.
            self.hang()
        free = own and f"{self._under}/{own}" not in self._given and depth == 0
        if self._under == self._clause and depth == 0:
            self._items[0] = max(self._items[0], self._paragraphs)
        self._items[depth] = int(own) if free and own.isdigit() else self._items[depth] + 1
        if self._under == self._clause and depth == 0:
            self._paragraphs = max(self._paragraphs, self._items[0])
        return self._once(f"{self._under}/{'/'.join(str(one or 1) for one in self._items)}")

    def _next(self, under: str) -> str:
        self._paragraphs += 1
        return self._once(f"{under}/{self._paragraphs}")

    def _once(self, ref: str) -> str:
        wanted, number = ref, 2
        while ref in self._given:
            ref, number = f"{wanted}-{number}", number + 1
        self._given.add(ref)
        return ref


def _letter(place: int) -> str:
    """Return a letter for each sentence of a paragraph: a, b, …, z, aa."""
    return chr(ord("a") + place) if place < 26 else f"{_letter(place // 26 - 1)}{_letter(place % 26)}"


def _because(guess: guessing.Guess, what: str = "") -> str:
    words = guess.words.replace('"', "") or _NO_WORD
    return f"{what}: {words}" if what else words


def _numbered_again(block: Block, ref: str) -> str:
    """Return a paragraph's text; its number stands in the clause's heading, unless that is another one."""
    return block.text if not block.ref or block.ref == ref else f"{block.ref} {block.text}"


def _depth(indents: list[int], indent: int) -> int:
    """Return how deep an item stands in its list, by the indents of the items it stands in."""
    while indents and indents[-1] > indent:
        indents.pop()
    if not indents or indents[-1] < indent:
        indents.append(indent)
    return len(indents) - 1


def _lists(parts: Sequence[tuple[int, str, str]]) -> str:
    """Return paragraphs and items as Markdown, items of one list right beneath one another."""
    text = ""
    before = -1
    widths: list[int] = []
    for depth, mark, words in parts:
        if depth < 0:
            text += f"\n\n{words}"
            widths = []
        else:
            text += "\n" if before >= 0 else "\n\n"
            del widths[depth:]
            text += f"{' ' * sum(widths)}{mark} "
            widths.append(len(mark) + 1)
            text += words.replace("\n", f"\n{' ' * sum(widths)}")
        before = depth
    return text.strip("\n")


def sentences(text: str) -> list[str]:
    """Return the sentences of a paragraph."""
    found: list[str] = []
    for part in _SENTENCE.split(text):
        if found and _ABBREVIATION.search(found[-1]):
            found[-1] += f" {part}"
        else:
            found.append(part)
    return found


def escaped(text: str) -> str:
    """Return a text in which nothing is taken for Markdown; tags that a converter has left are taken away."""
    bare = _TAG.sub("", text)
    safe = re.sub(r"<(?=[A-Za-z/!])(?!https?://[^\s<>]+>)", "< ", _SPECIAL.sub(r"\\\1", bare))
    return re.sub(r"^([#+>=|-]|\d+[.)](?=\s))", r"\\\1", safe) if not re.match(r"\d", safe) else _no_list(safe)


def _no_list(text: str) -> str:
    """Return a text that begins with a number so that Markdown makes no list of it."""
    return re.sub(r"^(\d+)([.)])(?=\s)", r"\1\\\2", text)
