"""Every write of infrastructure: a commitment, a step of it, a count of what is missing. Nothing is overwritten."""

from arasha.coverage.actions.entering import TicketUsed, add_commitment, add_need, add_step

__all__ = ["TicketUsed", "add_commitment", "add_need", "add_step"]
