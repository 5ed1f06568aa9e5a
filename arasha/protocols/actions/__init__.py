"""Everything that is written about procedures: loading the shipped ones, drafting, deciding."""

from arasha.protocols.actions.deciding import DecidedMeanwhile, decide
from arasha.protocols.actions.drafting import NumberTaken, draft
from arasha.protocols.actions.loading import load_reference

__all__ = ["DecidedMeanwhile", "NumberTaken", "decide", "draft", "load_reference"]
