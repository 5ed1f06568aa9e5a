"""Everything that the vault opens."""

from arasha.kernel.vault.queries.copies import keys_in_use, open_copy, prove_keys
from arasha.kernel.vault.queries.files import attachment_headers, file_name, open_file, received_sha256, scope_of
from arasha.kernel.vault.queries.letters import code_key, letter_key, page_key, read_letter
from arasha.kernel.vault.queries.places import check_places
from arasha.kernel.vault.queries.text import lookup_key, open_bytes, open_many, open_text

__all__ = [
    "attachment_headers",
    "check_places",
    "code_key",
    "file_name",
    "keys_in_use",
    "letter_key",
    "lookup_key",
    "open_bytes",
    "open_copy",
    "open_file",
    "open_many",
    "open_text",
    "page_key",
    "prove_keys",
    "read_letter",
    "received_sha256",
    "scope_of",
]
