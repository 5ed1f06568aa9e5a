"""The directory of services."""

from arasha.services.models.directory import Offering, Provider, Site
from arasha.services.models.loading import Load, LoadRow, Publication
from arasha.services.models.proposals import Decision, Proposal, ProposalLink
from arasha.services.models.room import RoomSaid

__all__ = [
    "Decision",
    "Load",
    "LoadRow",
    "Offering",
    "Proposal",
    "ProposalLink",
    "Provider",
    "Publication",
    "RoomSaid",
    "Site",
]
