"""The vault's pure rules: scopes, envelopes, blind indexes, what a file may be."""

from arasha.kernel.vault.rules.blind import blind_index, derive
from arasha.kernel.vault.rules.envelope import DataKey, ParcelPlace, Place, Sealed, seal, unseal, unwrap, wrap
from arasha.kernel.vault.rules.errors import (
    FileLost,
    FileRefused,
    KeyErased,
    KeyMissing,
    LedgerBroken,
    NotInTransaction,
    RingKeyMissing,
    SealBroken,
    StoreUnavailable,
    UnsafePlace,
    VaultError,
    WrongRingKey,
)
from arasha.kernel.vault.rules.letters import LetterTooLong, open_letter, public_half, seal_letter
from arasha.kernel.vault.rules.scope import APART, FACETS, Scope, ScopeKind, facet_code
from arasha.kernel.vault.rules.words import ERASED, NOT_SCANNED, refusal_text

__all__ = [
    "APART",
    "ERASED",
    "FACETS",
    "NOT_SCANNED",
    "DataKey",
    "FileLost",
    "FileRefused",
    "KeyErased",
    "KeyMissing",
    "LedgerBroken",
    "LetterTooLong",
    "NotInTransaction",
    "ParcelPlace",
    "Place",
    "RingKeyMissing",
    "Scope",
    "ScopeKind",
    "SealBroken",
    "Sealed",
    "StoreUnavailable",
    "UnsafePlace",
    "VaultError",
    "WrongRingKey",
    "blind_index",
    "derive",
    "facet_code",
    "open_letter",
    "public_half",
    "refusal_text",
    "seal",
    "seal_letter",
    "unseal",
    "unwrap",
    "wrap",
]
