"""Opening kept files. They leave as attachments, never as pages."""

from collections.abc import Iterator

from django.utils.http import content_disposition_header

from arasha.kernel.vault.keystore import custody, shelf
from arasha.kernel.vault.keystore.shelf import ORIGINAL, SERVED
from arasha.kernel.vault.models import KeptFile
from arasha.kernel.vault.queries.text import open_bytes, open_text
from arasha.kernel.vault.rules import Place, Scope, facet_code
from arasha.kernel.vault.rules.chunks import open_stream

TABLE = "vault_keptfile"


def scope_of(kept: KeptFile) -> Scope:
    """Return the scope whose key a file is sealed under."""
    return Scope("dossier", kept.dossier_id, facet_code(kept.facet))


def open_file(kept: KeptFile, *, original: bool = False) -> Iterator[bytes]:
    """Return a file's content in pieces, each proven before it is given out.

    `original`: as it was received (evidence), for pictures with all their metadata. Key and file are looked up
    at once: raises KeyErased, FileLost and what `open_bytes` raises before the first piece; SealBroken at any.
    """
    copy = ORIGINAL if original and kept.reencoded else SERVED
    scope = scope_of(kept)
    key = custody().key(scope)
    file = shelf().open(kept.id, copy)

    def pieces() -> Iterator[bytes]:
        with file:
            yield from open_stream(key, file.read, Place(scope, TABLE, copy, kept.id))

    return pieces()


def file_name(kept: KeptFile) -> str:
    """Return the name that the file came with."""
    return open_text(kept.sealed_name, scope=scope_of(kept), table=TABLE, column="sealed_name", row=kept.id)


def received_sha256(kept: KeptFile) -> bytes:
    """Return the SHA-256 of what was received, for proving that the evidence is unchanged."""
    return open_bytes(kept.sealed_sha256, scope=scope_of(kept), table=TABLE, column="sealed_sha256", row=kept.id)


def attachment_headers(kept: KeptFile) -> dict[str, str]:
    """Return the headers with which a kept file leaves: saved by the browser, never shown or run."""
    return {
        "Content-Type": kept.content_type,
        "Content-Disposition": content_disposition_header(True, file_name(kept)) or "attachment",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
