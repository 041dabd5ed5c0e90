"""Which files does the search in the browser read? docs/assets/search/index.mjs is their only reader."""

import json
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple

from handbook.library import Clause, Library, Trust, Vocabulary
from handbook.search.ordinary import ordinary_words
from handbook.search.sayings import Sayings, as_data, shortened
from handbook.search.strengths import Strengths
from handbook.search.words import SMALL, stem, tokens
from handbook.sharing import each

# The search reads one volume at a time, its own trust's first: so the first result costs the same in any handbook.
VOLUME_CLAUSES = 6000
# What one piece of the index is to hold, in characters; a word that is everywhere makes a larger one. Most of a piece
# is read for nothing, so small ones cost less (with 12,000 a question took 10 to 25 kB more).
PIECE = 900
# Clauses that are read together.
TOGETHER = 8
# Words that slips are mended with; rarer ones of a very large handbook are found only as they are written.
MOST_WORDS = 6000


def search_files(library: Library) -> dict[str, str]:
    """Return every file of the search by its path under docs/handbook."""
    strengths = Strengths(library.vocabulary)

    def read(trust: Trust) -> _Read:
        terms = _terms(trust, strengths)
        return _Read(
            terms={term: postings.as_data() for term, postings in terms.items()},
            last={term: postings.last for term, postings in terms.items()},
            clauses=dict(_clauses(library.vocabulary, trust)),
            words=_counted(_texts(trust)),
        )

    trusts = list(library.trusts.values())
    volumes = [_Volume(some) for some in _volumes(trusts)]
    being_read = each(read, trusts, trusts=len(trusts))
    index: list[list[dict[str, str]]] = []
    own: dict[str, str] = {}
    clauses: dict[str, str] = {}
    said = _counted(_shared_texts(library.vocabulary))
    for volume in volumes:
        terms: dict[str, _Postings] = {}
        for (trust, start), found in zip(volume.starts, being_read, strict=False):
            own[f"{trust.id}/search/index.json"] = _dumped(found.terms)
            clauses |= found.clauses
            said.update(found.words)
            for term, postings in found.terms.items():
                terms.setdefault(term, _Postings()).append(postings, start, found.last[term])
        index.append(_pieces({term: postings.as_data() for term, postings in sorted(terms.items())}))
    files = {
        f"search/index/{number}/{piece}.json": _dumped(words)
        for number, pieces in enumerate(index)
        for piece, words in enumerate(pieces)
    }
    version = sha256("".join(files.values()).encode()).hexdigest()[:12]
    files = {path: f'{{"version":"{version}","terms":{words}}}' for path, words in {**files, **own}.items()}
    words = _words(said)
    known = {*map(stem, words.split()), *Sayings(library.vocabulary).terms}
    asked = _only_asked(library.vocabulary, known)
    known.update(map(stem, asked.split()))
    files["search/words.json"] = _dumped(
        {
            "version": version,
            "together": TOGETHER,
            "volumes": [
                {"pieces": len(pieces), "trusts": volume.contents}
                for volume, pieces in zip(volumes, index, strict=True)
            ],
            "words": f"{words} {asked}".rstrip(),
            "small": sorted(SMALL),
            "ordinary": ordinary_words(known),
            "duties": _duties(library.vocabulary),
            "alike": shortened(library.vocabulary.alike),
            "swaps": as_data(library.vocabulary.swaps),
            "leads": as_data(library.vocabulary.leads),
        }
    )
    return files | clauses


class _Read(NamedTuple):
    """What the search reads of one trust: where each term is, the last clause of each, its clauses as files, words."""

    terms: Mapping[str, str]
    last: Mapping[str, int]
    clauses: Mapping[str, str]
    words: Counter[str]


@dataclass(frozen=True)
class _Volume:
    """Trusts whose clauses are numbered and searched together."""

    trusts: Sequence[Trust]

    @property
    def contents(self) -> list[list[object]]:
        """For each trust its id, what it is called in short and the number of its clauses."""
        return [[trust.id, trust.short_name, len(trust.clauses)] for trust in self.trusts]

    @property
    def starts(self) -> Iterator[tuple[Trust, int]]:
        """Each trust, and the number its first clause has here."""
        start = 0
        for trust in self.trusts:
            yield trust, start
            start += len(trust.clauses)


@dataclass
class _Postings:
    """The clauses of one term: for each the distance from the one before, and its strengths."""

    last: int = -1
    steps: list[str] = field(default_factory=list)
    strengths: list[str] = field(default_factory=list)

    def add(self, clause: int, strength: str) -> None:
        """Add a clause with a higher number than those before."""
        self.steps.append(str(clause - self.last))
        self.strengths.append(strength)
        self.last = clause

    def append(self, other: str, start: int, last: int) -> None:
        """Add the clauses of a trust, of which `last` is its last; it begins at a number higher than those before."""
        steps, _, strengths = other.partition(";")
        first, comma, further = steps.partition(",")
        # The first is as far from the place before the first clause of the trust.
        self.steps.append(f"{start - 1 + int(first) - self.last}{comma}{further}")
        self.strengths.append(strengths)
        self.last = start + last

    def as_data(self) -> str:
        """Return both rows as one text."""
        return f"{','.join(self.steps)};{','.join(self.strengths)}"


def _terms(trust: Trust, strengths: Strengths) -> dict[str, _Postings]:
    """Return where in a trust's policy every term stands, its clauses numbered from 0, in the order of the alphabet."""
    found: dict[str, _Postings] = {}
    for number, clause in enumerate(trust.clauses):
        for term, strength in strengths.of(trust, clause).items():
            found.setdefault(term, _Postings()).add(number, strength)
    return dict(sorted(found.items()))


def _volumes(trusts: Sequence[Trust]) -> Iterator[list[Trust]]:
    volume: list[Trust] = []
    clauses = 0
    for trust in trusts:
        if volume and clauses + len(trust.clauses) > VOLUME_CLAUSES:
            yield volume
            volume, clauses = [], 0
        volume.append(trust)
        clauses += len(trust.clauses)
    yield volume


def _pieces(data: Mapping[str, str]) -> list[dict[str, str]]:
    whole = sum(len(term) + len(text) for term, text in data.items())
    pieces: list[dict[str, str]] = [{} for _ in range(1 + whole // PIECE)]
    for term, text in data.items():
        pieces[place(term, len(pieces))][term] = text
    return pieces


def place(term: str, pieces: int) -> int:
    """Return the piece of the index a term is in (FNV-1a, which is short in both languages)."""
    number = 0x811C9DC5
    for byte in term.encode():
        number = ((number ^ byte) * 0x01000193) & 0xFFFFFFFF
    return number % pieces


def _words(said: Counter[str]) -> str:
    """The words of all policies, the most frequent form of each, the most frequent word first."""
    forms: dict[str, Counter[str]] = {}
    for word, times in said.items():
        forms.setdefault(stem(word), Counter())[word] = times
    ranked = sorted(forms.values(), key=lambda counter: (-counter.total(), min(counter)))
    return " ".join(min(counter, key=lambda one: (-counter[one], one)) for counter in ranked[:MOST_WORDS])


def _counted(texts: Iterable[str]) -> Counter[str]:
    return Counter(word for text in texts for word in tokens(text) if not word.isdigit())


def _texts(trust: Trust) -> Iterator[str]:
    yield f"{trust.name} {trust.short_name} {trust.id}"
    for clause in trust.clauses:
        yield from (clause.title, clause.section, *(one.text for one in clause.provisions), *clause.notes)


def _shared_texts(vocabulary: Vocabulary) -> Iterator[str]:
    for term in (*vocabulary.topics.values(), *vocabulary.audiences.values()):
        yield from (term.label, *term.words)


def _only_asked(vocabulary: Vocabulary, known: Container[str]) -> str:
    """The words that stand in questions alone, in the order of the alphabet, which takes less room."""
    words = {word for ways in vocabulary.asked.values() for way in ways for word in tokens(way) if not word.isdigit()}
    forms: dict[str, str] = {}
    for word in sorted(words - SMALL):
        forms.setdefault(stem(word), word)
    return " ".join(sorted(form for said, form in forms.items() if said not in known))


def _duties(vocabulary: Vocabulary) -> list[str]:
    """What a duty is called: `must-not|must not|not allowed|…`."""
    return as_data({id: (term.label.lower(), *term.words) for id, term in vocabulary.duties.items()})


def _clauses(vocabulary: Vocabulary, trust: Trust) -> Iterator[tuple[str, str]]:
    shown = [_shown(vocabulary, clause) for clause in trust.clauses]
    for number, start in enumerate(range(0, len(shown), TOGETHER)):
        yield f"{trust.id}/search/{number}.json", _dumped(shown[start : start + TOGETHER])


def _shown(vocabulary: Vocabulary, clause: Clause) -> dict[str, object]:
    return {
        "ref": clause.ref,
        "title": clause.title,
        "topic": vocabulary.topics[clause.topic].label,
        "provisions": [[one.ref, one.duty, one.text] for one in clause.provisions],
    }


def _dumped(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
