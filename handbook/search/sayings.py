"""What do people say instead? Turns every word and phrase into the one term that stands for all that mean the same."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from handbook.library import Vocabulary
from handbook.search.words import stem, tokens


class Sayings:
    """The terms of a vocabulary's `alike`: single words by their stem, phrases by their first two words, longest first.

    Within a phrase a word stands for all that `swaps` puts with it: "text a kid" is "message a pupil".
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.terms: dict[str, str] = {}
        self._swaps = {key(line): key(name) for name, lines in vocabulary.swaps.items() for line in lines}
        self._by_beginning: dict[tuple[str, ...], list[tuple[tuple[str, ...], str]]] = {}
        said = [(stems(word), key(name)) for name, words in vocabulary.alike.items() for word in (name, *words)]
        for one, term in said:
            if len(one) == 1:
                self.terms.setdefault(one[0], term)
        phrases: dict[tuple[str, ...], str] = {}
        for one, term in said:
            if len(one) > 1:
                phrases.setdefault(self._swapped(one), term)
        for phrase, term in sorted(phrases.items(), key=lambda one: -len(one[0])):
            self._by_beginning.setdefault(phrase[:2], []).append((phrase, term))

    def of(self, text: str) -> Iterator[str]:
        """Yield the terms in a text: one for each word, and one more for each phrase."""
        said = stems(text)
        swapped = self._swapped(said)
        for place, one in enumerate(said):
            yield self.terms.get(one, one)
            for phrase, term in self._by_beginning.get(swapped[place : place + 2], ()):
                if swapped[place : place + len(phrase)] == phrase:
                    yield term
                    break

    def _swapped(self, said: tuple[str, ...]) -> tuple[str, ...]:
        terms = (self.terms.get(one, one) for one in said)
        return tuple(self._swaps.get(term, one) for term, one in zip(terms, said, strict=True))


def stems(text: str) -> tuple[str, ...]:
    """Return the stems of a text's words."""
    return tuple(map(stem, tokens(text)))


def key(name: str) -> str:
    """Return the term that stands for a line of `alike`."""
    return " ".join(stems(name))


def as_data(sayings: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return lines of a vocabulary as the browser reads them: what means the same, the name first."""
    return ["|".join((name, *words)) for name, words in sayings.items()]


def shortened(sayings: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return such lines in the order of the alphabet, with a number for the words that begin the one before as well.

    `out of bed|out of hours` becomes `out of bed|=2 hours`: so less travels before the first answer.
    """
    return ["|".join((name, *_shortened(sorted(words)))) for name, words in sayings.items()]


def _shortened(words: Sequence[str]) -> Iterator[str]:
    for before, one in pairwise(("", *words)):
        had, has = before.split(), one.split()
        same = next((at for at, (old, new) in enumerate(zip(had, has, strict=False)) if old != new), len(had))
        yield " ".join((f"={same}", *has[same:])) if same else one
