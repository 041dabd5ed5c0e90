"""Does a text look as if somebody had written a password into it? The register keeps none."""

import re

SAYS = "This looks like a password. Say where the login is kept, never the login itself."
_NAMED = re.compile(r"\b(?:pass(?:word|code|phrase)|pwd|pin)\s*[:=]\s*\S", re.IGNORECASE)
_TOLD = re.compile(r"\b(?:pass(?:word|code|phrase)|pwd|pin)\s+is\s+(\S+)", re.IGNORECASE)
_SIGNS = set("!£$€%^&*#?~+=@|<>{}[]\\")
_LEAST = 8


def is_likely(text: str) -> bool:
    """Say whether a word in the text is named as a password, or is as mixed as only passwords are."""
    told = _TOLD.search(text)
    if _NAMED.search(text) or (told and not told[1].strip(".,;").isalpha()):
        return True
    return any(_is_mixed(word) for word in text.split())


def _is_mixed(word: str) -> bool:
    """Say whether a word has small and large letters, digits and signs; addresses and handles may have all of them."""
    if "://" in word or re.fullmatch(r"\S+@\S+\.\w+[.,;)]?", word):
        return False
    inside = word.strip(".,;:?()\"'").removeprefix("@").removeprefix("#")
    kinds = (str.islower, str.isupper, str.isdigit, _SIGNS.__contains__)
    return len(inside) >= _LEAST and all(any(kind(letter) for letter in inside) for kind in kinds)
