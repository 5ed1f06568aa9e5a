"""The directory of services."""

from arasha.services.models.directory import Offering, Provider, Site
from arasha.services.models.loading import Load, LoadRow, Publication

__all__ = ["Load", "LoadRow", "Offering", "Provider", "Publication", "Site"]
