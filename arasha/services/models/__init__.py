"""The directory of services."""

from arasha.services.models.directory import Offering, Provider, Site
from arasha.services.models.proposals import Decision, Proposal, ProposalLink

__all__ = ["Decision", "Offering", "Proposal", "ProposalLink", "Provider", "Site"]
