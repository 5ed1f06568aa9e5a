"""What access decides without a database: actors, facets, parts, and the SQL of a table's protection."""

from arasha.kernel.access.rules.actor import Actor
from arasha.kernel.access.rules.errors import (
    Conflict,
    NeedsTwo,
    NoContext,
    NotThere,
    NotValid,
    Refused,
    from_database,
)
from arasha.kernel.access.rules.facets import FACETS, ORDINARY, PARTS, SEALED, Facet, mask
from arasha.kernel.access.rules.keys import padded, proof, token_hash
from arasha.kernel.access.rules.protection import (
    context_security,
    definer_all,
    definer_function,
    reads_system_first,
    row_security,
    system_first,
)
from arasha.kernel.journal.rules import SEALED_TABLES

__all__ = [
    "FACETS",
    "ORDINARY",
    "PARTS",
    "SEALED",
    "Actor",
    "Conflict",
    "Facet",
    "NeedsTwo",
    "NoContext",
    "NotThere",
    "NotValid",
    "Refused",
    "context_security",
    "definer_all",
    "definer_function",
    "from_database",
    "mask",
    "padded",
    "proof",
    "reads_system_first",
    "row_security",
    "system_first",
    "token_hash",
]

# The access log is sealed beside the journal's acts; verify asks for it by name.
SEALED_TABLES["access_look"] = "id"
