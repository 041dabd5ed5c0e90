"""Where does this register keep its data, which site does it serve, and under which address?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from register import settings_file
from register.services import MailServer, Provider

_SQLITE = "sqlite:///"


@dataclass(frozen=True)
class Settings:
    """What a register has to be told; `database_url` is only for a database other than the file in `data`.

    Without `mail` managers hand sign-in links over; `proxies` are those whose word on who is asking counts.
    """

    data: Path
    site: Path
    base_url: str = "http://127.0.0.1:8000"
    database_url: str | None = field(default=None, repr=False)
    mail: MailServer | None = None
    providers: tuple[Provider, ...] = ()
    proxies: tuple[str, ...] = ()

    @classmethod
    def from_environment(cls, data: Path, site: Path, base_url: str, environ: Mapping[str, str]) -> Self:
        """Return the settings with the database that `DATABASE_URL` names, if it does; raises SettingsWrong.

        The rest is in the file that `CLEARPOST_SETTINGS` names, or in `settings.toml` beside the data.
        """
        said = settings_file.read(Path(environ.get("CLEARPOST_SETTINGS") or data / "settings.toml"), environ)
        return cls(
            data,
            site,
            base_url,
            environ.get("DATABASE_URL") or None,
            settings_file.mail_of(said),
            settings_file.providers_of(said),
            settings_file.proxies_of(said),
        )

    def provider(self, name: str) -> Provider | None:
        """Return the sign-in provider of this name, None if there is none."""
        return next((one for one in self.providers if one.name == name), None)

    @property
    def database(self) -> str:
        """The database's address as SQLAlchemy reads it."""
        return self.database_url or f"{_SQLITE}{self.data / 'register.sqlite3'}"

    @property
    def on_sqlite(self) -> bool:
        """Whether the records are in a SQLite file."""
        return self.database.startswith(_SQLITE)

    @property
    def sqlite_file(self) -> Path:
        """That file."""
        return Path(self.database.removeprefix(_SQLITE))

    @property
    def secure_cookies(self) -> bool:
        """Whether people reach the register over https, so that cookies never travel without it."""
        return self.base_url.startswith("https://")
