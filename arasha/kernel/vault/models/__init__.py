"""What the vault keeps: rows in the main database; keys and ledger outside it."""

from arasha.kernel.vault.models.tables import Erasure, History, KeptFile, ScannedCode

__all__ = ["Erasure", "History", "KeptFile", "ScannedCode"]
