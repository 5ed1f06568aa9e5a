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
from arasha.services.queries.finding import MOST, ORDERS, Found, Wanted, counts, find, shown
from arasha.services.queries.telling import Told, place_names, told

__all__ = [
    "MOST",
    "ORDERS",
    "Found",
    "Told",
    "Wanted",
    "counts",
    "find",
    "offering",
    "offering_said",
    "place_names",
    "provider",
    "provider_said",
    "revision",
    "shown",
    "site",
    "site_said",
    "told",
]
