"""What a public page carries to the next one: sealed, bound to its purpose, and soon too old.

Nothing is kept on the server and nothing in the browser but the page itself. Whoever finds a page's field can neither
read nor change it, nor send it to a page of another purpose.
"""

import base64
import binascii
import json
import os
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.views.decorators.debug import sensitive_variables

from arasha.kernel.vault.rules import DataKey, derive

LIFE: Final = timedelta(hours=2)
KEY_PURPOSE: Final = "arasha.doors.page.1"
NONCE: Final = 12
# The longest story in the longest letters is a quarter of it.
LONGEST: Final = 150_000


class StateBroken(ValueError):
    """The field was altered, cut, or belongs to a page of another purpose."""


class StateTooOld(StateBroken):
    """The page was open for more than two hours."""


@sensitive_variables()
def seal_state(values: Mapping[str, Any], *, key: DataKey, purpose: str, now: datetime) -> str:
    """Return the text of the hidden field."""
    plain = json.dumps({"at": int(now.timestamp()), "values": dict(values)}, ensure_ascii=False).encode()
    nonce = os.urandom(NONCE)
    return base64.urlsafe_b64encode(nonce + _cipher(key).encrypt(nonce, plain, purpose.encode())).decode()


@sensitive_variables()
def open_state(field: str, *, key: DataKey, purpose: str, now: datetime) -> dict[str, Any]:
    """Return what a page carried. Raises StateBroken, StateTooOld."""
    if len(field) > LONGEST:
        raise StateBroken
    try:
        sealed = base64.urlsafe_b64decode(field.encode("ascii"))
        plain = _cipher(key).decrypt(sealed[:NONCE], sealed[NONCE:], purpose.encode())
    except (InvalidTag, binascii.Error, UnicodeError, ValueError):
        raise StateBroken from None
    carried = json.loads(plain)
    age = now.timestamp() - carried["at"]
    if not -60 <= age <= LIFE.total_seconds():
        raise StateTooOld
    values: dict[str, Any] = carried["values"]
    return values


def _cipher(key: DataKey) -> AESGCM:
    return AESGCM(derive(key.raw, KEY_PURPOSE))
