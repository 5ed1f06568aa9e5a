"""Everything that is written about forms: drafting, deciding, loading the shipped ones."""

from arasha.questionnaires.actions.deciding import DecidedMeanwhile, decide
from arasha.questionnaires.actions.drafting import NumberTaken, draft
from arasha.questionnaires.actions.loading import ChangedFile, load_reference

__all__ = [
    "ChangedFile",
    "DecidedMeanwhile",
    "NumberTaken",
    "decide",
    "draft",
    "load_reference",
]
