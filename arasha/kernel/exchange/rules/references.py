"""References: a thing's id, sealed for the account that was told it. Nothing is kept, so nothing leads from one to the
other but the reference itself, which only its holder has."""

import base64
import binascii
from typing import Final
from uuid import UUID

from arasha.kernel.exchange.rules import keys

LONGEST: Final = 100


class ReferenceInvalid(ValueError):
    """Nobody of ours wrote this reference for this account."""


def seal_reference(secret: str, found: UUID, *, about: str) -> str:
    """Return the reference of an id; `about` names the account and what kind of thing it is."""
    sealed = keys.seal(keys.derived(secret, "reference"), found.bytes, about)
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def open_reference(secret: str, reference: str, *, about: str) -> UUID:
    """Return the id that a reference stands for. Raises ReferenceInvalid."""
    try:
        if len(reference) > LONGEST:
            raise ReferenceInvalid
        sealed = base64.b64decode(reference + "=" * (-len(reference) % 4), altchars=b"-_", validate=True)
        return UUID(bytes=keys.unseal(keys.derived(secret, "reference"), sealed, about))
    except (keys.NotOurs, binascii.Error, ValueError):
        raise ReferenceInvalid from None
