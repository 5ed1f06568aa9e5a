"""Sealing what leaves the installation as a whole: a backup's dump holds names in clear, its file does not."""

from collections.abc import Iterable, Iterator

from arasha.kernel.vault.keystore import copies_ring
from arasha.kernel.vault.rules import RingKeyMissing
from arasha.kernel.vault.rules.chunks import seal_stream
from arasha.kernel.vault.rules.envelope import CopyPlace


def seal_copy(pieces: Iterable[bytes], *, backup: str, name: str) -> tuple[int, Iterator[bytes]]:
    """Return the version of the key used and the sealed file of a plaintext that comes in pieces.

    It opens only as this file of this backup. Raises RingKeyMissing when the ring of copies is empty.
    """
    ring = copies_ring()
    version = ring.current()
    if not version:
        raise RingKeyMissing(f"the ring {ring.name} is empty: run `arasha vault make-keys`, or put its keys back")
    return version, seal_stream(ring.key(version), pieces, CopyPlace(backup, name))
