"""Everything that is written into the directory."""

from arasha.services.actions.importing import (
    LoadNotReady,
    forget_loads,
    give_rejected,
    record_export,
    start_load,
    stop_load,
    take_table,
)
from arasha.services.actions.offerings import add_offering, change_offering, confirm_offering
from arasha.services.actions.providers import add_provider, change_provider
from arasha.services.actions.publishing import publish
from arasha.services.actions.sites import add_site, change_site
from arasha.services.actions.writing import ChangedMeanwhile

__all__ = [
    "ChangedMeanwhile",
    "LoadNotReady",
    "add_offering",
    "add_provider",
    "add_site",
    "change_offering",
    "change_provider",
    "change_site",
    "confirm_offering",
    "forget_loads",
    "give_rejected",
    "publish",
    "record_export",
    "start_load",
    "stop_load",
    "take_table",
]
