"""Every write of growing up."""

from arasha.adulthood.actions.errors import Ended, NotThere
from arasha.adulthood.actions.filing import file_application, move_on
from arasha.adulthood.actions.finishing import dismiss, grant, withdraw
from arasha.adulthood.actions.growing import TooEarly, record_point, watch_ages
from arasha.adulthood.actions.watching import watch_races

__all__ = [
    "Ended",
    "NotThere",
    "TooEarly",
    "dismiss",
    "file_application",
    "grant",
    "move_on",
    "record_point",
    "watch_ages",
    "watch_races",
    "withdraw",
]
