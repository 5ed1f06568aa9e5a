"""Everything that writes the journal."""

from arasha.kernel.journal.actions.acts import OpenAct, act, erasing
from arasha.kernel.journal.actions.restoring import note_restore, skip_lost
from arasha.kernel.journal.actions.sealing import SealKeyMissing, export_seals, seal_once

__all__ = ["OpenAct", "SealKeyMissing", "act", "erasing", "export_seals", "note_restore", "seal_once", "skip_lost"]
