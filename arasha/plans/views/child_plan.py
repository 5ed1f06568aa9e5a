"""A child's plan: the version that stands or is being written, earlier ones, and those held apart for an adult."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.worktime.rules import local
from arasha.people.rules import name_shown
from arasha.plans import actions, policy
from arasha.plans.forms.child_plan import ApartForm
from arasha.plans.models import ChildPlan
from arasha.plans.queries import child_plan as reading
from arasha.plans.rules import child_plan as rules
from arasha.plans.views import child_plan_words as words
from arasha.plans.views.presenting import child_of
from arasha.plans.views.words import opened, tabs
from arasha.ui.rules.parts import Empty


@signed_in
@require_safe
def child_plan(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Lead to the child's plan: what is agreed, else what is being written; without either, offer to begin one."""
    seen(request, dossier)
    rows = reading.plans_of(dossier)
    own = [row for row in rows if row.person_id is None]
    here = next((row for state in ("agreed", "draft") for row in own if row.state == state), None)
    if here is not None:
        return redirect(reading.plan_link(here.pk))
    text = _("One plan for the child: what is to become better, who does what by when. It is made with the child.")
    context = frame(request, dossier, rows) | {
        "page_title": _("Individual plan"),
        "nothing": Empty(_("There is no individual plan yet"), text),
    }
    return render(request, "plans/child_plan_none.html", context)


@signed_in
@require_safe
def plan(request: StaffRequest, plan: UUID) -> HttpResponse:
    """Show one version: goals, who does what by when, how each stands, who agreed."""
    row = found(request, plan)
    read = reading.plan_read(plan, request.now)
    if read is None:
        raise Http404
    dossier, today = row.dossier_id, local(request.now).date()
    writes = policy.may_write_plan(request.actor, dossier)
    leads = policy.may_agree_plan(request.actor, dossier)
    lacks = words.lacks(read, request.now) if row.state == "draft" else []
    context = frame(request, dossier, reading.plans_of(dossier), here=row) | {
        "page_title": words.title(row),
        "plan": row,
        "state": words.state(row),
        "goals": words.goals(read, request.now),
        "voices": words.voices(read),
        "lacks": lacks,
        "writes": writes and row.state == "draft",
        "may_agree": leads and row.state == "draft",
        "records": writes and row.state == "agreed",
        "decides": leads and row.state == "agreed",
        "review_late": row.state == "agreed" and row.review_on is not None and row.review_on < today,
        "ended": rules.PLAN_ENDS.label(row.end_reason) if row.end_reason else "",
    }
    return render(request, "plans/child_plan.html", context)


@signed_in
@require_POST
def begin(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Begin the next version, of the child's plan or of one held apart for an adult."""
    seen(request, dossier)
    form = ApartForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        row = actions.begin_plan(
            actor=request.actor, dossier=dossier, now=request.now, person=form.cleaned_data["person"]
        )
    except (actions.FileNotThere, actions.OwnerNotThere):
        raise Http404 from None
    return redirect(reading.plan_link(row.pk))


@signed_in
@require_POST
def lay_aside(request: StaffRequest, plan: UUID) -> HttpResponse:
    """Lay a draft aside; it stays readable."""
    row = found(request, plan)
    try:
        actions.lay_aside(actor=request.actor, plan=plan, now=request.now)
    except actions.PlanNotThere:
        raise Http404 from None
    messages.success(request, _("The draft was laid aside. It can still be read."))
    return redirect("plans:child_plan", dossier=row.dossier_id)


def found(request: StaffRequest, plan: UUID) -> ChildPlan:
    """Return a version, with the look recorded. Raises Http404 where it, or the file's plans, are not there."""
    row = reading.plan_row(plan)
    if row is None:
        raise Http404
    seen(request, row.dossier_id)
    return row


def seen(request: StaffRequest, dossier: UUID) -> None:
    """Note the look. Raises Http404 where the file, or its plans, are not there for the actor."""
    opened(request, dossier)
    if not policy.may_see_whole(request.actor, dossier):
        raise Http404


def frame(
    request: StaffRequest, dossier: UUID, rows: list[ChildPlan] | None = None, here: ChildPlan | None = None
) -> dict[str, Any]:
    """Return what every page of a plan shows around it: the file's tabs, other versions, for whom else one may be."""
    context: dict[str, Any] = {
        "page_meta": child_of(dossier),
        "tabs": tabs(dossier, "child_plan"),
        "dossier": dossier,
    }
    if rows is not None:
        writes = policy.may_write_plan(request.actor, dossier)
        today = local(request.now).date()
        context["others"] = [words.line(row) for row in rows if here is None or row.pk != here.pk]
        context["may_begin"] = writes
        drafts = {row.person_id for row in rows if row.state == "draft"}
        adults = reading.people_of_plan(dossier, today) if writes else []
        context["apart"] = [(one.pk, name_shown(one.called, one.role)) for one in adults if one.pk not in drafts]
        context["next_of"] = here is not None and here.state == "agreed" and here.person_id not in drafts
    return context
