"""What people type into the directory."""

from arasha.services.forms.entries import EntryForm, ProviderChangeForm, ProviderForm
from arasha.services.forms.offerings import OfferingForm, OfferingProposalForm
from arasha.services.forms.places import Places
from arasha.services.forms.room import RoomForm
from arasha.services.forms.sites import SiteForm, site_initial

__all__ = [
    "EntryForm",
    "OfferingForm",
    "OfferingProposalForm",
    "Places",
    "ProviderChangeForm",
    "ProviderForm",
    "RoomForm",
    "SiteForm",
    "site_initial",
]
