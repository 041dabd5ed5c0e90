"""What do people say instead? Turns every word and phrase into the one term that stands for all that mean the same."""

from collections.abc import Iterator, Mapping

from handbook.library import Vocabulary
from handbook.search.words import stem, tokens


class Sayings:
    """The terms of a vocabulary's `alike`: single words by their stem, phrases by their first stem, longest first."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.terms: dict[str, str] = {}
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        phrases: dict[tuple[str, ...], str] = {}
        for name, words in vocabulary.alike.items():
            for word in (name, *words):
                said = stems(word)
                if len(said) == 1:
                    self.terms.setdefault(said[0], key(name))
                else:
                    phrases.setdefault(said, key(name))
        for said, term in sorted(phrases.items(), key=lambda one: -len(one[0])):
            self._by_first.setdefault(said[0], []).append((said, term))

    def of(self, text: str) -> Iterator[str]:
        """Yield the terms in a text: one for each word, and one more for each phrase."""
        said = stems(text)
        for place, one in enumerate(said):
            yield self.terms.get(one, one)
            for phrase, term in self._by_first.get(one, ()):
                if said[place : place + len(phrase)] == phrase:
                    yield term
                    break


def stems(text: str) -> tuple[str, ...]:
    """Return the stems of a text's words."""
    return tuple(map(stem, tokens(text)))


def key(name: str) -> str:
    """Return the term that stands for a line of `alike`."""
    return " ".join(stems(name))


def as_data(sayings: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return lines of a vocabulary as the browser reads them: what means the same, the name first."""
    return ["|".join((name, *words)) for name, words in sayings.items()]
