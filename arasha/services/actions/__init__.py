"""Everything that is written into the directory."""

from arasha.services.actions.deciding import LinesLeft, SecondPersonNeeded, Verdict, decide_proposal, vouch_phone
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
from arasha.services.actions.proposing import (
    LinkVoid,
    NothingProposed,
    make_link,
    propose_offering,
    propose_site,
    put_proposal,
)
from arasha.services.actions.providers import add_provider, change_provider
from arasha.services.actions.publishing import publish
from arasha.services.actions.reminding import remind_keepers
from arasha.services.actions.room import say_room
from arasha.services.actions.sites import add_site, change_site
from arasha.services.actions.writing import ChangedMeanwhile

__all__ = [
    "ChangedMeanwhile",
    "LinesLeft",
    "LinkVoid",
    "LoadNotReady",
    "NothingProposed",
    "SecondPersonNeeded",
    "Verdict",
    "add_offering",
    "add_provider",
    "add_site",
    "change_offering",
    "change_provider",
    "change_site",
    "confirm_offering",
    "decide_proposal",
    "forget_loads",
    "give_rejected",
    "make_link",
    "propose_offering",
    "propose_site",
    "publish",
    "put_proposal",
    "record_export",
    "remind_keepers",
    "say_room",
    "start_load",
    "stop_load",
    "take_table",
    "vouch_phone",
]
