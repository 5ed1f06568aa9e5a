"""The lead opens an assessment, asks units for parts, and gives a part to another unit when one has left."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from arasha.cases.models import Case
from arasha.kernel.access.actions import TeamMember, add_member, grant_facet
from arasha.kernel.access.rules import Actor, Facet, Refused
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.kernel.worktime.rules import local
from arasha.obligations.actions import raise_for
from arasha.plans import policy, queries, rules
from arasha.plans.models import Assessment, AssessmentPart

# What an adolescent wished to keep apart stays open to the unit so long after the day by which it was asked.
APART_STAYS = timedelta(days=90)
LONGEST = timedelta(days=366)


class AssessmentNotThere(LookupError):
    """There is no such assessment or case for this actor, or it is ended."""


class AssessmentOpen(Exception):
    """The case is being assessed already."""


class AskedAlready(Exception):
    """This unit was asked for this part already."""


class UnitNotAskable(ValueError):
    """The unit's function or facets do not allow this part, its body is barred, or it only oversees the file."""


class DayPast(ValueError):
    """The day has passed, or lies further ahead than a year."""


def open_assessment(
    *, actor: Actor, dossier: UUID, by_when: date, now: datetime, applied_on: date | None = None
) -> Assessment:
    """Open an assessment of the case that the actor's unit leads. `applied_on`: a written application for special
    social services came in on that day; then its review is owed, too.

    Raises AssessmentNotThere, NotAllowed, AssessmentOpen, DayPast.
    """
    _check_day(by_when, now)
    with transaction.atomic():
        case = _led(actor, dossier)
        standing = queries.assessment_of(actor, dossier)
        if standing is not None and standing.state != "ended":
            raise AssessmentOpen
        row = Assessment(id=uuid4(), dossier_id=dossier, unit_id=actor.unit_id or 0, opened_at=now, by_when=by_when)
        with act(verb="open_assessment", stream=dossier_stream(dossier), now=now, codes=_told(row)):
            row.save(force_insert=True)
        if applied_on is not None:
            _apply(actor, row, case, applied_on, now)
    return row


def note_application(*, actor: Actor, dossier: UUID, applied_on: date, now: datetime) -> Assessment:
    """Note the day on which a written application for special social services came in. Its review is owed from then.

    Raises AssessmentNotThere, NotAllowed, AskedAlready, DayPast for a day that has not come.
    """
    with transaction.atomic():
        case = _led(actor, dossier)
        row = _standing(actor, dossier)
        if row.applied_on is not None:
            raise AskedAlready
        _apply(actor, row, case, applied_on, now)
    return row


def _apply(actor: Actor, row: Assessment, case: Case, applied_on: date, now: datetime) -> None:
    today = local(now).date()
    if not today - LONGEST <= applied_on <= today:
        raise DayPast
    row.applied_on, row.review_by = applied_on, rules.review_by(applied_on)
    with act(verb="receive_application", stream=dossier_stream(row.dossier_id), now=now, codes=_told(row)):
        row.save(update_fields=["applied_on", "review_by"])
    # From the day on which it was handed in, however late that is noted.
    begins = min(rules.morning_of(applied_on), now)
    raise_for(
        actor=actor,
        dossier=row.dossier_id,
        event="receive_application",
        codes={"application": "special_social_services"},
        territory=case.territory_id,
        from_moment=begins,
        now=now,
        sealed_actor=False,
    )


def ask_part(
    *, actor: Actor, dossier: UUID, discipline: str, unit: int, by_when: date, now: datetime
) -> AssessmentPart:
    """Ask a unit for its part, by a day. A unit with a lesser part in the file, or with none, becomes a partner.

    Where the child is or may be an adolescent, the unit may keep apart what the child wishes: that is opened to it
    with the asking, whether or not anything comes of it, so that nothing says so.

    Raises AssessmentNotThere, NotAllowed, UnitNotAskable, AskedAlready, DayPast; UnknownCode for no such discipline.
    """
    wanted = rules.discipline(discipline)
    _check_day(by_when, now)
    with transaction.atomic():
        case = _led(actor, dossier)
        row = Assessment.objects.select_for_update().get(pk=_standing(actor, dossier).pk)
        found = _found(case, wanted, unit, now)
        same = AssessmentPart.objects.filter(assessment=row, discipline=discipline, unit=unit)
        if same.exclude(state="passed_on").exists():
            raise AskedAlready
        part = _part(row, wanted, unit, by_when, now)
        with act(verb="ask_part", stream=dossier_stream(dossier), now=now, codes=told_part(part)):
            _join(found, dossier)
            part.save(force_insert=True)
            _open_apart(actor, wanted, part, now)
        _tell_unit(actor, part, now)
    return part


def pass_on_part(*, actor: Actor, part: UUID, unit: int, by_when: date, now: datetime) -> AssessmentPart:
    """Ask another unit for a part in the first one's stead. What the first wrote stays for who may read its facet.

    Raises AssessmentNotThere, NotAllowed, UnitNotAskable, AskedAlready: it is done, DayPast.
    """
    _check_day(by_when, now)
    with transaction.atomic():
        before = AssessmentPart.objects.select_for_update().filter(pk=part, facet=int(Facet.OBLIGATIONS)).first()
        if before is None:
            raise AssessmentNotThere
        _led(actor, before.dossier_id)
        if before.state in {"done", "passed_on"}:
            raise AskedAlready
        if unit == before.unit_id:
            raise UnitNotAskable
        codes = told_part(before) | {"to_unit": unit}
        with act(verb="pass_on_part", stream=dossier_stream(before.dossier_id), now=now, codes=codes):
            before.state = "passed_on"
            before.save(update_fields=["state"])
        return ask_part(
            actor=actor,
            dossier=before.dossier_id,
            discipline=before.discipline,
            unit=unit,
            by_when=by_when,
            now=now,
        )


def end_assessment(*, actor: Actor, dossier: UUID, now: datetime) -> Assessment:
    """End an assessment: it stays as it is, and another can be opened. Raises AssessmentNotThere, NotAllowed."""
    with transaction.atomic():
        _led(actor, dossier)
        row = _standing(actor, dossier)
        row.state, row.ended_at = "ended", now
        with act(verb="end_assessment", stream=dossier_stream(dossier), now=now, codes=_told(row)):
            row.save(update_fields=["state", "ended_at"])
    return row


def _led(actor: Actor, dossier: UUID) -> Case:
    case = queries.case_of(actor, dossier)
    if case is None or case.state != "open":
        raise AssessmentNotThere
    if not policy.leads(actor, case):
        raise policy.NotAllowed
    return case


def _standing(actor: Actor, dossier: UUID) -> Assessment:
    row = queries.assessment_of(actor, dossier)
    if row is None or row.state == "ended":
        raise AssessmentNotThere
    return row


def _check_day(by_when: date, now: datetime) -> None:
    today = local(now).date()
    if not today <= by_when <= today + LONGEST:
        raise DayPast


def _part(row: Assessment, wanted: rules.Discipline, unit: int, by_when: date, now: datetime) -> AssessmentPart:
    part = AssessmentPart(id=uuid4(), dossier_id=row.dossier_id, facet=int(Facet.OBLIGATIONS), assessment=row)
    part.discipline, part.form, part.unit_id = wanted.code, wanted.form, unit
    part.asked_at, part.by_when = now, by_when
    return part


def _found(case: Case, wanted: rules.Discipline, unit: int, now: datetime) -> queries.Askable:
    """Return the unit to be asked: one that works on the file, else one of the directory. Raises UnitNotAskable."""
    if wanted not in rules.disciplines():
        raise UnitNotAskable
    for one in queries.askable(case.dossier_id, wanted, now):
        if one.unit.pk == unit:
            return one
    for other in queries.outside(case, wanted, now, unit=unit):
        return queries.Askable(other.unit, joins=True)
    raise UnitNotAskable


def _join(found: queries.Askable, dossier: UUID) -> None:
    if found.joins:
        add_member(dossier=dossier, member=TeamMember("partner", unit_id=found.unit.pk, reason="assessment"))


def _open_apart(actor: Actor, wanted: rules.Discipline, part: AssessmentPart, now: datetime) -> None:
    """Let the unit keep something apart, whether or not it will: a grant says nothing of what was said.

    Nobody opens a sealed facet to themselves: a lead that assesses by itself keeps nothing apart.
    """
    if not wanted.apart or part.unit_id == actor.unit_id:
        return
    if not rules.may_be_adolescent(queries.child_age(part.dossier_id, now)):
        return
    apart = queries.facet_of(rules.discipline(wanted.apart), now)
    if apart is None or not apart.sealed:
        return
    until = rules.morning_of(part.by_when) + APART_STAYS
    try:
        with transaction.atomic():
            grant_facet(
                dossier=part.dossier_id,
                facet=apart,
                until=until,
                reason="assessment",
                unit_id=part.unit_id,
                writes=True,
            )
    except Refused:
        # A unit whose function does not allow the facet keeps nothing apart; it is asked all the same.
        return


def _tell_unit(actor: Actor, part: AssessmentPart, now: datetime) -> None:
    if part.unit_id != actor.unit_id:
        link = queries.part_link(part.pk)
        notify(actor=actor, units=[part.unit_id], code="part_asked", link=link, dossier=part.dossier_id, now=now)


def _told(row: Assessment) -> dict[str, Any]:
    return {"facet": Facet.OBLIGATIONS, "unit": row.unit_id, "assessment": str(row.pk)}


def told_part(part: AssessmentPart) -> dict[str, Any]:
    """Return the codes of an act on a part: read by who sees that the part exists, and saying no more than that."""
    return {"facet": part.facet, "unit": part.unit_id, "part": str(part.pk), "discipline": part.discipline}
