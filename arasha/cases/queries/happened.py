"""What happened, as far as the reader's facets reach: incidents with their acts, words and people, and their counts."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from arasha.cases import rules
from arasha.cases.models import (
    Incident,
    IncidentAct,
    IncidentPerson,
    IncidentText,
    IncidentVersion,
    ViolenceForm,
    ViolenceMapping,
)
from arasha.cases.queries.frame import place
from arasha.kernel.access.queries import may_write
from arasha.kernel.access.rules import Facet
from arasha.kernel.vault.queries import open_many
from arasha.kernel.vault.rules import Sealed
from arasha.kernel.worktime.rules import local
from arasha.people.models import Allegation, Person

TEXTS = "cases_incidenttext"


@dataclass(frozen=True)
class Happened:
    """An incident as one of its versions tells it. `words` and `place`: None where they were lawfully erased."""

    row: Incident
    version: IncidentVersion
    forms: list[ViolenceForm]
    spell: rules.Spell
    place: str | None = ""
    words: str | None = ""
    people: list[IncidentPerson] = field(default_factory=list)


@dataclass(frozen=True)
class Counted:
    """How many incidents of a code, a year and a setting surely were, may have been, and are said to have begun then.

    Each incident begins once, in the year that somebody named, or in None where nobody knows.
    """

    surely: Counter[tuple[str, int, str]]
    possibly: Counter[tuple[str, int, str]]
    began: Counter[tuple[str, int | None, str]]


def facet_for_incident_words(dossier: UUID) -> Facet:
    """Return under which facet an incident's words go: the narrative's, or that of its codes."""
    return Facet.NARRATIVE if may_write(dossier, Facet.NARRATIVE) else Facet.CONCERN


def forms_listed(scheme: str = rules.WORKING) -> list[ViolenceForm]:
    """Return the forms of violence of a list as it stands, each heading before its forms."""
    rows = ViolenceForm.objects.filter(scheme=scheme, valid_to=None)
    return sorted(rows, key=lambda row: (row.parent or row.code, bool(row.parent), row.code))


def forms_standing(keys: Iterable[str]) -> set[str]:
    """Return which of these versions of forms stand now and are no heading."""
    standing = ViolenceForm.objects.filter(pk__in=set(keys), valid_to=None).exclude(parent="")
    return set(standing.values_list("pk", flat=True))


def mapped(working: Iterable[str], scheme: str, on: date) -> dict[str, list[str]]:
    """Return what working codes are called in another list on a day, one to many."""
    rows = ViolenceMapping.objects.filter(working__in=set(working), scheme=scheme, valid_from__lte=on)
    found: dict[str, list[str]] = {}
    for row in rows.order_by("target"):
        if row.valid_to is None or row.valid_to > on:
            found.setdefault(row.working, []).append(row.target)
    return found


def of_file(dossier: UUID, *, allegation_id: UUID | None = None, person_id: UUID | None = None) -> bool:
    """Say whether an allegation, or a person, stands in the file and may be known by the reader."""
    if allegation_id is not None:
        return Allegation.objects.filter(pk=allegation_id, dossier=dossier, ended_at=None).exists()
    return person_id is not None and Person.objects.filter(pk=person_id, dossier=dossier, ended_at=None).exists()


def incidents_of(dossier: UUID, *, struck: bool = True) -> list[Happened]:
    """Return a file's incidents as they are known now, by when they began; those of unknown beginning last.

    Of any number of incidents it asks the same few questions.
    """
    rows = Incident.objects.filter(dossier=dossier).select_related("unit", "struck_by")
    incidents = {row.pk: row for row in (rows if struck else rows.filter(struck_at=None))}
    versions = [
        version
        for version in IncidentVersion.objects.filter(dossier=dossier).select_related("unit")
        if version.incident_id in incidents and version.number == incidents[version.incident_id].number
    ]
    found = _told(incidents, versions)
    return sorted(found, key=lambda one: (one.version.since is None, one.version.since, one.row.recorded_at))


def incident_of(dossier: UUID, pk: UUID) -> list[Happened]:
    """Return an incident in all its versions, the newest first; nothing when it is not there for the reader."""
    row = Incident.objects.filter(dossier=dossier, pk=pk).select_related("unit", "struck_by").first()
    if row is None:
        return []
    versions = IncidentVersion.objects.filter(incident=row).select_related("unit").order_by("-number")
    return _told({row.pk: row}, list(versions))


def _told(incidents: dict[UUID, Incident], versions: Sequence[IncidentVersion]) -> list[Happened]:
    forms: dict[UUID, list[ViolenceForm]] = {}
    for act in _acts(versions):
        forms.setdefault(act.version_id, []).append(act.form)
    words = _words(versions)
    people: dict[UUID, list[IncidentPerson]] = {}
    links = IncidentPerson.objects.filter(incident__in=incidents, ended_at=None).order_by("linked_at", "id")
    for link in links.select_related("allegation", "person"):
        people.setdefault(link.incident_id, []).append(link)
    return [
        Happened(
            incidents[one.incident_id],
            one,
            forms.get(one.pk, []),
            spell_of(one),
            **words.get(one.pk, {}),
            people=people.get(one.incident_id, []),
        )
        for one in versions
    ]


def _acts(versions: Sequence[IncidentVersion]) -> QuerySet[IncidentAct]:
    rows = IncidentAct.objects.filter(version__in=[one.pk for one in versions])
    return rows.select_related("form").order_by("form_id")


def _words(versions: Sequence[IncidentVersion]) -> dict[UUID, dict[str, str | None]]:
    """Return the words that stood when a version did: those of it or of the newest before it, under each facet.

    Who may not write narratives changes codes, and what others wrote there stays.
    """
    incidents = {one.incident_id for one in versions}
    rows = list(IncidentText.objects.filter(version__incident__in=incidents).select_related("version"))
    sealed = [
        Sealed(bytes(text.sealed), row=str(text.pk), **place(text.dossier_id, Facet(text.facet), TEXTS))
        for text in rows
    ]
    texts = sorted(zip(rows, open_many(sealed), strict=True), key=lambda pair: pair[0].version.number)
    found: dict[UUID, dict[str, str | None]] = {}
    for version in versions:
        standing = {
            text.facet: opened
            for text, opened in texts
            if text.version.incident_id == version.incident_id and text.version.number <= version.number
        }
        if standing:
            found[version.pk] = _joined([opened for _facet, opened in sorted(standing.items(), reverse=True)])
    return found


def _joined(opened: Sequence[str | None]) -> dict[str, str | None]:
    said = [json.loads(text) for text in opened if text is not None]
    if not said:
        return {"place": None, "words": None}
    return {name: "\n".join(one[name] for one in said if one[name]) for name in ("place", "words")}


def spell_of(version: IncidentVersion) -> rules.Spell:
    """Return between which days a version says that it was; nobody knew of days after it was written down."""
    known = local(version.recorded_at).date()
    since = rules.Point(version.since, version.since_precision)
    if rules.FREQUENCIES[version.frequency].more["shape"] == rules.EVENT:
        return rules.event(since, known)
    until = rules.Point(version.until, version.until_precision)
    return rules.pattern(since, until, known, goes_on=version.goes_on)


def incident_counts(first: int, last: int, *, dossiers: Sequence[UUID] | None = None) -> Counted:
    """Count incidents by form, year (between two, both included) and setting, of the files that the reader may read.

    An act that occurs with others counts by each of its forms. What was struck is not counted. Counts of few children
    point at them: whoever shows these figures to others suppresses small numbers.
    """
    counted = Counted(Counter(), Counter(), Counter())
    rows = IncidentVersion.objects.filter(incident__struck_at=None).select_related("incident")
    rows = rows if dossiers is None else rows.filter(dossier__in=dossiers)
    versions = {one.pk: one for one in rows if one.number == one.incident.number}
    for act in _acts(list(versions.values())):
        version = versions[act.version_id]
        code, setting, spell = act.form.code, version.setting, spell_of(version)
        began = version.since.year if version.since else None
        if began is None or first <= began <= last:
            counted.began[code, began, setting] += 1
        for year in range(first, last + 1):
            counted.surely[code, year, setting] += spell.surely_in(year)
            counted.possibly[code, year, setting] += spell.possibly_in(year)
    return Counted(+counted.surely, +counted.possibly, counted.began)
