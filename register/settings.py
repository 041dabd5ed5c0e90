"""Where does this register keep its data, which site does it serve, and under which address?"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True)
class Settings:
    """What a register has to be told; `database_url` is only for a database other than the file in `data`."""

    data: Path
    site: Path
    base_url: str = "http://127.0.0.1:8000"
    database_url: str | None = None

    @classmethod
    def from_environment(cls, data: Path, site: Path, base_url: str, environ: Mapping[str, str]) -> Self:
        """Return the settings with the database that `DATABASE_URL` names, if it does."""
        return cls(data, site, base_url, environ.get("DATABASE_URL") or None)

    @property
    def database(self) -> str:
        """The database's address as SQLAlchemy reads it."""
        return self.database_url or f"sqlite:///{self.data / 'register.sqlite3'}"

    @property
    def secure_cookies(self) -> bool:
        """Whether people reach the register over https, so that cookies never travel without it."""
        return self.base_url.startswith("https://")
