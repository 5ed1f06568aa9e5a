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
from arasha.services.queries.finding import MOST, Found, Wanted, every, find, shown
from arasha.services.queries.publishing import Published, published

__all__ = [
    "MOST",
    "Found",
    "Published",
    "Wanted",
    "every",
    "find",
    "offering",
    "offering_said",
    "provider",
    "provider_said",
    "published",
    "revision",
    "shown",
    "site",
    "site_said",
]
