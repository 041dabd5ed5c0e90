"""What do the settings file and the environment say?"""

import tomllib
from collections.abc import Mapping
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from quiz.nearest import suggestion
from register import secret_files
from register.secret_files import SecretExposed
from register.services import MailServer, Provider, SettingsWrong, mail_server, provider

PREFIX = "CLEARPOST_"
# Between the parts of a name: CLEARPOST_SIGN_IN__COCKBURN__CLIENT_SECRET is sign_in.cockburn.client_secret.
PART = "__"
SECTIONS = ("mail", "sign_in", "proxy")


def read(file: Path, environ: Mapping[str, str]) -> Mapping[str, Any]:
    """Return the settings by section, those of the environment in place of the file's; raises SettingsWrong.

    Without a file only the environment counts. A file that others can read is refused: passwords stand in it.
    """
    said = _file(file) if file.exists() else {}
    for name, value in sorted(environ.items()):
        section, *rest = name.removeprefix(PREFIX).lower().split(PART)
        if name.startswith(PREFIX) and rest:
            _put(said, [section, *(part.replace("_", "-") for part in rest[:-1]), rest[-1]], value, name)
    for section, content in said.items():
        if section not in SECTIONS:
            raise SettingsWrong(f"There is no section {section!r} of settings{suggestion(section, SECTIONS)}")
        if not isinstance(content, dict):
            raise SettingsWrong(f"[{section}] has to be a section of settings.")
    return said


def mail_of(said: Mapping[str, Any]) -> MailServer | None:
    """Return the mail server, None if there is none; raises SettingsWrong."""
    return mail_server(said["mail"]) if said.get("mail") else None


def providers_of(said: Mapping[str, Any]) -> tuple[Provider, ...]:
    """Return the sign-in providers by name; raises SettingsWrong."""
    sections = said.get("sign_in", {})
    for name, section in sections.items():
        if not isinstance(section, dict):
            raise SettingsWrong(f"sign_in.{name} has to be a section like [sign_in.microsoft].")
    return tuple(provider(name, section) for name, section in sorted(sections.items()))


def proxies_of(said: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the addresses of the proxies whose word on where a request comes from counts; raises SettingsWrong."""
    section = said.get("proxy", {})
    for name in section:
        if name != "trusted":
            raise SettingsWrong(f"There is no setting proxy.{name}: the one there is is proxy.trusted.")
    found = section.get("trusted", [])
    trusted = [one.strip() for one in found.split(",")] if isinstance(found, str) else found
    for one in trusted:
        try:
            ip_network(one, strict=False)
        except ValueError as error:
            raise SettingsWrong(f"proxy.trusted names {one!r}, which is no IP address or network.") from error
    return tuple(trusted)


def _put(said: dict[str, Any], place: list[str], value: str, name: str) -> None:
    for part in place[:-1]:
        said = said.setdefault(part, {})
        if not isinstance(said, dict):
            raise SettingsWrong(f"{name} is about a section, but the settings file has one value there.")
    said[place[-1]] = value


def _file(file: Path) -> dict[str, Any]:
    try:
        secret_files.check_private(file)
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except SecretExposed as exposed:
        raise SettingsWrong(str(exposed)) from exposed
    except tomllib.TOMLDecodeError as error:
        raise SettingsWrong(f"{file} cannot be read: {error}.") from error
    except (OSError, UnicodeError) as error:
        raise SettingsWrong(f"{file} cannot be read: {error}.") from error
