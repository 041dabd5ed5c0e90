"""Which words are right as they stand, though no policy has them? They are not to be mended into others."""

from collections.abc import Container

from handbook.search.words import stem

ORDINARY_WORDS = """
apple area aside auntie bank bath beige bestie bet bin bird black blame blind bloke blow boat bother brave breakfast
breath broad builder built burn burnt candle cap card careful cash cause chase cheek clean cold cream cross crowd daft
dentist dig dream ear east electric enter farm fear firm fix flour flower fond foot fork freezer fun future grown guard
handy hard hardly hero insist juice key ladder lean lemon lift litter loo mask meanwhile meat medal mess metal metre
middle missus model needle net noise north pain perfect physics pilot plain plant pocket prefer proper push ready red
reindeer rely remind roll rotten ruin salt sand santa scarf scream sea seat seed select settle severe sharp shell shirt
shore shoulder shower silent sing skin skip smell smooth soil solve soul sound soup spare spilt spirit spit spite spoil
spoon spot square stable stained stair star station steam steel steep stone strange string study swing sword task taxi
tear temper thin throat tool torn tough trade trainers trick truck upper urge verse violet wander wild wing worthy
wrist
"""


def ordinary_words(known: Container[str]) -> str:
    """Return those of them whose stems no policy and no line of the vocabulary has."""
    return " ".join(word for word in ORDINARY_WORDS.split() if stem(word) not in known)
