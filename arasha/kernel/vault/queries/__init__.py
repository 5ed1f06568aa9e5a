"""Everything that the vault opens."""

from arasha.kernel.vault.queries.places import check_places
from arasha.kernel.vault.queries.text import lookup_key, open_bytes, open_many, open_text

__all__ = ["check_places", "lookup_key", "open_bytes", "open_many", "open_text"]
