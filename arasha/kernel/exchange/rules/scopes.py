"""What an account of another system may be allowed: each scope opens one thing, and none opens a sealed facet."""

from typing import Final

from arasha.kernel.access.rules import Facet, mask

WRITE_SIGNALS: Final = "signals:write"
SIGNAL_STATE: Final = "signals:state"
READ_OBLIGATIONS: Final = "obligations:read"
MEET_OBLIGATIONS: Final = "obligations:meet"
WEBHOOKS: Final = "webhooks"
SCOPES: Final = [WRITE_SIGNALS, SIGNAL_STATE, READ_OBLIGATIONS, MEET_OBLIGATIONS, WEBHOOKS]

# What a scope lets the account read and write of a file, in the application; `exchange.masks` says it in the database.
READS: Final = {READ_OBLIGATIONS: mask(Facet.OBLIGATIONS), MEET_OBLIGATIONS: mask(Facet.OBLIGATIONS)}
WRITES: Final = {MEET_OBLIGATIONS: mask(Facet.OBLIGATIONS)}

# Functions that people alone have: they arrange, adopt or watch over others.
NOT_FOR_ACCOUNTS: Final = frozenset({"administration", "ombudsperson", "coordination_nation"})
# Telling leaves no trace of use: a day with a single report would name who told.
UNNOTED: Final = frozenset({WRITE_SIGNALS, SIGNAL_STATE})
