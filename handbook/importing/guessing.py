"""What could a sentence mean: which duty, which topic, whom? Guessed from its words, for a person to confirm."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from handbook.library import Term, Vocabulary

# The words of a policy for each duty, the strongest first: the first that fits decides.
_SAID = (
    (
        "must-not",
        r"(?:must|shall|will|can|may) (?:never|not|under no circumstances)|cannot|can't|mustn't|(?:is|are|be) "
        r"(?:strictly |expressly )?(?:prohibited|forbidden|banned)|"
        r"(?:not|never) (?:be )?(?:permitted|allowed|acceptable)|no (?:\w+ ){1,4}(?:should|may|must|will) be|"
        r"under no circumstances|prohibited from|^never|^do not|^don['’]t",
    ),
    (
        "should-not",
        r"should (?:never|not|avoid)|shouldn't|ought not|(?:advised|encouraged) (?:not to|to avoid|against)|"
        r"discouraged from|(?:is|are) discouraged|avoid",
    ),
    (
        "must",
        r"must|shall|(?:is|are|be) (?:required|obliged) to|ha(?:s|ve) to|needs? to|mandatory|compulsory|"
        r"(?:is|are) to be",
    ),
    ("role", r"(?:is|are) responsible for|ha(?:s|ve) (?:overall |ultimate |day-to-day )?responsibility"),
    (
        "should",
        r"should|ought to|(?:is|are|be) (?:strongly )?(?:advised|recommended|encouraged|expected) to|advisable|ideally",
    ),
    (
        "may",
        r"may(?! \d)|(?:is|are) (?:permitted|allowed|entitled|free) to|reserves? the right|"
        r"(?:who|you|they|staff|employees|users|colleagues|governors) can",
    ),
    (
        "definition",
        r"means|refers? to|(?:is|are|be) (?:referred to|defined) as|the term|includes?,? but (?:is|are) not limited",
    ),
)
_PATTERNS = tuple((duty, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for duty, words in _SAID)
NO_DUTY = "info"
# It stands in every clause of such a policy, and would be taken for the media.
_EVERYWHERE = re.compile(r"social (?:media|network\w*)", re.IGNORECASE)
# What is guessed where no word of the vocabulary is found.
ANYBODY, ANYTHING = "staff", "conduct"
_WHO_SPEAKS = re.compile(r"\b(?:employees?|members? of staff|colleagues|users?|you|your)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Guess:
    """A duty, and the words it was guessed from; empty where no word says one."""

    duty: str
    words: str


def duty(text: str) -> Guess:
    """Return the strongest duty that the words of a text suggest."""
    for name, pattern in _PATTERNS:
        found = pattern.search(text)
        if found:
            return Guess(name, " ".join(found[0].split()).casefold())
    return Guess(NO_DUTY, "")


class Words:
    """The words of a vocabulary, by which topics and audiences are guessed."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._topics = {term.id: _pattern(term) for term in vocabulary.topics.values()}
        self._audiences = {term.id: _pattern(term) for term in vocabulary.audiences.values()}

    def topic(self, heading: str, text: str) -> str:
        """Return the topic whose words stand in a text most often; a word of the heading counts three times."""
        whole = _EVERYWHERE.sub(" ", f"{heading}\n{heading}\n{heading}\n{text}")
        return _most(self._topics, whole) or _fallback(ANYTHING, self._topics)

    def who(self, text: str) -> str:
        """Return whom a text speaks of most often."""
        if _WHO_SPEAKS.search(text) and ANYBODY in self._audiences:
            return ANYBODY
        return _most(self._audiences, text) or _fallback(ANYBODY, self._audiences)


def _pattern(term: Term) -> re.Pattern[str]:
    words = [*term.words, term.label, term.id.replace("-", " ")]
    every = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"\b(?:{every})s?\b", re.IGNORECASE)


def _most(patterns: Mapping[str, re.Pattern[str]], text: str) -> str:
    counts = {name: len(pattern.findall(text)) for name, pattern in patterns.items()}
    best = max(counts, key=lambda name: counts[name], default="")
    return best if best and counts[best] else ""


def _fallback(usual: str, known: Mapping[str, object]) -> str:
    return usual if usual in known else next(iter(known), usual)
