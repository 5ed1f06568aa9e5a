"""The directory as one flat table, a row an offering: read, compared, given out, given back."""

from arasha.services.rules.exchange.cells import Places
from arasha.services.rules.exchange.rows import HIDDEN, PROVIDER, SITE, Entry, differing, read, texts
from arasha.services.rules.exchange.tables import (
    Table,
    Understood,
    given_back,
    headings,
    is_note,
    template,
    understood,
)

__all__ = [
    "HIDDEN",
    "PROVIDER",
    "SITE",
    "Entry",
    "Places",
    "Table",
    "Understood",
    "differing",
    "given_back",
    "headings",
    "is_note",
    "read",
    "template",
    "texts",
    "understood",
]
