"""One part of an assessment: what the child is told first, the form as it is filled in, and as it reads afterwards."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.access.queries import may_write
from arasha.kernel.access.rules import Facet
from arasha.kernel.worktime.rules.formats import format_date, format_moment
from arasha.plans import actions, queries, rules
from arasha.plans.forms import ToldForm
from arasha.plans.models import AssessmentPart
from arasha.plans.views import filling, papers, presenting, reading
from arasha.questionnaires import actions as answering
from arasha.questionnaires import queries as forms

GET_POST = ["GET", "HEAD", "POST"]
LANGUAGES = (("kk", "Қазақша"), ("ru", "Русский"), ("en", "English"))


def part_found(request: StaffRequest, part: UUID) -> AssessmentPart:
    """Return a part with the look recorded, at the sealed facet too where it lies under one. Raises Http404."""
    row = queries.part_of(request.actor, part)
    if row is None:
        raise Http404
    request.look(row.dossier_id)
    if Facet(row.facet).sealed:
        request.look(row.dossier_id, kind="facet", facet=Facet(row.facet))
    return row


def own_part(request: StaffRequest, part: UUID) -> AssessmentPart:
    """Return a part that the actor's unit writes. Raises Http404."""
    row = part_found(request, part)
    if row.unit_id != request.actor.unit_id or row.state == "passed_on" or row.assessment.state == "ended":
        raise Http404
    return row


@signed_in
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def part(request: StaffRequest, part: UUID) -> HttpResponse:
    """Show a part to be filled in by its unit, or as it reads to who may read it."""
    row = part_found(request, part)
    own = row.unit_id == request.actor.unit_id and row.state != "passed_on" and row.assessment.state != "ended"
    draft = forms.draft_of(row.response_id, request.now) if row.response_id is not None else None
    if own and draft is not None:
        return filling.page(request, _host(request, row, draft))
    if request.method == "POST":
        raise Http404
    if own and row.response_id is None and queries.must_tell(row, request.now):
        return redirect("plans:told", part=part)
    return _read(request, row, own=own)


def _host(request: StaffRequest, row: AssessmentPart, draft: forms.DraftRead) -> filling.Host:
    """Return what the filling page needs to know of a part."""
    given: dict[str, Any] = {"actor": request.actor, "part": row.pk, "now": request.now}
    key = {"part": row.pk}
    return filling.Host(
        draft=draft,
        title=presenting.form_title(draft.response.version_id),
        meta=_("Assessment together") + " · " + presenting.child_of(row.dossier_id),
        back=queries.assessment_link(row.dossier_id),
        here=queries.part_link(row.pk),
        save_url=reverse("plans:save", kwargs=key),
        settle_url=reverse("plans:settle", kwargs=key),
        newer_url=reverse("plans:newer", kwargs=key),
        keeps=partial(actions.save_part, **given),
        hands_in=partial(actions.submit_part, **given),
        gone=(actions.PartNotThere,),
        context=_beside(request, row)
        | {
            "told": _told_facts(row, request),
            "left": reading.left_behind(draft.response.pk, request.now),
            "earlier": reading.versions(draft.response.pk, request.now),
        },
    )


def _beside(request: StaffRequest, row: AssessmentPart) -> dict[str, Any]:
    """Return what stands beside the form: what the child said already, and the sealed part where there may be one."""
    discipline = rules.discipline(row.discipline)
    case = queries.case_of(request.actor, row.dossier_id)
    asks = discipline.asks_child and row.unit_id == request.actor.unit_id
    found: dict[str, Any] = {"asks_child": asks, "assessment_url": queries.assessment_link(row.dossier_id)}
    if asks and case is not None:
        found["said"] = presenting.said(queries.said_before(case), request.now)
    if row.unit_id == request.actor.unit_id and discipline.apart:
        found |= _apart(request, row, rules.discipline(discipline.apart))
    return found


def _apart(request: StaffRequest, row: AssessmentPart, apart: rules.Discipline) -> dict[str, Any]:
    begun = queries.apart_of(row)
    if begun is not None:
        return {"apart_url": queries.part_link(begun.pk)}
    facet = queries.facet_of(apart, request.now)
    suits = apart.suits(queries.child_age(row.dossier_id, request.now))
    if facet is None or not suits or not may_write(row.dossier_id, facet):
        return {}
    return {"apart_begin": reverse("plans:apart", kwargs={"part": row.pk})}


def _told_facts(row: AssessmentPart, request: StaffRequest) -> str:
    told = queries.told_of(row)
    if told is None:
        return ""
    moment = format_moment(told.told_at, presenting.language(), request.now)
    return f"{rules.TOLD.label(told.how)} · {told.unit.name} · {moment}"


def _read(request: StaffRequest, row: AssessmentPart, *, own: bool) -> HttpResponse:
    """Show how a part reads, or that it is to be begun. Whoever may not read its facet does not find it."""
    answer = papers.last_handed_in(row.response_id, request.now) if row.response_id is not None else None
    if not own and (row.response_id is None or forms.response(row.response_id) is None):
        raise Http404
    published = forms.current(row.form, request.now)
    begins = own and row.response_id is None and published is not None
    standing = rules.standing_of(row.state, row.by_when, request.now, on_team=True)
    context = _beside(request, row) | {
        "page_title": presenting.texts(published.about.title) if published else presenting.title_of(row),
        "page_meta": presenting.child_of(row.dossier_id),
        "state": presenting.state_of(standing),
        "unit": row.unit.name,
        "when": _("by %(day)s") % {"day": format_date(row.by_when, presenting.language())},
        "told": _told_facts(row, request),
        "begin_url": reverse("plans:begin", kwargs={"part": row.pk}) if begins else "",
        "purpose": presenting.texts(published.about.purpose) if published else "",
        "unchecked": _("this form is not checked yet") if published and not published.about.verified_by else "",
        "answer": answer,
        "earlier": reading.versions(row.response_id, request.now) if row.response_id else [],
        "correct_url": reverse("plans:correct", kwargs={"part": row.pk}) if own and row.state == "done" else "",
    }
    return render(request, "plans/part.html", context)


@signed_in
@require_http_methods(GET_POST)
def told(request: StaffRequest, part: UUID) -> HttpResponse:
    """Show what an adolescent is told before anything is asked, and write down that it was done."""
    row = own_part(request, part)
    form = ToldForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.tell_confidential(
                actor=request.actor,
                part=part,
                how=said["how"],
                language=said["told_in"] or presenting.language(),
                now=request.now,
            )
        except actions.PartNotThere:
            raise Http404 from None
        messages.success(request, _("Recorded."))
        return redirect("plans:part", part=part)
    words = []
    for code, name in LANGUAGES:
        with override(code):
            words.append({"code": code, "name": name, "groups": presenting.confidential()})
    context = _beside(request, row) | {
        "page_title": _("Before you ask: tell the child what is confidential"),
        "page_meta": f"{presenting.title_of(row)} · {presenting.child_of(row.dossier_id)}",
        "part": row,
        "words": sorted(words, key=lambda one: one["code"] != presenting.language()),
        "unchecked": _("these words are not checked yet"),
        "form": form,
    }
    return render(request, "plans/told.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def begin(request: StaffRequest, part: UUID) -> HttpResponse:
    """Begin to fill a part in."""
    return _done(request, part, actions.begin_part)


@signed_in
@require_POST
def apart(request: StaffRequest, part: UUID) -> HttpResponse:
    """Begin what the adolescent wishes to have kept apart."""
    return _done(request, part, actions.begin_apart)


def _done(request: StaffRequest, part: UUID, deed: Any) -> HttpResponse:
    own_part(request, part)
    try:
        row = deed(actor=request.actor, part=part, language=presenting.language(), now=request.now)
    except actions.PartNotThere:
        raise Http404 from None
    except actions.NotTold:
        return redirect("plans:told", part=part)
    except answering.FormNotInForce:
        messages.warning(request, _("This form is not in force now. Ask who answers for forms."))
        return redirect("plans:part", part=part)
    return redirect("plans:part", part=row.pk)


@signed_in
@require_POST
def correct(request: StaffRequest, part: UUID) -> HttpResponse:
    """Begin to correct what was handed in."""
    row = own_part(request, part)
    try:
        actions.correct_part(actor=request.actor, part=part, now=request.now)
    except actions.PartNotThere:
        messages.warning(request, _("This was done already, by you or a colleague."))
    return redirect("plans:part", part=row.pk)


@signed_in
@require_POST
def newer(request: StaffRequest, part: UUID) -> HttpResponse:
    """Go on in the form's newer version."""
    own_part(request, part)
    try:
        begun = actions.carry_over_part(actor=request.actor, part=part, now=request.now)
    except actions.PartNotThere:
        raise Http404 from None
    except (answering.NothingNewer, answering.FormNotInForce):
        return redirect("plans:part", part=part)
    if begun.left:
        messages.warning(request, _("Some answers have no place in the newer form. They stand above it."))
    return redirect("plans:part", part=part)


@signed_in
@sensitive_post_parameters()
@require_POST
def save(request: StaffRequest, part: UUID) -> HttpResponse:
    """Keep what is half written, while it is typed."""
    row = own_part(request, part)
    draft = forms.draft_of(row.response_id, request.now) if row.response_id is not None else None
    if draft is None:
        raise Http404
    return filling.live(request, _host(request, row, draft))


@signed_in
@require_POST
def settle(request: StaffRequest, part: UUID) -> HttpResponse:
    """Take what came second into the draft, or lay it aside."""
    own_part(request, part)
    copy, takes = filling.settled(request)
    try:
        actions.settle_part_copy(actor=request.actor, part=part, copy=copy, takes=takes, now=request.now)
    except actions.PartNotThere:
        messages.warning(request, _("This was done already, by you or a colleague."))
    return redirect("plans:part", part=part)
