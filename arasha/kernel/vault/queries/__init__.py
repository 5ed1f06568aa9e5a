"""Everything that the vault opens."""

from arasha.kernel.vault.queries.files import attachment_headers, file_name, open_file, received_sha256, scope_of
from arasha.kernel.vault.queries.places import check_places
from arasha.kernel.vault.queries.text import lookup_key, open_bytes, open_many, open_text

__all__ = [
    "attachment_headers",
    "check_places",
    "file_name",
    "lookup_key",
    "open_bytes",
    "open_file",
    "open_many",
    "open_text",
    "received_sha256",
    "scope_of",
]
