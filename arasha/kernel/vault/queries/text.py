"""Opening what was sealed."""

from collections.abc import Sequence
from uuid import UUID

from django.views.decorators.debug import sensitive_variables

from arasha.kernel.vault.keystore import custody, lookup_ring
from arasha.kernel.vault.rules import Place, Scope, Sealed, derive, unseal


@sensitive_variables()
def open_bytes(blob: bytes | memoryview, *, scope: Scope, table: str, column: str, row: UUID | int | str) -> bytes:
    """Return what `seal_bytes` sealed for this very place.

    Raises SealBroken (altered or moved), KeyErased, KeyMissing, RingKeyMissing, WrongRingKey, StoreUnavailable.
    """
    return unseal(custody().key(scope), blob, Place(scope, table, column, row))


@sensitive_variables()
def open_text(blob: bytes | memoryview, *, scope: Scope, table: str, column: str, row: UUID | int | str) -> str:
    """Return what `seal_text` sealed for this very place; raises as `open_bytes` does."""
    return open_bytes(blob, scope=scope, table=table, column=column, row=row).decode()


@sensitive_variables()
def open_many(values: Sequence[Sealed]) -> list[str | None]:
    """Return many texts with one read of the key store, in the order given; None where the scope was erased.

    One value that does not open raises, as in `open_bytes`: a list with holes nobody notices would mislead.
    """
    keys = custody().keys(value.scope for value in values)
    opened: list[str | None] = []
    for value in values:
        key = keys[value.scope]
        opened.append(None if key is None else unseal(key, value.blob, value.place).decode())
    return opened


def lookup_key(purpose: str) -> bytes:
    """Return the key of the blind indexes of one purpose (for `vault.rules.blind_index`); never store it."""
    ring = lookup_ring()
    return derive(ring.key(1).raw, f"arasha.lookup.1:{purpose}")
