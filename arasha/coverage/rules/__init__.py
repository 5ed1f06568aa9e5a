"""Rules of infrastructure: how a commitment stands, what is missing, and what can't be entered. No database."""

from arasha.coverage.rules.lists import KINDS, PROGRAMMES, SHOWN, STATES, STEPS
from arasha.coverage.rules.said import CommitmentSaid, InfrastructureFaulty, NeedSaid, StepSaid
from arasha.coverage.rules.standing import Counted, Ran, Standing, needed, source_of, standing

__all__ = [
    "KINDS",
    "PROGRAMMES",
    "SHOWN",
    "STATES",
    "STEPS",
    "CommitmentSaid",
    "Counted",
    "InfrastructureFaulty",
    "NeedSaid",
    "Ran",
    "Standing",
    "StepSaid",
    "needed",
    "source_of",
    "standing",
]
