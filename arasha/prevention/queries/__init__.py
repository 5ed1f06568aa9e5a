"""Reads of certificates: by who issues them, and the one question that everybody may ask."""

from arasha.prevention.queries.checking import is_valid, number_key
from arasha.prevention.queries.reading import PAGE, Asked, Line, certificate, line, lines, waiting, waiting_count, waits

__all__ = [
    "PAGE",
    "Asked",
    "Line",
    "certificate",
    "is_valid",
    "line",
    "lines",
    "number_key",
    "waiting",
    "waiting_count",
    "waits",
]
