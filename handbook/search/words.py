"""Which words are in a text, and which of them are one? docs/assets/search/words.mjs does the same in the browser."""

import re
from functools import cache

WORD = re.compile(r"[^\W_]+")
APOSTROPHE = re.compile(r"['’`]")
# A letter before a hyphen belongs to the word behind it: e-mail, e-safety.
LETTER_AND_HYPHEN = re.compile(r"\b([^\W\d_])[-\u2010\u2011](?=[^\W\d_])")
# Year 9s, the under-13s.
NUMBERS = re.compile(r"[0-9]+s")
VOWEL = re.compile(r"[aeiouy]")
DOUBLED = re.compile(r"([bdgmnprt])\1$")
SHORT = 3
# What stays of a word without "ly": reply and bully end in it, and are whole.
WITHOUT_LY = 4
# They look like forms of other words, and are none.
WHOLE = frozenset({"evening", "mate", "news", "outing"})

# Words that only hold a question together; they count where it has no others. Duties are asked for by them too.
SMALL_WORDS = """
a able about actually after again all allow allowed almost already also always am an and any anybody anyone anything
anyway are around as at attraction autumn away back basically be because been before being believe bit bring brought
but by came can cannot cant come coming could day days dear did didnt do does doesnt doing dont each early easily
either else enough even ever every everyone exactly expected fair far feel felt few fine first for friday from full
get gets getting give go goes going gone good got guess had hadnt happen happened happening happens happy has hasnt
have havent having he hello her here hey hi him his honestly hope how however i id idea if ill im in into is isnt it
its ive just keep keeps kind kinda knew know known lately later least less let lets like likely literally little lot
love made main make many may maybe me mean means meant might mind minute minutes moment monday month months more most
mostly much must my myself near nearly need needed needs neither never nice night no none normal normally not nothing
now obviously of off ok okay on one online only onto or other others ought our out over people per perhaps permitted
please possible possibly pretty probably properly put quite rather really reasonable recent recently regarding right
said same say saying says see seem seems she should shouldnt similar simply since so some somebody somehow someone
something sometime sometimes somewhere soon sort spend spending spent still stuff such summer suppose supposed sure
surely take than thank thanks that thats the their them then there these they theyre thing things this those though
through thursday to today together tomorrow tonight too totally tricky tried truth try trying tuesday type under
unless until up us use used using usual usually various very via wait want wanted wants was way we wednesday well were
what whatever whats when whenever where whether which while who whom whose why will winter wish with without wonder
wondering wont work worth would year years yes yesterday yet you your youre yourself
"""
SMALL = frozenset(SMALL_WORDS.split())


def tokens(text: str) -> list[str]:
    """Return the words of a text in small letters, without apostrophes."""
    return WORD.findall(LETTER_AND_HYPHEN.sub(r"\1", APOSTROPHE.sub("", text.lower())))


@cache
def stem(word: str) -> str:
    """Return what all forms of a word have in common: post for posts, posted and posting."""
    if word in WHOLE:
        return word
    if NUMBERS.fullmatch(word):
        return word[:-1]
    if len(word) <= SHORT or not word.isalpha():
        return word[:-1] if len(word) == SHORT and word.endswith("s") and word[1] != "s" and word.isalpha() else word
    one = _singular(word)
    return one if one in WHOLE else _bare(_without_tense(one))


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > SHORT + 1:
        return f"{word[:-3]}y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word if word.endswith(("ss", "us", "is")) or not word.endswith("s") else word[:-1]


def _without_tense(word: str) -> str:
    for ending, shortest in (("ing", SHORT), ("ed", SHORT), ("ly", WITHOUT_LY)):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= shortest and VOWEL.search(rest):
            return DOUBLED.sub(r"\1", rest)
    return word


def _bare(word: str) -> str:
    if word.endswith("e") and len(word) > SHORT:
        return word[:-1]
    return f"{word[:-1]}i" if word.endswith("y") and len(word) > SHORT else word
