"""Opening a backup's sealed dump, and whether the keys that it needs are here."""

from collections.abc import Callable, Iterator

from arasha.kernel.vault.keystore import copies_ring, custody
from arasha.kernel.vault.rules.chunks import open_stream
from arasha.kernel.vault.rules.envelope import CopyPlace


def open_copy(read: Callable[[int], bytes], *, version: int, backup: str, name: str) -> Iterator[bytes]:
    """Yield the plaintext in pieces, each proven before it is given out.

    Raises RingKeyMissing when the key is not here, SealBroken when the file was altered, cut or moved.
    """
    yield from open_stream(copies_ring().key(version), read, CopyPlace(backup, name))


def keys_in_use() -> dict[str, dict[int, int]]:
    """Return, for each ring, how many living data keys each version of it wraps."""
    return {name: custody().store.versions(name) for name in custody().rings}


def prove_keys() -> int:
    """Open one data key of each version in use and return how many living keys there are.

    Raises RingKeyMissing or WrongRingKey when a version is not here, or is another one; StoreUnavailable.
    """
    keys, count = custody(), 0
    for name, versions in keys_in_use().items():
        for version, living in versions.items():
            count += living
            kept = keys.store.sample(name, version)
            if kept is not None and kept.wrapped is not None:
                keys.rings[name].unwrap(kept.version, kept.wrapped, kept.scope)
    return count
