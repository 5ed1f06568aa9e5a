"""Saying, and confirming, who answers for an institution."""

from arasha.institutions.actions.keeping import NotThere, keep_contact

__all__ = ["NotThere", "keep_contact"]
