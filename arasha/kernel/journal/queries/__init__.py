"""Reading the journal: acts for time lines, what readiness asks, and the proof."""

from arasha.kernel.journal.queries.acts import ActLine, acts_of, changes_of, oldest_unsealed
from arasha.kernel.journal.queries.outside import Outside, sealed_outside
from arasha.kernel.journal.queries.proof import KINDS, Finding, Report, journalled, verify

__all__ = [
    "KINDS",
    "ActLine",
    "Finding",
    "Outside",
    "Report",
    "acts_of",
    "changes_of",
    "journalled",
    "oldest_unsealed",
    "sealed_outside",
    "verify",
]
