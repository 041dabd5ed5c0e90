"""Whom does a sign-in provider (OpenID Connect) say that this is, and do we believe it?"""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, cast

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet, KeySetSerialization
from joserfc.jwt import Token
from requests import RequestException

from register.errands import Errand
from register.identities import Told
from register.refusals import Refused
from register.services import GOOGLE, MICROSOFT, Provider, is_protected

SCOPE = "openid email profile"
SECONDS_TO_WAIT = 10
# Only signatures that need the provider's own key: neither none at all nor a shared secret.
ALGORITHMS = ["RS256", "PS256", "ES256"]
SECONDS_CLOCKS_DIFFER = 120
KNOWN_FOR = timedelta(hours=1)
LONGEST_SUBJECT = 255
# Microsoft's own name for an address whose domain the tenant has proven to own; it writes the truth in several ways.
VERIFIED_BY_MICROSOFT = "xms_edov"
TRUE = (True, 1, "1", "true", "True")
NEEDED = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")


class ProviderUnusable(Refused):
    """The provider does not answer, or not as it should; `why` is for the log and names nobody."""

    def __init__(self, provider: Provider, why: str) -> None:
        says = f"Signing in with {provider.label} does not work just now. Try again later, or use a personal link."
        super().__init__(502, "provider-unusable", says)
        self.why = f"{provider.name}: {why}"


class NotBelieved(Refused):
    """What came back does not prove who somebody is; `why` is for the log and names nobody."""

    def __init__(self, provider: Provider, why: str) -> None:
        says = f"We could not check what {provider.label} told us. Start signing in again."
        super().__init__(403, "not-believed", says)
        self.why = f"{provider.name}: {why}"


class Directory:
    """Where the providers' endpoints and keys are; each is asked once an hour, or when it has a new key."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[datetime, dict[str, Any], KeySet]] = {}
        self._lock = Lock()

    def of(self, provider: Provider, now: datetime, *, anew: bool = False) -> tuple[Mapping[str, Any], KeySet]:
        """Return what a provider says of itself, and its keys; raises ProviderUnusable."""
        with self._lock:
            known = self._known.get(provider.issuer)
        if known is None or anew or now - known[0] > KNOWN_FOR:
            known = (now, *_asked(provider))
            with self._lock:
                self._known[provider.issuer] = known
        return known[1], known[2]


def address(directory: Directory, now: datetime, provider: Provider, back: str, errand: Errand) -> str:
    """Return where to send the browser; `back` is our own address it returns to. Raises ProviderUnusable."""
    metadata, _ = directory.of(provider, now)
    with _session(provider, back) as session:
        url, _ = session.create_authorization_url(
            metadata["authorization_endpoint"],
            state=errand.state,
            nonce=errand.nonce,
            code_verifier=errand.verifier,
        )
    return str(url)


def told(
    directory: Directory, now: datetime, provider: Provider, back: str, errand: Errand, given: Mapping[str, str]
) -> Told:
    """Return whom the provider means, from what the browser came back with.

    Raises NotBelieved, ProviderUnusable, or Refused for somebody who broke it off or belongs to another organisation.
    """
    if not secrets.compare_digest(given.get("state", "").encode(), errand.state.encode()):
        raise NotBelieved(provider, "the state is another")
    if given.get("iss", provider.issuer) != provider.issuer:
        raise NotBelieved(provider, "the answer comes from another issuer")
    if "error" in given or not given.get("code"):
        says = f"Signing in with {provider.label} was not finished. Try again, or use a personal link."
        raise Refused(403, "broken-off", says)
    metadata, keys = directory.of(provider, now)
    id_token = _exchanged(provider, metadata, back, errand, given["code"])
    try:
        decoded = _decoded(provider, id_token, keys)
    except NotBelieved as wrong:
        if not isinstance(wrong.__cause__, InvalidKeyIdError):
            raise
        # The provider has taken new keys since we asked.
        decoded = _decoded(provider, id_token, directory.of(provider, now, anew=True)[1])
    return _checked(provider, now, errand, decoded)


def _decoded(provider: Provider, id_token: str, keys: KeySet) -> Token:
    try:
        return jwt.decode(id_token, keys, algorithms=ALGORITHMS)
    except (JoseError, ValueError) as error:
        raise NotBelieved(provider, f"the token: {error}") from error


def _checked(provider: Provider, now: datetime, errand: Errand, decoded: Token) -> Told:
    """Return whom a token whose signature is right means, if it is for us, for this errand, and from this tenant."""
    options = {
        "iss": {"essential": True, "value": provider.issuer},
        "aud": {"essential": True, "value": provider.client_id},
    }
    params = {"nonce": errand.nonce, "client_id": provider.client_id}
    claims = CodeIDToken(decoded.claims, decoded.header, options, params)
    try:
        claims.validate(now=int(now.timestamp()), leeway=SECONDS_CLOCKS_DIFFER)
    except (JoseError, AuthlibBaseError, TypeError, ValueError) as error:
        raise NotBelieved(provider, f"the token: {error}") from error
    if claims.get("hd" if provider.kind == GOOGLE else "tid") != provider.tenant:
        says = f"This {provider.label} account belongs to another organisation. Sign in with the one of your school."
        raise Refused(403, "other-organisation", says)
    verified = claims.get("email_verified") is True
    if provider.kind == MICROSOFT:
        verified = verified or claims.get(VERIFIED_BY_MICROSOFT) in TRUE
    email = claims.get("email")
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise NotBelieved(provider, "the token: its subject is no text")
    return Told(provider.issuer, subject, email if verified and isinstance(email, str) else None)


def _exchanged(provider: Provider, metadata: Mapping[str, Any], back: str, errand: Errand, code: str) -> str:
    """Return the token that the provider gives for a code."""
    try:
        with _session(provider, back) as session:
            token = session.fetch_token(metadata["token_endpoint"], code=code, code_verifier=errand.verifier)
    except AuthlibBaseError as error:
        raise NotBelieved(provider, f"the code: {error.error}") from error
    except (RequestException, ValueError) as error:
        raise ProviderUnusable(provider, type(error).__name__) from error
    if not isinstance(token.get("id_token"), str):
        raise NotBelieved(provider, "there is no token that says who it is")
    return str(token["id_token"])


def _asked(provider: Provider) -> tuple[dict[str, Any], KeySet]:
    """Ask a provider for its endpoints and its keys."""
    try:
        with _session(provider, "") as session:
            metadata = _json(session, provider.issuer.rstrip("/") + "/.well-known/openid-configuration")
            missing = [name for name in NEEDED if not isinstance(metadata.get(name), str)]
            if missing or metadata["issuer"] != provider.issuer:
                raise ProviderUnusable(provider, f"it names another issuer, or no {', '.join(missing)}")
            if not all(is_protected(metadata[name]) for name in NEEDED[1:]):
                raise ProviderUnusable(provider, "not all of its addresses begin with https://")
            return metadata, KeySet.import_key_set(cast("KeySetSerialization", _json(session, metadata["jwks_uri"])))
    except (RequestException, ValueError, KeyError, TypeError, JoseError) as error:
        raise ProviderUnusable(provider, type(error).__name__) from error


def _json(session: OAuth2Session, url: str) -> dict[str, Any]:
    response = session.get(url, withhold_token=True)
    response.raise_for_status()
    said = response.json()
    if not isinstance(said, dict):
        raise ValueError("it is no JSON object")
    return said


def _session(provider: Provider, back: str) -> OAuth2Session:
    return OAuth2Session(
        provider.client_id,
        provider.client_secret,
        scope=SCOPE,
        redirect_uri=back,
        code_challenge_method="S256",
        default_timeout=SECONDS_TO_WAIT,
    )
