"""Backups: the database sealed, the files, the journal's seals, and a signed statement of what is in them.

Keys are never in it (docs/decisions/0016): the key store's copies and the erasure ledger's go to ARASHA_KEY_BACKUPS,
the rings' keys to where their keeper copies them by hand.
"""
