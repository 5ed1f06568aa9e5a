"""The rules of requests: who may ask, what stands in the way, what is never given."""

from arasha.releases.rules.asking import (
    ALWAYS_BLACKED,
    FEWEST,
    LONGEST,
    LONGEST_LINE,
    Asked,
    Faulty,
    consent_stands,
    for_a_child,
    hidden,
    is_of_age,
    own_copy,
)
from arasha.releases.rules.lists import APPLICANTS, BASES, BLACKED, CHECKS, CONSENTS, PARTS, REFUSALS, STATES, WAYS

__all__ = [
    "ALWAYS_BLACKED",
    "APPLICANTS",
    "BASES",
    "BLACKED",
    "CHECKS",
    "CONSENTS",
    "FEWEST",
    "LONGEST",
    "LONGEST_LINE",
    "PARTS",
    "REFUSALS",
    "STATES",
    "WAYS",
    "Asked",
    "Faulty",
    "consent_stands",
    "for_a_child",
    "hidden",
    "is_of_age",
    "own_copy",
]
