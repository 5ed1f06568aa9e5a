"""Giving out the rows of a register that were not taken, in the format in which they came."""

import io
from datetime import datetime
from pathlib import PurePath
from uuid import UUID

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.people import policy
from arasha.people.actions.registers import RegisterNotThere
from arasha.people.queries import registers as queries
from arasha.people.rules import imports


@sensitive_variables()
def give_out_rejected(*, actor: Actor, load: UUID, language: str, now: datetime) -> tuple[str, bytes]:
    """Return the name and the content of the file of rejected rows; who took it out stands in the journal.

    `language` is `kk`, `ru` or `en`. Raises RegisterNotThere, also where nothing was rejected; Unreadable.
    """
    with transaction.atomic():
        found = policy.loads_of(actor).select_related("file").filter(pk=load).first()
        faults = queries.rejected(found) if found is not None and found.file_id else {}
        if found is None or not faults:
            raise RegisterNotThere
        out, table = io.BytesIO(), queries.table_of(found)
        count = imports.write_rejected(table, faults, out, language)
        told = {"facet": Facet.OBLIGATIONS, "unit": found.unit_id, "load": str(load), "rows": count}
        with act(verb="give_out_faults", stream=dossier_stream(found.dossier_id), now=now, codes=told):
            pass
    stem = PurePath(queries.name_of(found)).stem
    return f"{stem}-{found.last_row}.{table.kind}", out.getvalue()
