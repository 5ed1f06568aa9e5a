"""The directory as pure functions: code lists, the package, entries and their faults, hours, findings."""

from arasha.services.rules.entries import (
    EntryFaulty,
    Fault,
    OfferingSaid,
    ProviderSaid,
    SiteSaid,
    check_offering,
    check_provider,
    check_site,
)
from arasha.services.rules.hours import HoursFaulty, checked, open_at
from arasha.services.rules.lists import (
    CONDITIONS,
    COSTS,
    FINDINGS,
    KINDS,
    KNOWN,
    LANGUAGES,
    LEVELS,
    NEEDS,
    OWNERSHIPS,
    SEXES,
    STANDINGS,
    is_protected,
)
from arasha.services.rules.package import FaultyPackage, Service, package, read_package, service
from arasha.services.rules.places import HEIGHT, WIDTH, Outline, outlines, points
from arasha.services.rules.presence import Presence, presence, week
from arasha.services.rules.reading import findings

__all__ = [
    "CONDITIONS",
    "COSTS",
    "FINDINGS",
    "HEIGHT",
    "KINDS",
    "KNOWN",
    "LANGUAGES",
    "LEVELS",
    "NEEDS",
    "OWNERSHIPS",
    "SEXES",
    "STANDINGS",
    "WIDTH",
    "EntryFaulty",
    "Fault",
    "FaultyPackage",
    "HoursFaulty",
    "OfferingSaid",
    "Outline",
    "Presence",
    "ProviderSaid",
    "Service",
    "SiteSaid",
    "check_offering",
    "check_provider",
    "check_site",
    "checked",
    "findings",
    "is_protected",
    "open_at",
    "outlines",
    "package",
    "points",
    "presence",
    "read_package",
    "service",
    "week",
]
