"""Everything that the vault writes."""

from arasha.kernel.vault.actions.copies import seal_copy
from arasha.kernel.vault.actions.erasing import erase, replay_erasures, unknown_erasures
from arasha.kernel.vault.actions.files import keep_file, sweep_files
from arasha.kernel.vault.actions.keys import (
    add_key,
    back_up_keys,
    key_backups,
    make_keys,
    prune,
    put_keys_back,
    retire_old_keys,
    rotate,
    serve_keys,
)
from arasha.kernel.vault.actions.receiving import Received, keep_as_received, keep_copy, remove_kept
from arasha.kernel.vault.actions.text import seal_bytes, seal_text

__all__ = [
    "Received",
    "add_key",
    "back_up_keys",
    "erase",
    "keep_as_received",
    "keep_copy",
    "keep_file",
    "key_backups",
    "make_keys",
    "prune",
    "put_keys_back",
    "remove_kept",
    "replay_erasures",
    "retire_old_keys",
    "rotate",
    "seal_bytes",
    "seal_copy",
    "seal_text",
    "serve_keys",
    "sweep_files",
    "unknown_erasures",
]
