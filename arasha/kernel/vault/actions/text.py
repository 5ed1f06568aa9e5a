"""Sealing text and bytes."""

from uuid import UUID

from django.views.decorators.debug import sensitive_variables

from arasha.kernel.vault.keystore import custody
from arasha.kernel.vault.rules import Place, Scope, seal


@sensitive_variables()
def seal_bytes(
    plain: bytes, *, scope: Scope, table: str, column: str, row: UUID | int | str, version: int = 1
) -> bytes:
    """Return the plaintext sealed for one place; it opens nowhere else.

    `row` is the row's key, known before the row is written (our rows have client-made UUIDs). `version` is the
    column's format, 0 to 65535. Raises KeyErased, RingKeyMissing, WrongRingKey, StoreUnavailable.
    """
    return seal(custody().key_for_sealing(scope), plain, Place(scope, table, column, row), version)


@sensitive_variables()
def seal_text(text: str, *, scope: Scope, table: str, column: str, row: UUID | int | str, version: int = 1) -> bytes:
    """Return the text sealed for one place, as `seal_bytes` does."""
    return seal_bytes(text.encode(), scope=scope, table=table, column=column, row=row, version=version)
