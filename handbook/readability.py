"""How hard is a text to read? The Automated Readability Index: the US school grade in which it is understood.

Senter and Smith, "Automated Readability Index", AMRL-TR-66-220 (1967): it counts letters, words and sentences, and so
needs no list of syllables. A line ends a sentence too. Grade 8 is about age 13 to 14.
"""

import re

_SENTENCE_END = re.compile(r"[.!?…:]+(?=[\"”’)]*(?:\s|$))|\n")
_WORD = re.compile(r"[^\W_]+(?:['’.:-][^\W_]+)*")


def grade(text: str) -> float:
    """Return the grade, to one decimal; 0 for a text without words."""
    words: list[str] = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = sum(bool(_WORD.search(part)) for part in _SENTENCE_END.split(text))
    letters = sum(letter.isalnum() for word in words for letter in word)
    index = 4.71 * letters / len(words) + 0.5 * len(words) / sentences - 21.43
    return max(round(index, 1), 0.0)
