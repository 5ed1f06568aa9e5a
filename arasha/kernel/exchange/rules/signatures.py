"""Messages of webhooks: what they say, and how they are signed (the Standard Webhooks scheme, symmetric `v1`)."""

import base64
import hashlib
import hmac
import json
import secrets
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

MARK: Final = "whsec_"
TOLERANCE: Final = 300  # seconds; what receivers should accept, said on the page for developers


def new_secret() -> str:
    """Return a signing secret of 256 random bits, written as its receivers' libraries expect it."""
    return MARK + base64.b64encode(secrets.token_bytes(32)).decode()


def message(*, event: str, subject: UUID, at: datetime, link: str) -> bytes:
    """Return a message's body: what happened to which random id, when, and where to read it. Nothing of a child."""
    said = {
        "type": event,
        "timestamp": at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "data": {"id": str(subject), "link": link},
    }
    return json.dumps(said, separators=(",", ":")).encode()


def headers(secret: str, *, message_id: UUID, timestamp: int, body: bytes) -> dict[str, str]:
    """Return the headers that let a receiver know that we wrote the body, and when."""
    key = base64.b64decode(secret.removeprefix(MARK))
    signed = f"{message_id}.{timestamp}.".encode() + body
    signature = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return {
        "webhook-id": str(message_id),
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{signature}",
    }
