"""Blind indexes: finding an exact value without keeping it in clear."""

import hashlib
import hmac
import unicodedata

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def blind_index(value: str, key: bytes) -> bytes:
    """Return 16 bytes that are the same for the same value under the same key.

    Case, width and runs of white space don't count. Whoever has the key and a list of all possible values
    can undo it, so the key is one per purpose (`vault.queries.lookup_key`) and never in the database.
    """
    plain = " ".join(unicodedata.normalize("NFKC", value).casefold().split())
    return hmac.new(key, plain.encode(), hashlib.sha256).digest()[:16]


def derive(raw: bytes, purpose: str, salt: bytes | None = None) -> bytes:
    """Return 32 bytes made from a key for one purpose (HKDF-SHA-256, RFC 5869)."""
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=purpose.encode()).derive(raw)
