"""What every write of this folder does the same way: seal words, tell a unit that it may read, or no more."""

import json
from datetime import datetime
from uuid import UUID

from django.views.decorators.debug import sensitive_variables

from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.kernel.vault.actions import seal_text
from arasha.plans.queries import lead_of
from arasha.sharing import queries
from arasha.sharing.models import Consent, Share

HOME = "/"  # a unit that reads no more finds no page of the file behind a notice


def codes(actor: Actor, row: Consent | Share) -> dict[str, object]:
    """Return the codes of an act: which unit acts, and to which one the file is lent; never whose file it is."""
    return {"facet": Facet.PLAN, "unit": actor.unit_id or row.from_unit_id, "to": row.unit_id}


@sensitive_variables()
def sealed(row: Consent | Share, **words: str) -> bytes:
    """Seal what was said with an answer or a share."""
    text = json.dumps({name: value.strip() for name, value in words.items()}, ensure_ascii=False)
    return seal_text(text, row=row.pk, **queries.place(row.dossier_id, type(row)))


def tell_lead(actor: Actor, dossier: UUID, code: str, now: datetime) -> None:
    """Tell who leads the file, unless they did it themselves."""
    lead = lead_of(dossier)
    if lead is not None and lead != actor.unit_id:
        notify(actor=actor, units=[lead], code=code, link=queries.link(dossier), dossier=dossier, now=now)


def tell_receivers(actor: Actor, rows: list[Share], now: datetime) -> None:
    """Tell the units of shares that ended that they read no further, once. Inside the act of the file, or of none."""
    for row in rows:
        with act(verb="tell_sharing_ended", stream=dossier_stream(row.dossier_id), now=now, codes=codes(actor, row)):
            row.told_at = now
            row.save(update_fields=["told_at"])
            notify(actor=actor, units=[row.unit_id], code="sharing_ended", link=HOME, dossier=row.dossier_id, now=now)
