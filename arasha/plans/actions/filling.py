"""A unit fills in its part: the adolescent is told first, words are kept as they are typed, what is done stays."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.plans import policy, queries, rules
from arasha.plans.actions.asking import told_part
from arasha.plans.models import AssessmentPart, ConfidentialityTold
from arasha.questionnaires import actions as forms
from arasha.questionnaires.models import Response


class PartNotThere(LookupError):
    """There is no such part that this actor may write now."""


class NotTold(Exception):
    """The adolescent has to be told first what is confidential."""


def tell_confidential(*, actor: Actor, part: UUID, how: str, language: str, now: datetime) -> ConfidentialityTold:
    """Write down that an adolescent was told what stays between us and what must be passed on, or why not.

    Raises PartNotThere; UnknownCode for a way of no list.
    """
    rules.TOLD[how]
    with transaction.atomic():
        row = _own(actor, part, now)
        told = ConfidentialityTold(id=uuid4(), dossier_id=row.dossier_id, facet=row.facet, part=row, how=how)
        told.language, told.edition, told.told_at = language[:2], rules.edition(), now
        told.unit_id, told.user_id = actor.unit_id or 0, actor.user_id or 0
        with act(verb="tell_confidential", stream=dossier_stream(row.dossier_id), now=now, codes=told_part(row)):
            told.save(force_insert=True)
    return told


def begin_part(*, actor: Actor, part: UUID, language: str, now: datetime) -> AssessmentPart:
    """Begin to fill in a part that was asked of the actor's unit; begun before, it is returned as it stands.

    Raises PartNotThere, NotTold, FormNotInForce.
    """
    with transaction.atomic():
        row = _own(actor, part, now)
        if row.response_id is not None:
            return row
        if queries.must_tell(row, now):
            raise NotTold
        begun = forms.begin(actor=actor, dossier=row.dossier_id, code=row.form, language=language, now=now)
        row.response, row.state = begun.response, "begun"
        with act(verb="begin_part", stream=dossier_stream(row.dossier_id), now=now, codes=told_part(row)):
            row.save(update_fields=["response", "state"])
    return row


def begin_apart(*, actor: Actor, part: UUID, language: str, now: datetime) -> AssessmentPart:
    """Begin a part that the adolescent wishes to have kept apart, under a sealed facet: nobody else sees that it is.

    Raises PartNotThere, also where nothing may be kept apart; NotTold, FormNotInForce.
    """
    with transaction.atomic():
        beside = _own(actor, part, now)
        code = rules.discipline(beside.discipline).apart
        facet = queries.facet_of(rules.discipline(code), now) if code else None
        if facet is None or not policy.may_write_part(actor, beside, facet):
            raise PartNotThere
        if queries.must_tell(beside, now):
            raise NotTold
        known = queries.apart_of(beside)
        if known is not None:
            return known
        begun = forms.begin(
            actor=actor, dossier=beside.dossier_id, code=rules.discipline(code).form, language=language, now=now
        )
        row = AssessmentPart(id=uuid4(), dossier_id=beside.dossier_id, facet=int(facet), discipline=code)
        row.assessment_id, row.unit_id, row.by_when = beside.assessment_id, beside.unit_id, beside.by_when
        row.form, row.response, row.state, row.asked_at = rules.discipline(code).form, begun.response, "begun", now
        with act(verb="begin_part", stream=dossier_stream(row.dossier_id), now=now, codes=told_part(row)):
            row.save(force_insert=True)
    return row


@sensitive_variables()
def save_part(
    *,
    actor: Actor,
    part: UUID,
    revision: int,
    at: str,
    value: Any,
    seen: str,
    now: datetime,
    copy: UUID | None = None,
) -> forms.Saved:
    """Keep what is half written in a part; what `questionnaires.actions.save_draft` says of two windows holds.

    Raises PartNotThere, TooLong.
    """
    response = _response(actor, part)
    try:
        return forms.save_draft(
            actor=actor, response=response, revision=revision, at=at, value=value, seen=seen, now=now, copy=copy
        )
    except forms.ResponseNotThere:
        raise PartNotThere from None


@sensitive_variables()
def settle_part_copy(*, actor: Actor, part: UUID, copy: UUID, takes: bool, now: datetime) -> forms.Saved:
    """Take what came second into the draft, or lay it aside. Raises PartNotThere."""
    response = _response(actor, part)
    try:
        return forms.settle_copy(actor=actor, response=response, copy=copy, takes=takes, now=now)
    except forms.ResponseNotThere:
        raise PartNotThere from None


def carry_over_part(*, actor: Actor, part: UUID, now: datetime) -> forms.Begun:
    """Go on in the form's newer version; what has no place in it is told. Raises PartNotThere, NothingNewer."""
    with transaction.atomic():
        row = _own(actor, part, now)
        if row.response_id is None:
            raise PartNotThere
        try:
            begun = forms.go_on(actor=actor, response=row.response_id, now=now)
        except forms.ResponseNotThere:
            raise PartNotThere from None
        row.response = begun.response
        with act(verb="renew_part", stream=dossier_stream(row.dossier_id), now=now, codes=told_part(row)):
            row.save(update_fields=["response"])
    return begun


@sensitive_variables()
def submit_part(*, actor: Actor, part: UUID, revision: int, now: datetime) -> AssessmentPart:
    """Hand a part in: it is done, and the unit that leads is told so.

    Raises PartNotThere, DraftChanged, AnswersFaulty: what does not hold, the draft standing as it was.
    """
    with transaction.atomic():
        row = _own(actor, part, now)
        if row.response_id is None:
            raise PartNotThere
        try:
            forms.submit(actor=actor, response=row.response_id, revision=revision, now=now)
        except forms.ResponseNotThere:
            raise PartNotThere from None
        row.state, row.done_at = "done", now
        with act(verb="finish_part", stream=dossier_stream(row.dossier_id), now=now, codes=told_part(row)):
            row.save(update_fields=["state", "done_at"])
        _tell_lead(actor, row, now)
    return row


def correct_part(*, actor: Actor, part: UUID, now: datetime) -> AssessmentPart:
    """Begin to correct a part that was handed in; it counts as done, and reads as it was, until the correction is in.

    Raises PartNotThere, also while a correction is under way.
    """
    with transaction.atomic():
        row = _own(actor, part, now)
        if row.response_id is None or row.state != "done":
            raise PartNotThere
        try:
            begun = forms.correct(actor=actor, response=row.response_id, now=now)
        except forms.ResponseNotThere:
            raise PartNotThere from None
        row.response = begun.response
        with act(verb="correct_part", stream=dossier_stream(row.dossier_id), now=now, codes=told_part(row)):
            row.save(update_fields=["response"])
    return row


def _own(actor: Actor, part: UUID, now: datetime) -> AssessmentPart:
    """Lock a part that the actor's unit writes in an assessment that is not ended. Raises PartNotThere."""
    locked = AssessmentPart.objects.select_for_update(of=("self",)).select_related("assessment")
    row = locked.filter(pk=part).exclude(assessment__state="ended").first()
    facet = queries.facet_of(rules.discipline(row.discipline), now) if row is not None else None
    if row is None or not policy.may_write_part(actor, row, facet or Facet.OBLIGATIONS):
        raise PartNotThere
    return row


def _response(actor: Actor, part: UUID) -> UUID:
    """Return the response of a part that the actor's unit writes, without locking the part: typing waits for nobody."""
    row = AssessmentPart.objects.filter(pk=part, unit=actor.unit_id or 0).exclude(state="passed_on").first()
    if row is None or row.response_id is None:
        raise PartNotThere
    found = Response.objects.filter(pk=row.response_id).values_list("pk", flat=True).first()
    if found is None:
        raise PartNotThere
    return found


def _tell_lead(actor: Actor, row: AssessmentPart, now: datetime) -> None:
    """Tell the unit that leads; of what is kept apart nobody is told."""
    if Facet(row.facet).sealed:
        return
    case = queries.case_of(actor, row.dossier_id)
    if case is not None and case.lead_unit_id != actor.unit_id:
        link = queries.part_link(row.pk)
        notify(actor=actor, units=[case.lead_unit_id], code="part_done", link=link, dossier=row.dossier_id, now=now)
