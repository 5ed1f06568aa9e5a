"""Marks of pages, sealed: they tell nobody a moment or an id, and are good for one account and one list."""

import base64
import binascii
import struct
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from arasha.kernel.exchange.rules import keys

FORM: Final = struct.Struct(">q16s")
LONGEST: Final = 200
BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)


class CursorInvalid(ValueError):
    """Nobody of ours wrote this mark, or it belongs to another list."""


def seal_cursor(secret: str, *, at: datetime, row: UUID, about: str) -> str:
    """Return the mark of a row; `about` names the account and the list with its filters."""
    data = FORM.pack((at - BEGINNING) // MICROSECOND, row.bytes)
    return base64.urlsafe_b64encode(keys.seal(keys.derived(secret, "cursor"), data, about)).decode().rstrip("=")


def open_cursor(secret: str, mark: str, *, about: str) -> tuple[datetime, UUID]:
    """Return the moment and id of the row that a mark stands for. Raises CursorInvalid."""
    try:
        if len(mark) > LONGEST:
            raise CursorInvalid
        sealed = base64.b64decode(mark + "=" * (-len(mark) % 4), altchars=b"-_", validate=True)
        moment, row = FORM.unpack(keys.unseal(keys.derived(secret, "cursor"), sealed, about))
    except (keys.NotOurs, binascii.Error, ValueError, struct.error):
        raise CursorInvalid from None
    return BEGINNING + moment * MICROSECOND, UUID(bytes=row)
