"""Keys of the exchange, each derived from the installation's secret for one purpose, and what they seal."""

import hashlib
import hmac
import secrets
from functools import cache
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE: Final = 12


class NotOurs(ValueError):
    """These bytes were not sealed by this key for this purpose."""


@cache
def derived(secret: str, purpose: str) -> bytes:
    """Return the 256-bit key of one purpose (HKDF-SHA-256, RFC 5869)."""
    info = f"arasha exchange {purpose} 1".encode()
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=info).derive(secret.encode())


def keyed_hash(key: bytes, *parts: str | bytes) -> bytes:
    """Return an HMAC-SHA-256 over parts, each with its length before it, so that no two lists of parts are one."""
    made = hmac.new(key, digestmod=hashlib.sha256)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        made.update(len(data).to_bytes(8, "big") + data)
    return made.digest()


def seal(key: bytes, data: bytes, about: str) -> bytes:
    """Return bytes sealed by AES-256-GCM; `about` says what they are and must be said again to open them."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, data, about.encode())


def unseal(key: bytes, sealed: bytes, about: str) -> bytes:
    """Return what was sealed. Raises NotOurs."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], about.encode())
    except (InvalidTag, ValueError):
        raise NotOurs from None
