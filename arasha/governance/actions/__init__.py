"""Every write of pilots: entering one, changing what it is, a step of its run, a reminder. Nothing is overwritten."""

from arasha.governance.actions.entering import Overtaken, TicketUsed, add_pilot, change_pilot
from arasha.governance.actions.reminding import remind
from arasha.governance.actions.stepping import add_step

__all__ = ["Overtaken", "TicketUsed", "add_pilot", "add_step", "change_pilot", "remind"]
