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
a able about actually after again all allow allowed almost along alot already alright also although always am an and
any anybody anymore anyone anything anyway are around as aswell at attraction autumn away back basically be became
because become becoming been before began being believe believes bit bits bring brought btw but by came can cannot cant
car choose chose chosen city come comes coming cos could couldve coz day days dear despite did didnt do does doesnt
doing dont dunno each early easily eight either eleven else enough even ever every everybody everyone exactly expected
fair fairly far feel feet felt few finding finds fine first food for friday from full gave get gets getting give given
gives giving go goes going gone gonna good got gotta great guess guy guys had hadnt hair happen happened happening
happens happy has hasnt have havent having he hear heard hears hello her here herself hey hi him himself his honestly
hope how however hows i id idea if ill im in innit instead into is isnt it its ive just keep keeps kind kinda knew know
known lady lately later least less let lets life like likely literally little lol lot lots love lovely made main make
makes making man many may maybe me mean means meant men might mind minute minutes moment monday month months more
morning most mostly much must my myself near nearly need needed needs neither never nice night nine no nobody none
normal normally not nothing now obviously of off ok okay on once one online only onto or other others ought our
ourselves out over people per perhaps permitted pick picked picks place places please possible possibly pretty probably
properly put quite ran rather really reasonable recent recently regarding right said same say saying says see seem
seems seven she should shouldnt shouldve shown similar simply since sit sits sitting so some somebody somehow someone
something sometime sometimes somewhere soon sort spend spending spent stage stick sticks still stuff such summer
suppose supposed sure surely take taken takes taking tea ten than thank thanks that thats the their them themselves
then there these they theyre theyve thing things this those though through thru thursday to today together tomorrow
tonight too took top totally town tricky tried truth try trying tuesday turned turning turns twice type under
unfortunately unless until up us use used using usual usually various very via wait wanna want wanted wants was wasnt
way ways we wednesday well went were werent weve what whatever whats when whenever whens where wheres whether which
whichever while who whoever whole whom whos whose why will winter wish with without wonder wondering wont work world
worth would wouldve year years yes yesterday yet you your youre yourself youve
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
