"""The keys of letters: the public half for who seals them, the private for who opens them; and the pages' own keys."""

import os
import re

from django.conf import settings
from django.views.decorators.debug import sensitive_variables

from arasha.kernel.vault.keystore import letters_ring, public_ring
from arasha.kernel.vault.keystore.places import read_private
from arasha.kernel.vault.keystore.ring import CODES, LETTERS, PAGES
from arasha.kernel.vault.rules import DataKey, RingKeyMissing, open_letter

HALF = re.compile(rf"{LETTERS}-(\d{{4,}})\.pub")


def letter_key() -> tuple[int, bytes]:
    """Return the newest public half and its version. Raises RingKeyMissing, UnsafePlace."""
    folder = settings.ARASHA_PUBLIC_KEYS
    names = os.listdir(folder) if folder.is_dir() else []
    versions = [int(found[1]) for name in names if (found := HALF.fullmatch(name))]
    if not versions:
        raise RingKeyMissing(f"{folder} holds no key to seal letters with: run `arasha vault make-keys`")
    return max(versions), read_private(folder / f"{LETTERS}-{max(versions):04d}.pub")


@sensitive_variables()
def read_letter(version: int, letter: bytes | memoryview, *, about: str) -> bytes:
    """Return the words of a letter that was sealed to a key of this version. Raises SealBroken, RingKeyMissing."""
    return open_letter(letters_ring().key(version).raw, letter, about=about)


def code_key() -> bytes:
    """Return the key under which codes are found (for `vault.rules.blind_index`); it never rotates."""
    return public_ring(CODES).key(1).raw


def page_key() -> DataKey:
    """Return the key of what public pages carry from one to the next."""
    ring = public_ring(PAGES)
    return ring.key(ring.current())
