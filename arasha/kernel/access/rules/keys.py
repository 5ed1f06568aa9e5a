"""The application's key and what it proves to the database."""

import hashlib
import hmac

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

BLOCK = 64
LABEL = b"arasha access application key 1"


def application_key(secret: str) -> bytes:
    """Derive the key of the application's proofs from the installation's secret (HKDF-SHA-256, RFC 5869)."""
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=LABEL).derive(secret.encode())


def padded(key: bytes) -> tuple[bytes, bytes]:
    """Return a key's inner and outer pads as HMAC (RFC 2104) uses them; the database keeps these."""
    block = key.ljust(BLOCK, b"\0")
    return bytes(byte ^ 0x36 for byte in block), bytes(byte ^ 0x5C for byte in block)


def proof(secret: str, message: str) -> bytes:
    """Return the HMAC-SHA-256 that proves that this application wrote the message."""
    return hmac.new(application_key(secret), message.encode(), hashlib.sha256).digest()


def token_hash(token: str) -> bytes:
    """Return what the database knows of a session's token."""
    return hashlib.sha256(token.encode()).digest()
