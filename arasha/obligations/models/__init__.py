"""Obligations; what became of their silence and which bodies were missing; what was said about them."""

from arasha.obligations.models.duty import Obligation
from arasha.obligations.models.silence import Escalation, Gap
from arasha.obligations.models.words import Answer, Evidence, Remark

__all__ = ["Answer", "Escalation", "Evidence", "Gap", "Obligation", "Remark"]
