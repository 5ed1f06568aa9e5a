"""What administration keeps: one-time links, lent accounts, rosters, proposals of changed rights."""

from arasha.administration.models.proposals import Proposal
from arasha.administration.models.rosters import RosterChange, RosterLine
from arasha.administration.models.sign_in import Link, Persona
from arasha.administration.models.signoffs import SignOff

__all__ = ["Link", "Persona", "Proposal", "RosterChange", "RosterLine", "SignOff"]
