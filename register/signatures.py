"""With which key does this register sign what people take away from it, and how does anybody check it?

The private key never leaves its file; the public one is for everybody.
"""

from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from register import secret_files

KEY_FILE = "signing.key"


class NoKey(ValueError):
    """A text that is no public key of a register; the message says what it ought to be."""


def signing_key(folder: Path) -> Ed25519PrivateKey:
    """Return the register's key, made the first time; raises SecretExposed if others can read its file."""
    return Ed25519PrivateKey.from_private_bytes(secret_files.secret(folder, KEY_FILE))


def as_pem(key: Ed25519PublicKey) -> str:
    """Return a public key as it is handed out."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def read_pem(text: str) -> Ed25519PublicKey:
    """Return the public key in a text; raises NoKey."""
    try:
        key = load_pem_public_key(text.encode())
    except ValueError:
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise NoKey("this is no public key of a register; it begins with -----BEGIN PUBLIC KEY-----")
    return key


def fingerprint(key: Ed25519PublicKey) -> str:
    """Return what people compare: 16 hexadecimal digits, in fours."""
    digits = sha256(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()[:16]
    return " ".join(digits[place : place + 4] for place in range(0, 16, 4))


def is_signed(key: Ed25519PublicKey, signature: bytes, message: bytes) -> bool:
    """Say whether the owner of a key has signed a message."""
    try:
        key.verify(signature, message)
    except InvalidSignature:
        return False
    return True
