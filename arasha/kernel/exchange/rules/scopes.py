"""What an account of another system may be allowed: each scope opens one thing, and none opens a sealed facet."""

from typing import Final

from arasha.kernel.access.rules import Facet, mask

WRITE_SIGNALS: Final = "signals:write"
SIGNAL_STATE: Final = "signals:state"
READ_OBLIGATIONS: Final = "obligations:read"
MEET_OBLIGATIONS: Final = "obligations:meet"
WRITE_REGISTERS: Final = "registers:write"
TELL_CALLS: Final = "helpline:calls"
READ_DIRECTORY: Final = "directory:read"
WEBHOOKS: Final = "webhooks"
SCOPES: Final = [
    WRITE_SIGNALS,
    SIGNAL_STATE,
    READ_OBLIGATIONS,
    MEET_OBLIGATIONS,
    WRITE_REGISTERS,
    TELL_CALLS,
    READ_DIRECTORY,
    WEBHOOKS,
]

# What a scope lets the account read and write of a file, in the application; `exchange.masks` says it in the database.
# The intake of a register lies under the same facet; its people's own facets stay closed to every account.
OBLIGATIONS: Final = mask(Facet.OBLIGATIONS)
READS: Final = {READ_OBLIGATIONS: OBLIGATIONS, MEET_OBLIGATIONS: OBLIGATIONS, WRITE_REGISTERS: OBLIGATIONS}
WRITES: Final = {MEET_OBLIGATIONS: OBLIGATIONS, WRITE_REGISTERS: OBLIGATIONS}

# Functions that people alone have: they arrange, adopt or watch over others.
NOT_FOR_ACCOUNTS: Final = frozenset({"administration", "ombudsperson", "coordination_nation"})
# Telling leaves no trace of use: a day with a single report would name who told.
UNNOTED: Final = frozenset({WRITE_SIGNALS, SIGNAL_STATE})
