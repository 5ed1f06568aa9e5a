"""Numbers of certificates, what may be entered of one, and the lists."""

from arasha.prevention.rules.lists import PROGRAMMES, REASONS, STATES
from arasha.prevention.rules.numbers import LENGTH, fingerprint, is_whole, new_number, shown, typed
from arasha.prevention.rules.said import CertificateFaulty, Said, check

__all__ = [
    "LENGTH",
    "PROGRAMMES",
    "REASONS",
    "STATES",
    "CertificateFaulty",
    "Said",
    "check",
    "fingerprint",
    "is_whole",
    "new_number",
    "shown",
    "typed",
]
