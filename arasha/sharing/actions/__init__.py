"""Every write of consent and sharing."""

from arasha.sharing.actions.clock import watch_sharing
from arasha.sharing.actions.consenting import record_consent, withdraw_consent
from arasha.sharing.actions.errors import AlreadyEnded, CarriesNothing, GiverNotThere, NotThere, UnitNotThere
from arasha.sharing.actions.lending import end_share, print_sharing, share_on_consent, share_without

__all__ = [
    "AlreadyEnded",
    "CarriesNothing",
    "GiverNotThere",
    "NotThere",
    "UnitNotThere",
    "end_share",
    "print_sharing",
    "record_consent",
    "share_on_consent",
    "share_without",
    "watch_sharing",
    "withdraw_consent",
]
