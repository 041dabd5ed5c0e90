"""How are numbers made that people read out, copy from paper and type?"""

import secrets
from typing import NamedTuple, Self

# Without letters that are taken for digits, or the other way round, when read out on the telephone.
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUP = 4
RECEIPT_GROUPS = 3
# 28 letters have more than 137 bits: nobody comes upon one by trying.
CODE_GROUPS = 7


class Numbers(NamedTuple):
    """The numbers of an attempt that is sent in: `receipt` names it, `code` checks its certificate if it passes."""

    receipt: str
    code: str

    @classmethod
    def new(cls) -> Self:
        """Return numbers nobody has yet."""
        return cls(_new(RECEIPT_GROUPS), new_code())


def new_code() -> str:
    """Return a new code of a certificate: whoever has it sees whose the certificate is."""
    return _new(CODE_GROUPS)


def read_code(text: str) -> str:
    """Return the code that somebody has typed: small letters and other separators do no harm.

    Any text is read as some code, so that one that is badly written is looked for like one that nobody has.
    """
    letters = "".join(one for one in text.upper() if one in LETTERS)[: CODE_GROUPS * GROUP + 1]
    return "-".join(letters[place : place + GROUP] for place in range(0, len(letters), GROUP))


def _new(groups: int) -> str:
    # Drawn as one number: chance is asked once, and not for each letter.
    drawn = secrets.randbelow(len(LETTERS) ** (groups * GROUP))
    letters = ""
    for _ in range(groups * GROUP):
        drawn, place = divmod(drawn, len(LETTERS))
        letters += LETTERS[place]
    return "-".join(letters[place : place + GROUP] for place in range(0, len(letters), GROUP))
