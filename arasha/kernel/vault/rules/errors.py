"""What can go wrong in the vault. No message ever holds a key, a plaintext or a ciphertext."""


class VaultError(Exception):
    """Anything the vault refuses or cannot do."""


class KeyErased(VaultError):
    """The scope was erased lawfully: what was sealed under it is gone for good, and nothing new may be sealed."""


class KeyMissing(VaultError):
    """The key store holds no data key for this scope; with sealed content present, the store was lost."""


class RingKeyMissing(VaultError):
    """A wrapping key is not in the ring; the message names ring and version."""


class WrongRingKey(VaultError):
    """The wrapping key in the ring is not the one the data key was wrapped with, or the wrapped key was altered."""


class SealBroken(VaultError):
    """Altered, cut, moved from another row, column, facet or scope, or not sealed by the vault at all."""


class UnsafePlace(VaultError):
    """A folder or file of keys is open to others, or lies where data or backups lie; the message names it."""


class StoreUnavailable(VaultError):
    """The key store or the key server does not answer; nothing was sealed or opened."""


class LedgerBroken(VaultError):
    """A line of the erasure ledger was altered or removed; the message names the line."""


class NotInTransaction(VaultError):
    """An erasure was asked for outside a database transaction."""


class FileLost(VaultError):
    """A kept file's row is there, its content is not."""


class FileRefused(VaultError):
    """A file was not kept. `code` says why, in words that a screen may translate."""

    def __init__(self, code: str) -> None:
        super().__init__(f"file refused: {code}")
        self.code = code
