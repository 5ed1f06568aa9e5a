"""What administration keeps: one-time links, lent accounts, rosters."""

from arasha.administration.models.rosters import RosterChange, RosterLine
from arasha.administration.models.sign_in import Link, Persona

__all__ = ["Link", "Persona", "RosterChange", "RosterLine"]
