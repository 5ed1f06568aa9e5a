"""What may be asked of feedback: what a number opens, what everybody reads, what a supervisor does."""

from arasha.participation.queries.reading import Line, Told, invitations, rounds, told, told_mine, told_of, words_of
from arasha.participation.queries.slips import keys, opened_by

__all__ = ["Line", "Told", "invitations", "keys", "opened_by", "rounds", "told", "told_mine", "told_of", "words_of"]
