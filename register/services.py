"""Which outside services does the register use: a mail server, and providers that know who somebody is?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from quiz.nearest import suggestion

MICROSOFT, GOOGLE = "microsoft", "google"
KINDS = {MICROSOFT: "Microsoft", GOOGLE: "Google"}
STARTTLS, TLS, UNPROTECTED = "starttls", "tls", "none"
USUAL_PORTS = {STARTTLS: 587, TLS: 465, UNPROTECTED: 25}
HERE = ("127.0.0.1", "::1", "localhost")


class SettingsWrong(RuntimeError):
    """The settings cannot be used; the message is one line for whoever starts the register, without any secret."""


@dataclass(frozen=True)
class MailServer:
    """The mail server; `sender` is what recipients see, `ca_file` names the authority of a server with its own."""

    host: str
    port: int
    security: str
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    ca_file: Path | None = None


@dataclass(frozen=True)
class Provider:
    """Somebody who tells us who signs in to one trust.

    `tenant` is the only organisation we believe: Microsoft's directory id, Google's domain. `issuer` is pinned.
    """

    name: str
    kind: str
    trust: str
    tenant: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)

    @property
    def label(self) -> str:
        """What people call it."""
        return KINDS[self.kind]


def mail_server(given: Mapping[str, Any]) -> MailServer:
    """Return the mail server of the section `mail`; raises SettingsWrong."""
    take = _taker("mail", given, ("host", "port", "security", "sender", "user", "password", "ca_file"))
    security = take("security", STARTTLS)
    if security not in USUAL_PORTS:
        raise SettingsWrong(f"mail.security is {security!r}{suggestion(security, USUAL_PORTS)}")
    host, port = take("host", None), take("port", str(USUAL_PORTS[security]))
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise SettingsWrong(f"mail.port has to be a number from 1 to 65535, not {port!r}.")
    if security == UNPROTECTED and take("password", ""):
        raise SettingsWrong('mail.password would travel in the open: set mail.security to "starttls" or "tls".')
    sender = take("sender", None)
    if "@" not in parseaddr(sender)[1] or not sender.isprintable():
        raise SettingsWrong(f"mail.sender has to be an e-mail address, not {sender!r}.")
    ca_file = take("ca_file", "")
    if ca_file and not Path(ca_file).is_file():
        raise SettingsWrong(f"mail.ca_file: there is no file {ca_file}.")
    user, password = take("user", ""), take("password", "")
    return MailServer(host, int(port), security, sender, user, password, Path(ca_file) if ca_file else None)


def provider(name: str, given: Mapping[str, Any]) -> Provider:
    """Return the provider of the section `sign_in.<name>`; raises SettingsWrong."""
    section = f"sign_in.{name}"
    if not name.isascii() or not name.replace("-", "").isalnum():
        raise SettingsWrong(f"{section}: the name of a provider has only letters, digits and hyphens.")
    take = _taker(section, given, ("kind", "trust", "tenant", "issuer", "client_id", "client_secret"))
    kind = take("kind", None)
    if kind not in KINDS:
        raise SettingsWrong(f"{section}.kind is {kind!r}{suggestion(kind, KINDS)}")
    tenant = take("tenant", None).lower()
    if kind == MICROSOFT and not _is_uuid(tenant):
        says = "has to be the Directory (tenant) ID, like 8eaef023-2b34-4da1-9baa-8bc8c9d6a490"
        raise SettingsWrong(f"{section}.tenant {says}, not {tenant!r}.")
    usual = f"https://login.microsoftonline.com/{tenant}/v2.0" if kind == MICROSOFT else "https://accounts.google.com"
    issuer = take("issuer", usual)
    if not is_protected(issuer):
        raise SettingsWrong(f"{section}.issuer has to begin with https://, not {issuer!r}.")
    return Provider(
        name, kind, take("trust", None), tenant, issuer, take("client_id", None), take("client_secret", None)
    )


def is_protected(address: str) -> bool:
    """Say whether what is sent to an address stays between us: by https, or within this machine."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in HERE)


def _taker(section: str, given: Mapping[str, Any], names: tuple[str, ...]) -> Callable[[str, str | None], str]:
    """Return how to take a setting of a section as text; None as its default means that there has to be one."""
    for name in given:
        if name not in names:
            raise SettingsWrong(f"There is no setting {section}.{name}{suggestion(name, names)}")

    def take(name: str, default: str | None) -> str:
        value = given.get(name, default)
        if value is None or value == "" != default:
            raise SettingsWrong(f"The setting {section}.{name} is missing.")
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise SettingsWrong(f"The setting {section}.{name} has to be text in quotation marks.")
        return str(value).strip()

    return take


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
