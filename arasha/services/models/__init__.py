"""The directory of services."""

from arasha.services.models.directory import Offering, Provider, Site

__all__ = ["Offering", "Provider", "Site"]
