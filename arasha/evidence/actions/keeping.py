"""Keeping what somebody sent: the original sealed for investigators, a clean copy for who helps."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.views.decorators.debug import sensitive_variables

from arasha.evidence import policy, rules
from arasha.evidence.actions.handing import hand_over_one
from arasha.evidence.actions.lines import add_line
from arasha.evidence.models import Exhibit
from arasha.kernel.access.models import Dossier
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.kernel.vault.actions import Received, keep_as_received, keep_copy, remove_kept
from arasha.kernel.vault.models import KeptFile
from arasha.kernel.vault.queries import open_file
from arasha.kernel.vault.rules import FileRefused, Scope

# A copy is drawn in memory: what is larger is kept as an original alone. Films are never copied.
MOST_COPIED = 25_000_000


@sensitive_variables()
def keep_evidence(
    *,
    actor: Actor,
    dossier: UUID,
    pieces: Iterable[bytes],
    name: str,
    intimate: bool,
    received_at: datetime,
    now: datetime,
) -> Exhibit:
    """Keep a file that was sent for a dossier, whatever it is, and begin its custody record.

    An intimate picture gets no copy and goes to the investigator at once. Raises NotAllowed for all but the clock's
    work; FileRefused `scanner` when the scanner does not answer: then nothing is kept and it is tried again.
    """
    if not policy.may_keep(actor):
        raise policy.NotAllowed
    scope = Scope("dossier", dossier, rules.ORIGINAL.name.lower())
    with transaction.atomic():
        file = Dossier.objects.get(pk=dossier)
        received = keep_as_received(pieces, scope=scope, name=name, now=now)
        copy: KeptFile | None = None
        try:
            copy, why = (None, "intimate") if intimate else _copied(received, dossier, now)
            codes = {"facet": rules.COPY, "kind": rules.kind_of(received.row.content_type)}
            with act(verb="keep_evidence", stream=dossier_stream(dossier), now=now, codes=codes, sealed_actor=True):
                row = _exhibit(received, copy, why)
                row.received_at, row.intimate, row.marked_at = received_at, intimate, now if intimate else None
                _written(actor, row, received.row, now)
                if intimate:
                    hand_over_one(actor, row, file.territory_id, now)
                units = [unit for unit in [file.lead_unit_id] if unit]
                link = f"/evidence/{dossier}/"
                notify(actor=actor, units=units, code="file_came", link=link, dossier=dossier, now=now)
        except BaseException:
            for kept in filter(None, (received.row, copy)):
                remove_kept(kept.pk)
            raise
    return row


def _copied(received: Received, dossier: UUID, now: datetime) -> tuple[KeptFile | None, str]:
    """Return the copy, or why there is none: nobody looks at what a scanner called harmful."""
    if received.scanned == "infected":
        return None, "infected"
    if received.kind is None or received.row.size > MOST_COPIED or received.kind.content_type.startswith("video/"):
        return None, "kind"
    scope = Scope("dossier", dossier, rules.COPY.name.lower())
    try:
        content = b"".join(open_file(received.row))
        return keep_copy(content, received, scope=scope, name=f"arasha-{received.row.pk.hex[:8]}", now=now), ""
    except FileRefused as refused:
        return None, refused.code


def _written(actor: Actor, row: Exhibit, original: KeptFile, now: datetime) -> None:
    """Write the original's row, the copy's, the file's own and its first lines."""
    given: list[Any] = [original.pk, original.dossier_id, original.content_type, original.size, original.sealed_name]
    given += [original.sealed_sha256, original.scanned, original.created_at]
    with connection.cursor() as cursor:
        cursor.execute("SELECT evidence.keep_original(%s, %s, %s, %s, %s, %s, %s, %s)", given)
    if row.copy is not None:
        row.copy.save(force_insert=True)
    row.save(force_insert=True)
    _first_lines(actor, row, now)


def _exhibit(received: Received, copy: KeptFile | None, why: str) -> Exhibit:
    """Return the row, unsaved; the act holds the dossier's stream, so that no two get one number."""
    original = received.row
    number = Exhibit.objects.filter(dossier=original.dossier_id).count() + 1
    row = Exhibit(id=uuid4(), dossier_id=original.dossier_id, number=number, original_id=original.pk, copy=copy)
    row.kind, row.content_type, row.size = rules.kind_of(original.content_type), original.content_type, original.size
    row.scanned, row.warning, row.no_copy = received.scanned, received.warning, why
    return row


def _first_lines(actor: Actor, row: Exhibit, now: datetime) -> None:
    add_line(actor, row, "received", row.received_at)
    add_line(actor, row, "sealed", now)
    add_line(actor, row, "scanned", now, row.scanned)
    if row.intimate:
        add_line(actor, row, "marked", now, "by_teller")
    add_line(actor, row, "not_copied" if row.no_copy else "copied", now, row.no_copy)
