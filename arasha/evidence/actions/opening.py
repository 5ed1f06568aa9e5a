"""Opening copies and originals. Each opening is a line of the custody record before the first byte leaves."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from arasha.evidence import policy, rules
from arasha.evidence.actions.lines import NotThere, add_line
from arasha.evidence.models import Exhibit
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.vault.models import KeptFile
from arasha.kernel.vault.queries import open_file, received_sha256
from arasha.kernel.vault.rules import FileLost, SealBroken


@dataclass(frozen=True, slots=True)
class Opened:
    """An original that leaves, and whether it is what was received, byte for byte."""

    kept: KeptFile
    unchanged: bool


def view_copy(*, actor: Actor, exhibit: UUID, now: datetime) -> Exhibit:
    """Note that a copy is shown on a page, and return its file. Raises NotThere."""
    return _copy(actor, exhibit, "viewed", now)


def take_copy(*, actor: Actor, exhibit: UUID, now: datetime) -> Exhibit:
    """Note that a copy is downloaded, and return its file. Raises NotThere."""
    return _copy(actor, exhibit, "taken", now)


def open_original(*, actor: Actor, exhibit: UUID, now: datetime, export: bool = True) -> Opened:
    """Check an original against the hash of what was received and note it; `export`: it leaves, if it is unchanged.

    Raises NotThere for who was not given it; KeyErased, StoreUnavailable and other VaultErrors of keys.
    """
    with transaction.atomic():
        row = Exhibit.objects.filter(pk=exhibit).select_related("original").first()
        if row is None or not policy.may_open_originals(actor, row.dossier_id):
            raise NotThere
        unchanged = _is_unchanged(row.original)
        leaves = export and unchanged
        codes = {"facet": rules.COPY, "unit": actor.unit_id}
        verb = "export_original" if leaves else "verify_original"
        with act(verb=verb, stream=dossier_stream(row.dossier_id), now=now, codes=codes):
            add_line(actor, row, "exported" if leaves else "verified", now, "matches" if unchanged else "differs")
    return Opened(row.original, unchanged)


def note_printed(*, actor: Actor, exhibit: UUID, now: datetime) -> None:
    """Note that the custody record is printed. Raises NotThere for who may not open the original."""
    with transaction.atomic():
        row = Exhibit.objects.filter(pk=exhibit).first()
        if row is None or not policy.may_open_originals(actor, row.dossier_id):
            raise NotThere
        codes = {"facet": rules.COPY, "unit": actor.unit_id}
        with act(verb="print_custody", stream=dossier_stream(row.dossier_id), now=now, codes=codes):
            add_line(actor, row, "printed", now)


def _is_unchanged(kept: KeptFile) -> bool:
    """Say whether an original is what was received: neither its seal nor its hash differ, and it is there."""
    digest = hashlib.sha256()
    try:
        for piece in open_file(kept):
            digest.update(piece)
    except (SealBroken, FileLost):
        return False
    return hmac.compare_digest(digest.digest(), received_sha256(kept))


def _copy(actor: Actor, exhibit: UUID, what: str, now: datetime) -> Exhibit:
    with transaction.atomic():
        row = Exhibit.objects.filter(pk=exhibit, copy__isnull=False).select_related("copy").first()
        if row is None or not policy.may_see_copies(actor, row.dossier_id):
            raise NotThere
        codes = {"facet": rules.COPY, "unit": actor.unit_id}
        with act(verb="see_evidence", stream=dossier_stream(row.dossier_id), now=now, codes=codes):
            add_line(actor, row, what, now)
    return row
