"""How a register of another body is read: opened, its columns known, its rows understood, its errors given back."""

from arasha.people.rules.imports.columns import (
    Mapping,
    MappingFault,
    Recognised,
    mapping_fits,
    placed,
    recognise,
    style_of,
)
from arasha.people.rules.imports.dates import DateFault, Order, StyleFound, find_style, read_birth
from arasha.people.rules.imports.encodings import KNOWN as ENCODINGS
from arasha.people.rules.imports.faults import RowFault, Severity, Unreadable, row_faults, words_for
from arasha.people.rules.imports.headings import Field
from arasha.people.rules.imports.reading import open_table
from arasha.people.rules.imports.rows import Said, fingerprint, read_row, row_key
from arasha.people.rules.imports.table import Row, Table
from arasha.people.rules.imports.writing import write_rejected

__all__ = [
    "ENCODINGS",
    "DateFault",
    "Field",
    "Mapping",
    "MappingFault",
    "Order",
    "Recognised",
    "Row",
    "RowFault",
    "Said",
    "Severity",
    "StyleFound",
    "Table",
    "Unreadable",
    "find_style",
    "fingerprint",
    "mapping_fits",
    "open_table",
    "placed",
    "read_birth",
    "read_row",
    "recognise",
    "row_faults",
    "row_key",
    "style_of",
    "words_for",
    "write_rejected",
]
