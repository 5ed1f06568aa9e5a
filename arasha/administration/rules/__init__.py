"""Codes, keys and moments of signing in. No database, no clock."""

import base64
import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KINDS: Final = ("invitation", "password", "factor")
# An invitation may wait over a weekend; a link that replaces something that exists must not lie about.
LASTS: Final = {"invitation": timedelta(hours=72), "password": timedelta(hours=1), "factor": timedelta(hours=24)}
# A day's work: afterwards one signs in again, whatever happened.
SESSION_LASTS: Final = timedelta(hours=12)
LABEL: Final = b"arasha second factors 1"
FORWARDED: Final = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")


class NotAllowed(PermissionError):
    """The actor may not do this to that account."""


class LoginTaken(ValueError):
    """Another account has this login."""


class LinkNotValid(LookupError):
    """The one-time link was used, has expired, or never was."""


class NotYourself(NotAllowed):
    """A lost second factor, and a post, are another person's to change: never one's own."""


@dataclass(frozen=True, slots=True)
class Account:
    """What `create_account` made: to be shown once to whoever installs, never kept."""

    user_id: int
    password: str
    totp_secret: str


def new_code() -> str:
    """Return a one-time code for an address: 256 random bits, 43 letters."""
    return secrets.token_urlsafe(32)


def code_hash(code: str) -> bytes:
    """Return what the database keeps of a one-time code; the code is random, so a plain hash is enough."""
    return hashlib.sha256(code.encode()).digest()


def session_mark(token: str) -> str:
    """Return by which mark a session is named on its owner's page: it opens nothing."""
    return hashlib.sha256(hashlib.sha256(token.encode()).digest()).hexdigest()[:16]


def _cipher(secret: str) -> AESGCM:
    return AESGCM(HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=LABEL).derive(secret.encode()))


def seal(text: str, *, key: str) -> str:
    """Encrypt a second factor's secret with a key derived from the installation's secret (AES-256-GCM)."""
    nonce = secrets.token_bytes(12)
    return base64.b64encode(nonce + _cipher(key).encrypt(nonce, text.encode(), LABEL)).decode()


def unseal(sealed: str, *, key: str) -> str:
    """Decrypt what `seal` returned. Raises ValueError when it was changed or the key is another."""
    blob = base64.b64decode(sealed)
    try:
        return _cipher(key).decrypt(blob[:12], blob[12:], LABEL).decode()
    except InvalidTag:
        raise ValueError("not sealed with this key") from None


def on_loopback(meta: dict[str, str]) -> bool:
    """Say whether a request comes from this machine itself to this machine's own name, and through no proxy."""
    if any(meta.get(name) for name in FORWARDED):
        return False
    host = meta.get("HTTP_HOST", "").lower()
    name = host[: host.index("]") + 1] if host.startswith("[") and "]" in host else host.partition(":")[0]
    try:
        return ip_address(meta.get("REMOTE_ADDR", "")).is_loopback and name in {"localhost", "127.0.0.1", "[::1]"}
    except ValueError:
        return False
