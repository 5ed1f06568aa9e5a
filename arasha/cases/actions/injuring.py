"""Injuries on the figure of a body: seen on a day, seen again, struck with a reason. Nobody concludes from a colour."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.cases import queries, rules
from arasha.cases.actions.entering import acting_unit, require_writing
from arasha.cases.actions.happening import Struck
from arasha.cases.actions.leading import FileNotThere
from arasha.cases.models import CaseDocument, Incident, Injury
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.vault.actions import seal_text
from arasha.kernel.worktime.rules import local


@sensitive_variables()
def record_injury(
    *,
    actor: Actor,
    dossier: UUID,
    region: str,
    kind: str,
    healing: str,
    now: datetime,
    size: Sequence[int] = (),
    colours: Sequence[str] = (),
    seen_on: date | None = None,
    first: UUID | None = None,
    incident: UUID | None = None,
    document: UUID | None = None,
    words: str = "",
) -> Injury:
    """Write down an injury as it was seen; `first`: the same one as it was seen first, `document`: its picture.

    Raises FileNotThere, also for what is not of this file; NotYet; UnknownCode for a code of no list.
    """
    _check_codes(region, kind, healing, colours)
    day = seen_on or local(now).date()
    if day > local(now).date():
        raise rules.NotYet
    with transaction.atomic():
        require_writing(actor, dossier, Facet.HEALTH)
        _require_of_file(dossier, first, incident, document)
        told = {"facet": Facet.HEALTH, "unit": actor.unit_id}
        with act(verb="record_injury", stream=dossier_stream(dossier), now=now, codes=told):
            row = Injury(id=uuid4(), dossier_id=dossier, region=region, kind=kind, healing=healing)
            row.first_id = queries.first_of(dossier, first)
            row.incident_id, row.document_id = incident, document
            row.length_mm, row.width_mm = (*size, None, None)[:2]
            row.colours, row.seen_on, row.recorded_at = list(dict.fromkeys(colours)), day, now
            row.unit_id = acting_unit(actor)
            if words.strip():
                place = queries.place(dossier, Facet.HEALTH, "cases_injury")
                row.sealed = seal_text(words.strip(), row=row.pk, **place)
            row.save(force_insert=True)
    return row


def _check_codes(region: str, kind: str, healing: str, colours: Sequence[str]) -> None:
    rules.REGIONS[region], rules.INJURY_KINDS[kind], rules.HEALING[healing]
    for colour in colours:
        rules.COLOURS[colour]


def _require_of_file(dossier: UUID, first: UUID | None, incident: UUID | None, document: UUID | None) -> None:
    for model, key in ((Injury, first), (Incident, incident), (CaseDocument, document)):
        if key is not None and not model.objects.filter(pk=key, dossier=dossier).exists():
            raise FileNotThere


def strike_injury(*, actor: Actor, injury: UUID, reason: str, now: datetime) -> Injury:
    """Strike an injury that was written down in error, with the reason. Raises FileNotThere, Struck, UnknownCode."""
    rules.STRIKE_REASONS[reason]
    with transaction.atomic():
        row = Injury.objects.select_for_update(of=("self",)).filter(pk=injury).first()
        if row is None:
            raise FileNotThere
        require_writing(actor, row.dossier_id, Facet.HEALTH)
        if row.struck_at is not None:
            raise Struck
        told = {"facet": Facet.HEALTH, "unit": actor.unit_id, "reason": reason}
        with act(verb="strike_injury", stream=dossier_stream(row.dossier_id), now=now, codes=told):
            row.struck_at, row.strike_reason = now, reason
            row.save(update_fields=["struck_at", "strike_reason"])
    return row
