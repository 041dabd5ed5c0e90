"""What does only this register know, and where is it kept?"""

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

BYTES = 32


class SecretExposed(RuntimeError):
    """A file with secrets in it can be read by other people of this machine; the message is one line."""


def secret(folder: Path, name: str) -> bytes:
    """Return the secret of this name, made the first time it is asked for; raises SecretExposed.

    Of several workers that make it at once, all get the same.
    """
    file = folder / name
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        written = folder / f".{name}.{secrets.token_hex(8)}"
        descriptor = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as opened:
                opened.write(secrets.token_bytes(BYTES))
                opened.flush()
                os.fsync(opened.fileno())
            # Unlike renaming, linking never takes the place of what another worker has made meanwhile.
            with suppress(FileExistsError):
                file.hardlink_to(written)
        finally:
            written.unlink()
    check_private(file)
    return file.read_bytes()


def check_private(file: Path) -> None:
    """Raise SecretExposed if others than the owner may read or change the file (Windows has other means)."""
    if os.name == "posix" and stat.S_IMODE(file.stat().st_mode) & 0o077:
        raise SecretExposed(f"{file} has secrets in it and others can read it: run `chmod 600 {file}`.")
