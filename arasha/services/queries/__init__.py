"""What others may ask of the directory."""

from arasha.services.queries.coverage import Coverage, coverage
from arasha.services.queries.entries import offering, offering_said, provider, provider_said, revision, site, site_said
from arasha.services.queries.finding import MOST, ORDERS, Found, Wanted, counts, every, find, shown, shown_all
from arasha.services.queries.keeping import (
    PAGE,
    SORTS,
    Asked,
    Done,
    Line,
    acts_of_provider,
    kept,
    standings_of,
    units_to_remind,
)
from arasha.services.queries.proposals import (
    decided,
    entry_behind,
    proposal,
    proposal_seen,
    proposals_of,
    read_proposal,
    vouched,
    vouched_by,
    whose_phone,
)
from arasha.services.queries.publishing import Published, published
from arasha.services.queries.room import UNSAID, Room, room_last, rooms
from arasha.services.queries.telling import Told, place_names, told

__all__ = [
    "MOST",
    "ORDERS",
    "PAGE",
    "SORTS",
    "UNSAID",
    "Asked",
    "Coverage",
    "Done",
    "Found",
    "Line",
    "Published",
    "Room",
    "Told",
    "Wanted",
    "acts_of_provider",
    "counts",
    "coverage",
    "decided",
    "entry_behind",
    "every",
    "find",
    "kept",
    "offering",
    "offering_said",
    "place_names",
    "proposal",
    "proposal_seen",
    "proposals_of",
    "provider",
    "provider_said",
    "published",
    "read_proposal",
    "revision",
    "room_last",
    "rooms",
    "shown",
    "shown_all",
    "site",
    "site_said",
    "standings_of",
    "told",
    "units_to_remind",
    "vouched",
    "vouched_by",
    "whose_phone",
]
