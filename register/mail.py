"""How does an e-mail reach the mail server, and what does it say if it does not take it?"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr
from typing import Protocol

from register.services import STARTTLS, TLS, MailServer

SECONDS_TO_WAIT = 20


class ServerUnreachable(Exception):
    """The mail server cannot be used at all; the message says why."""


class NotTaken(Exception):
    """The mail server did not take this message; the message says why, in the server's words."""


@dataclass(frozen=True)
class Letter:
    """What is sent to one person."""

    to: str
    subject: str
    text: str
    html: str


class Counter(Protocol):
    """Where letters are handed in."""

    def hand_in(self, letter: Letter, now: datetime) -> None:
        """Give a letter to the mail server; raises NotTaken."""


@contextmanager
def counter(server: MailServer) -> Iterator[Counter]:
    """Open a connection to the mail server for any number of letters; raises ServerUnreachable."""
    try:
        connection = _connected(server)
    except (OSError, smtplib.SMTPException) as error:
        raise ServerUnreachable(_in_words(server, error)) from error
    with connection:
        yield _Smtp(server, connection)


@dataclass(frozen=True)
class _Smtp:
    server: MailServer
    connection: smtplib.SMTP

    def hand_in(self, letter: Letter, now: datetime) -> None:
        try:
            self.connection.send_message(_written(self.server, letter, now))
        except smtplib.SMTPServerDisconnected as error:
            raise ServerUnreachable(_in_words(self.server, error)) from error
        except (MessageError, ValueError, IndexError, smtplib.SMTPNotSupportedError) as error:
            raise NotTaken("The address cannot be written to. Check it on the staff list.") from error
        except (OSError, smtplib.SMTPException) as error:
            raise NotTaken(_in_words(self.server, error)) from error


def _connected(server: MailServer) -> smtplib.SMTP:
    trusted = ssl.create_default_context(cafile=str(server.ca_file) if server.ca_file else None)
    if server.security == TLS:
        connection: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS_TO_WAIT, context=trusted)
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=SECONDS_TO_WAIT)
    try:
        if server.security == STARTTLS:
            connection.starttls(context=trusted)
        if server.user:
            connection.login(server.user, server.password)
    except BaseException:
        connection.close()
        raise
    return connection


def _written(server: MailServer, letter: Letter, now: datetime) -> EmailMessage:
    message = EmailMessage()
    message["From"] = server.sender
    # Taken apart first: a comma in it would make two recipients of it.
    message["To"] = Address(addr_spec=letter.to)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = make_msgid(domain=parseaddr(server.sender)[1].partition("@")[2])
    # Nobody's holiday notice answers it.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    return message


def _in_words(server: MailServer, error: Exception) -> str:
    """Return why something failed; never what we sent, since a password may be in it."""
    place = f"The mail server {server.host}"
    match error:
        case smtplib.SMTPRecipientsRefused():
            code, said = next(iter(error.recipients.values()))
            return f"{place} refused the address: {code} {_text(said)}"
        case smtplib.SMTPAuthenticationError():
            return f"{place} refused the user name or password ({error.smtp_code})."
        case smtplib.SMTPResponseException():
            return f"{place} refused: {error.smtp_code} {_text(error.smtp_error)}"
        case smtplib.SMTPNotSupportedError():
            return f"{place} cannot do what the settings ask for: {error}"
        case ssl.SSLCertVerificationError():
            return f"{place} has a certificate that we cannot check: {error.verify_message}."
        case TimeoutError():
            return f"{place} did not answer within {SECONDS_TO_WAIT} seconds."
        case smtplib.SMTPServerDisconnected():
            return f"{place} broke the connection off."
        case OSError():
            return f"{place} cannot be reached on port {server.port}: {error.strerror or error}."
    return f"{place} did not take it: {type(error).__name__}."


def _text(said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())
