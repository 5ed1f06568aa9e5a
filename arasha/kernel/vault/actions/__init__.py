"""Everything that the vault writes."""

from arasha.kernel.vault.actions.erasing import erase, replay_erasures
from arasha.kernel.vault.actions.files import keep_file, sweep_files
from arasha.kernel.vault.actions.keys import back_up_keys, make_keys, prune, rotate
from arasha.kernel.vault.actions.text import seal_bytes, seal_text

__all__ = [
    "back_up_keys",
    "erase",
    "keep_file",
    "make_keys",
    "prune",
    "replay_erasures",
    "rotate",
    "seal_bytes",
    "seal_text",
    "sweep_files",
]
