"""With which errand was this browser sent to a sign-in provider?"""

import hmac
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from register.services import Provider

LASTS = timedelta(minutes=15)
PURPOSE = b"errand"


@dataclass(frozen=True)
class Errand:
    """What a browser was sent to a provider with; it has to come back with the same."""

    provider: str
    state: str
    nonce: str
    verifier: str

    @classmethod
    def new(cls, provider: Provider) -> "Errand":
        """Return a new one, which nobody can guess."""
        return cls(provider.name, *(secrets.token_urlsafe(32) for _ in range(3)))


def sealed(secret: bytes, now: datetime, errand: Errand) -> str:
    """Return an errand for the browser's cookie, so that nobody else can write one and it ends by itself."""
    said = json.dumps({**asdict(errand), "until": int((now + LASTS).timestamp())}).encode()
    return f"{urlsafe_b64encode(said).decode()}.{_seal(secret, said)}"


def opened(secret: bytes, now: datetime, cookie: str) -> Errand | None:
    """Return the errand of a cookie, None for one that is too old or that we did not write."""
    text, _, seal = cookie.partition(".")
    try:
        said = urlsafe_b64decode(text.encode())
    except ValueError:
        return None
    if not hmac.compare_digest(_seal(secret, said).encode(), seal.encode()):
        return None
    found = json.loads(said)
    if now.timestamp() >= found.pop("until"):
        return None
    return Errand(**found)


def _seal(secret: bytes, said: bytes) -> str:
    return hmac.new(secret, PURPOSE + said, "sha256").hexdigest()
