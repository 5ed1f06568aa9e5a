"""What others may ask of the directory."""

from arasha.services.queries.entries import (
    offering,
    offering_said,
    provider,
    provider_said,
    revision,
    site,
    site_said,
)
from arasha.services.queries.finding import MOST, Found, Wanted, find, shown

__all__ = [
    "MOST",
    "Found",
    "Wanted",
    "find",
    "offering",
    "offering_said",
    "provider",
    "provider_said",
    "revision",
    "shown",
    "site",
    "site_said",
]
