"""What happened: an incident is written down, known better later, struck with a reason; nothing is removed."""

import json
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.views.decorators.debug import sensitive_variables

from arasha.cases import queries, rules
from arasha.cases.actions.entering import acting_unit, require_writing
from arasha.cases.actions.leading import FileNotThere
from arasha.cases.models import Incident, IncidentAct, IncidentPerson, IncidentText, IncidentVersion
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.vault.actions import seal_text
from arasha.kernel.worktime.rules import local

TEXTS = "cases_incidenttext"


class ChangedMeanwhile(Exception):
    """A colleague changed it since it was shown; nothing was changed now."""


class Struck(Exception):
    """It was struck before; nothing was changed."""


class FormUnknown(ValueError):
    """A form of violence that no list holds, or no list that stands now."""


@sensitive_variables()
def record_incident(
    *, actor: Actor, dossier: UUID, said: rules.SaidIncident, now: datetime, key: UUID | None = None
) -> Incident:
    """Write down what happened, once, or as a pattern. `key`: the same one again writes nothing twice.

    Raises FileNotThere, NotYet, EndsTooEarly, FormUnknown.
    """
    rules.check_times(said.since, said.until, local(now).date(), goes_on=said.goes_on)
    wanted = key or uuid4()
    try:
        return _recorded(actor, dossier, said, wanted, now)
    except IntegrityError:
        # The same form came twice at once, and the other was first.
        known = Incident.objects.filter(pk=wanted, dossier=dossier).first()
        if known is None:
            raise FileNotThere from None
        return known


def _recorded(actor: Actor, dossier: UUID, said: rules.SaidIncident, key: UUID, now: datetime) -> Incident:
    with transaction.atomic():
        require_writing(actor, dossier, Facet.CONCERN)
        known = Incident.objects.filter(pk=key, dossier=dossier).first()
        if known is not None:
            return known
        _check_forms(said, kept=())
        told = {"facet": Facet.CONCERN, "unit": actor.unit_id, "setting": said.setting, "count": len(set(said.forms))}
        with act(verb="record_incident", stream=dossier_stream(dossier), now=now, codes=told):
            incident = Incident(id=key, dossier_id=dossier, recorded_at=now, unit_id=acting_unit(actor))
            incident.save(force_insert=True)
            _put_version(actor, incident, said, now)
    return incident


@sensitive_variables()
def change_incident(
    *, actor: Actor, incident: UUID, seen: int, said: rules.SaidIncident, now: datetime
) -> IncidentVersion:
    """Write down what is known better now, as a new version; `seen`: the number of the version that was shown.

    A form of violence that a list no longer holds may stay where it stood.
    Raises FileNotThere, ChangedMeanwhile, Struck, NotYet, EndsTooEarly, FormUnknown.
    """
    rules.check_times(said.since, said.until, local(now).date(), goes_on=said.goes_on)
    with transaction.atomic():
        row = _locked(actor, incident)
        if row.number != seen:
            raise ChangedMeanwhile
        kept = IncidentAct.objects.filter(version__incident=row).values_list("form_id", flat=True)
        _check_forms(said, kept=kept)
        told = {"facet": Facet.CONCERN, "unit": actor.unit_id, "setting": said.setting, "count": len(set(said.forms))}
        with act(verb="change_incident", stream=dossier_stream(row.dossier_id), now=now, codes=told):
            row.number += 1
            row.save(update_fields=["number"])
            return _put_version(actor, row, said, now)


def strike_incident(*, actor: Actor, incident: UUID, reason: str, now: datetime) -> Incident:
    """Strike an incident, with the reason; it stays to be read and is counted no more.

    Raises FileNotThere, Struck; UnknownCode for a reason of no list.
    """
    rules.STRIKE_REASONS[reason]
    with transaction.atomic():
        row = _locked(actor, incident)
        told = {"facet": Facet.CONCERN, "unit": actor.unit_id, "reason": reason}
        with act(verb="strike_incident", stream=dossier_stream(row.dossier_id), now=now, codes=told):
            row.struck_at, row.strike_reason, row.struck_by_id = now, reason, acting_unit(actor)
            row.save(update_fields=["struck_at", "strike_reason", "struck_by"])
    return row


def link_suspect(*, actor: Actor, incident: UUID, allegation: UUID, now: datetime) -> IncidentPerson:
    """Say that an allegation of the file is about this incident; the same again changes nothing.

    Raises FileNotThere, also for an allegation that is not there for the actor; Struck.
    """
    return _link(actor, incident, "suspect", Facet.JUSTICE, now, allegation_id=allegation)


def link_person(*, actor: Actor, incident: UUID, person: UUID, part: str, now: datetime) -> IncidentPerson:
    """Say that somebody of the file saw an incident (`witness`) or was harmed in it too (`harmed`).

    Raises FileNotThere, Struck; CodeDoesNotFit for another part.
    """
    if part not in {"witness", "harmed"}:
        raise rules.CodeDoesNotFit(part)
    return _link(actor, incident, part, Facet.IDENTITY, now, person_id=person)


def end_link(*, actor: Actor, link: UUID, now: datetime) -> IncidentPerson:
    """Take back that somebody had to do with an incident; the record of it stays. Raises FileNotThere."""
    with transaction.atomic():
        row = IncidentPerson.objects.select_for_update(of=("self",)).filter(pk=link, ended_at=None).first()
        if row is None:
            raise FileNotThere
        facet = Facet(row.facet)
        require_writing(actor, row.dossier_id, facet)
        told = {"facet": facet, "unit": actor.unit_id}
        with act(verb="end_incident_link", stream=dossier_stream(row.dossier_id), now=now, codes=told):
            row.ended_at = now
            row.save(update_fields=["ended_at"])
    return row


def _link(actor: Actor, incident: UUID, part: str, facet: Facet, now: datetime, **who: UUID) -> IncidentPerson:
    with transaction.atomic():
        row = Incident.objects.select_for_update(of=("self",)).filter(pk=incident).first()
        if row is None:
            raise FileNotThere
        require_writing(actor, row.dossier_id, facet)
        if row.struck_at is not None:
            raise Struck
        if not queries.of_file(row.dossier_id, **who):
            raise FileNotThere
        known = IncidentPerson.objects.filter(incident=row, part=part, ended_at=None, **who).first()
        if known is not None:
            return known
        told = {"facet": facet, "unit": actor.unit_id, "part": part}
        with act(verb="link_to_incident", stream=dossier_stream(row.dossier_id), now=now, codes=told):
            link = IncidentPerson(id=uuid4(), dossier_id=row.dossier_id, facet=int(facet), incident=row, part=part)
            for name, value in who.items():
                setattr(link, name, value)
            link.linked_at, link.unit_id = now, acting_unit(actor)
            link.save(force_insert=True)
    return link


def _locked(actor: Actor, incident: UUID) -> Incident:
    row = Incident.objects.select_for_update(of=("self",)).filter(pk=incident).first()
    if row is None:
        raise FileNotThere
    require_writing(actor, row.dossier_id, Facet.CONCERN)
    if row.struck_at is not None:
        raise Struck
    return row


def _check_forms(said: rules.SaidIncident, kept: object) -> None:
    wanted = set(said.forms) - set(kept)  # type: ignore[call-overload]  # keys of any iterable
    if wanted - queries.forms_standing(wanted):
        raise FormUnknown


def _put_version(actor: Actor, incident: Incident, said: rules.SaidIncident, now: datetime) -> IncidentVersion:
    version = IncidentVersion(id=uuid4(), dossier_id=incident.dossier_id, incident=incident, number=incident.number)
    version.frequency, version.setting, version.goes_on = said.frequency, said.setting, said.goes_on
    version.since, version.since_precision = said.since.day, said.since.precision
    version.until, version.until_precision = said.until.day, said.until.precision
    version.territory_id, version.relations, version.present = said.territory, list(said.relations), list(said.present)
    version.platform, version.material, version.still_online = said.platform, said.material, said.still_online
    version.recorded_at, version.unit_id = now, acting_unit(actor)
    version.save(force_insert=True)
    IncidentAct.objects.bulk_create(
        [IncidentAct(dossier_id=incident.dossier_id, version=version, form_id=form) for form in sorted(set(said.forms))]
    )
    _seal(version, said)
    return version


def _seal(version: IncidentVersion, said: rules.SaidIncident) -> None:
    words = {"place": said.place.strip(), "words": said.words.strip()}
    row, facet = uuid4(), queries.facet_for_incident_words(version.dossier_id)
    # Empty words take away those before them, by who may read them; a first version without words needs none.
    if not any(words.values()) and (version.number == 1 or facet != Facet.NARRATIVE):
        return
    sealed = seal_text(json.dumps(words), row=row, **queries.place(version.dossier_id, facet, TEXTS))
    text = IncidentText(id=row, dossier_id=version.dossier_id, facet=int(facet), version=version, sealed=sealed)
    text.save(force_insert=True)
