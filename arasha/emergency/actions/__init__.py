"""An emergency is declared and ended, a body says how it works, and the clock lets duties go over and come back."""

from arasha.emergency.actions.caring import care
from arasha.emergency.actions.errors import AlreadyDeclared, EmergencyOver
from arasha.emergency.actions.lifting import lift
from arasha.emergency.actions.saying import declare, end_early, say_standing

__all__ = ["AlreadyDeclared", "EmergencyOver", "care", "declare", "end_early", "lift", "say_standing"]
