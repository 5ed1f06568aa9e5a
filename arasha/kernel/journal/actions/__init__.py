"""Everything that writes the journal."""

from arasha.kernel.journal.actions.acts import OpenAct, act, erasing

__all__ = ["OpenAct", "act", "erasing"]
