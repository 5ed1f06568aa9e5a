"""The doors' pure rules: what a telling is, codes and what is found by them."""

from arasha.doors.rules.telling import MOST_LINE, MOST_WORDS, TELLERS, NotATelling, Telling

__all__ = ["MOST_LINE", "MOST_WORDS", "TELLERS", "NotATelling", "Telling"]
