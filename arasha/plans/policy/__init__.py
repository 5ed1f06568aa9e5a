"""Who may do what in plans, and what is there for whom."""

from arasha.plans.policy.assessing import NotAllowed, leads, may_export, may_write_part, visible_to

__all__ = ["NotAllowed", "leads", "may_export", "may_write_part", "visible_to"]
