"""What a person is told when something cannot be done."""


class Refused(Exception):
    """Something that is not done: `says` tells the person why in a sentence or two, `code` is for programs."""

    def __init__(self, status: int, code: str, says: str) -> None:
        super().__init__(says)
        self.status = status
        self.code = code
        self.says = says


class SignedOut(Refused):
    """Nobody is signed in, or no longer."""

    def __init__(self) -> None:
        super().__init__(401, "signed-out", "Sign in to go on: open your personal sign-in link.")


class NotFound(Refused):
    """There is no such thing, or it is not this person's business: the two look the same from outside."""

    def __init__(self) -> None:
        super().__init__(404, "not-found", "There is nothing here. The link may be wrong, or not meant for you.")
