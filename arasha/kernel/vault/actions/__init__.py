"""Everything that the vault writes."""

from arasha.kernel.vault.actions.erasing import erase, replay_erasures
from arasha.kernel.vault.actions.keys import back_up_keys, make_keys, prune, rotate
from arasha.kernel.vault.actions.text import seal_bytes, seal_text

__all__ = ["back_up_keys", "erase", "make_keys", "prune", "replay_erasures", "rotate", "seal_bytes", "seal_text"]
