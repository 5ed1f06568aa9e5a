"""Reading the journal: acts for time lines, what readiness asks, and the proof."""

from arasha.kernel.journal.queries.acts import ActLine, acts_of, changes_of, oldest_unsealed

__all__ = ["ActLine", "acts_of", "changes_of", "oldest_unsealed"]
