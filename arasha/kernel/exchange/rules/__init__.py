"""What the exchange with other systems decides without a database."""

from arasha.kernel.exchange.rules.bodies import MOST_BYTES, NotJson, TooLarge, read_json
from arasha.kernel.exchange.rules.cursors import CursorInvalid, open_cursor, seal_cursor
from arasha.kernel.exchange.rules.problems import FieldError, Problem, field_words, problems
from arasha.kernel.exchange.rules.scopes import (
    MEET_OBLIGATIONS,
    NOT_FOR_ACCOUNTS,
    READ_DIRECTORY,
    READ_OBLIGATIONS,
    SCOPES,
    SIGNAL_STATE,
    TELL_CALLS,
    WEBHOOKS,
    WRITE_REGISTERS,
    WRITE_SIGNALS,
)

__all__ = [
    "MEET_OBLIGATIONS",
    "MOST_BYTES",
    "NOT_FOR_ACCOUNTS",
    "READ_DIRECTORY",
    "READ_OBLIGATIONS",
    "SCOPES",
    "SIGNAL_STATE",
    "TELL_CALLS",
    "WEBHOOKS",
    "WRITE_REGISTERS",
    "WRITE_SIGNALS",
    "CursorInvalid",
    "FieldError",
    "NotJson",
    "Problem",
    "TooLarge",
    "field_words",
    "open_cursor",
    "problems",
    "read_json",
    "seal_cursor",
]
