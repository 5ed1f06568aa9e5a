"""The lead sums up from needs and strengths; who took part signs; who sees it otherwise says so, and that stands."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.cases.queries import facet_for_words
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.kernel.vault.actions import seal_text
from arasha.plans import policy, queries, rules
from arasha.plans.models import Assessment, AssessmentSummary, DifferentView, SummarySignature
from arasha.questionnaires import actions as forms

LONGEST_VIEW = 10_000


class SummaryNotThere(LookupError):
    """There is no such assessment or summary for this actor, or it is ended."""


class ViewMissing(ValueError):
    """Nothing is said, or more than anybody reads."""


class NothingToSign(Exception):
    """There is no summary that the actor's unit has to sign: it took no part, or has signed this version."""


def begin_summary(*, actor: Actor, dossier: UUID, language: str, now: datetime) -> AssessmentSummary:
    """Begin the joint summary, or its next version with what the last one says; one begun before is returned.

    Raises SummaryNotThere, NotAllowed, FormNotInForce.
    """
    with transaction.atomic():
        row = _led(actor, dossier)
        known = queries.being_written(row)
        if known is not None:
            return known
        last = next(iter(queries.summaries_of(row)), None)
        if last is None:
            begun = forms.begin(actor=actor, dossier=dossier, code=rules.SUMMARY_FORM, language=language, now=now)
        else:
            try:
                begun = forms.correct(actor=actor, response=last.response_id, now=now)
            except forms.ResponseNotThere:
                raise SummaryNotThere from None
        summary = AssessmentSummary(id=uuid4(), dossier_id=dossier, assessment=row, response=begun.response)
        summary.number, summary.unit_id, summary.begun_at = (last.number if last else 0) + 1, actor.unit_id or 0, now
        with act(verb="begin_summary", stream=dossier_stream(dossier), now=now, codes=_told(summary)):
            summary.save(force_insert=True)
    return summary


@sensitive_variables()
def save_summary(
    *,
    actor: Actor,
    dossier: UUID,
    revision: int,
    at: str,
    value: Any,
    seen: str,
    now: datetime,
    copy: UUID | None = None,
) -> forms.Saved:
    """Keep what is half written of the summary. Raises SummaryNotThere, TooLong."""
    summary = _being_written(actor, dossier)
    try:
        return forms.save_draft(
            actor=actor,
            response=summary.response_id,
            revision=revision,
            at=at,
            value=value,
            seen=seen,
            now=now,
            copy=copy,
        )
    except forms.ResponseNotThere:
        raise SummaryNotThere from None


@sensitive_variables()
def settle_summary_copy(*, actor: Actor, dossier: UUID, copy: UUID, takes: bool, now: datetime) -> forms.Saved:
    """Take what came second into the summary's draft, or lay it aside. Raises SummaryNotThere."""
    summary = _being_written(actor, dossier)
    try:
        return forms.settle_copy(actor=actor, response=summary.response_id, copy=copy, takes=takes, now=now)
    except forms.ResponseNotThere:
        raise SummaryNotThere from None


@sensitive_variables()
def submit_summary(*, actor: Actor, dossier: UUID, revision: int, now: datetime) -> AssessmentSummary:
    """Put the summary down; the units that took part are asked to sign, or to say what they see otherwise.

    Raises SummaryNotThere, NotAllowed, DraftChanged, AnswersFaulty.
    """
    with transaction.atomic():
        row = _led(actor, dossier)
        summary = _being_written(actor, dossier)
        try:
            forms.submit(actor=actor, response=summary.response_id, revision=revision, now=now)
        except forms.ResponseNotThere:
            raise SummaryNotThere from None
        summary.written_at, row.state = now, "summed_up"
        with act(verb="sum_up", stream=dossier_stream(dossier), now=now, codes=_told(summary)):
            summary.save(update_fields=["written_at"])
            row.save(update_fields=["state"])
        _ask_to_sign(actor, row, now)
    return summary


def sign_summary(
    *, actor: Actor, dossier: UUID, summary: UUID, now: datetime, differs: bool = False
) -> SummarySignature:
    """Sign the newest version for the actor's unit, which took part. `differs`: its own view stands beside it.

    Raises NothingToSign, also for a version that is not the newest any more.
    """
    with transaction.atomic():
        found = queries.assessment_of(actor, dossier)
        newest = next(iter(queries.summaries_of(found)), None) if found else None
        if newest is None or newest.pk != summary or not queries.may_sign(actor, newest):
            raise NothingToSign
        row = SummarySignature(id=uuid4(), dossier_id=dossier, summary=newest, signed_at=now)
        row.unit_id, row.user_id, row.stands = (
            actor.unit_id or 0,
            actor.user_id or 0,
            "differs" if differs else "agrees",
        )
        codes = _told(newest) | {"unit": actor.unit_id, "stands": row.stands}
        with act(verb="sign_summary", stream=dossier_stream(dossier), now=now, codes=codes):
            row.save(force_insert=True)
    return row


@sensitive_variables()
def put_view(*, actor: Actor, dossier: UUID, words: str, now: datetime) -> DifferentView:
    """Put beside the summary what the actor's unit sees otherwise. It stands; nobody overwrites it.

    Raises SummaryNotThere, NotAllowed: the unit took no part; ViewMissing.
    """
    said = words.strip()
    if not said or len(said) > LONGEST_VIEW:
        raise ViewMissing
    with transaction.atomic():
        found = queries.assessment_of(actor, dossier)
        case = queries.case_of(actor, dossier)
        if found is None or case is None:
            raise SummaryNotThere
        if actor.user_id is None or not queries.took_part(actor, found):
            raise policy.NotAllowed
        facet = facet_for_words(dossier)
        row = DifferentView(id=uuid4(), dossier_id=dossier, facet=int(facet), assessment=found, put_at=now)
        row.unit_id, row.user_id = actor.unit_id or 0, actor.user_id
        row.number = DifferentView.objects.filter(assessment=found).count() + 1
        row.sealed = seal_text(said, row=row.pk, **queries.place_of_view(dossier, int(facet)))
        codes = {"facet": facet, "unit": actor.unit_id, "assessment": str(found.pk)}
        with act(verb="put_view", stream=dossier_stream(dossier), now=now, codes=codes):
            row.save(force_insert=True)
        if case.lead_unit_id != actor.unit_id:
            link = queries.assessment_link(dossier)
            notify(actor=actor, units=[case.lead_unit_id], code="view_differs", link=link, dossier=dossier, now=now)
    return row


def _led(actor: Actor, dossier: UUID) -> Assessment:
    case = queries.case_of(actor, dossier)
    row = Assessment.objects.select_for_update().filter(dossier=dossier).exclude(state="ended").first()
    if case is None or row is None:
        raise SummaryNotThere
    if not policy.leads(actor, case):
        raise policy.NotAllowed
    return row


def _being_written(actor: Actor, dossier: UUID) -> AssessmentSummary:
    found = queries.assessment_of(actor, dossier)
    summary = queries.being_written(found) if found is not None and found.state != "ended" else None
    if summary is None:
        raise SummaryNotThere
    return summary


def _ask_to_sign(actor: Actor, row: Assessment, now: datetime) -> None:
    took_part = queries.done_parts(row).filter(state="done")
    units = sorted(set(took_part.values_list("unit_id", flat=True)) - {actor.unit_id})
    if units:
        link = queries.assessment_link(row.dossier_id)
        notify(actor=actor, units=units, code="summary_to_sign", link=link, dossier=row.dossier_id, now=now)


def _told(summary: AssessmentSummary) -> dict[str, Any]:
    return {"facet": Facet.NARRATIVE, "unit": summary.unit_id, "summary": str(summary.pk), "number": summary.number}
