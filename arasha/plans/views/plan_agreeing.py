"""Agreeing on a child's plan, going through it again, what came of an action, ending it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from arasha.cases.queries import risk_of
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.worktime.rules import local
from arasha.people.rules import name_shown
from arasha.plans import actions, policy
from arasha.plans.forms.child_plan import AgreeForm, EndForm, ResultForm, ReviewForm
from arasha.plans.models import ChildPlan, PlanAction
from arasha.plans.queries import child_plan as reading
from arasha.plans.rules import child_plan as rules
from arasha.plans.views import child_plan_words as words
from arasha.plans.views.child_plan import found, frame
from arasha.plans.views.pages import GET_POST


@signed_in
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def agree(request: StaffRequest, plan: UUID) -> HttpResponse:
    """Let a draft stand: who agreed, in whose words, and when it is gone through again."""
    row = _decided(request, plan, "draft")
    today = local(request.now).date()
    by = _review_by(request, row)
    adults = [row.person] if row.person else reading.adults_of(row.dossier_id, today)
    form = AgreeForm(
        request.POST if request.method == "POST" else None,
        adults=[(one.pk, name_shown(one.called, one.role)) for one in adults],
        of_child=row.person_id is None,
        initial={"seen": row.edits, "review_on": by},
    )
    if form.is_valid() and _agreed(request, row, form):
        messages.success(request, _("The plan is agreed. Each body owes its part from now on."))
        return redirect(reading.plan_link(plan))
    read = reading.plan_read(plan, request.now)
    if read is None:
        raise Http404
    return _page(
        request,
        row,
        form,
        title=_("Agree on the plan"),
        button=_("Let the plan stand"),
        goals=words.goals(read, request.now),
        lacks=words.lacks(read, request.now),
        by=by,
    )


@signed_in
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def go_through(request: StaffRequest, plan: UUID) -> HttpResponse:
    """Go through the agreed plan with the child: a mark for each goal, and the next day."""
    row = _decided(request, plan, "agreed")
    read = reading.plan_read(plan, request.now)
    if read is None:
        raise Http404
    by = _review_by(request, row)
    erased = _("The text was erased as the law asks.")
    form = ReviewForm(
        request.POST if request.method == "POST" else None,
        goals=[(one.row.root, one.words or erased) for one in read.goals],
        of_child=row.person_id is None,
        initial={"review_on": by},
    )
    if form.is_valid() and _went_through(request, row, form):
        messages.success(request, _("Recorded. The plan goes on; to change it, write the next version."))
        return redirect(reading.plan_link(plan))
    return _page(
        request, row, form, title=_("Go through the plan again"), button=_("Record"), by=by,
        goals=words.goals(read, request.now),
    )  # fmt: skip


@signed_in
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def result(request: StaffRequest, plan: UUID, action: UUID) -> HttpResponse:
    """Say what became of an action that the child or an adult took on."""
    row = found(request, plan)
    done = PlanAction.objects.filter(pk=action, plan=row, dropped=False).exclude(owner="unit").first()
    if done is None or row.state != "agreed" or not policy.may_write_plan(request.actor, row.dossier_id):
        raise Http404
    today = local(request.now).date()
    form = ResultForm(request.POST if request.method == "POST" else None, today=today)
    if form.is_valid():
        try:
            actions.record_action(actor=request.actor, plan=plan, action=action, now=request.now, **form.said())
            messages.success(request, _("Recorded."))
            return redirect(reading.plan_link(plan))
        except rules.PlanFaulty as fault:
            form.show_fault(fault)
        except actions.PlanNotThere:
            raise Http404 from None
    towards = f"{reading.words_of_row(done) or ''} ({words.owner(done)})"
    return _page(request, row, form, title=_("What came of it"), button=_("Record"), towards=towards)


@signed_in
@require_http_methods(GET_POST)
def end(request: StaffRequest, plan: UUID) -> HttpResponse:
    """End an agreed plan; what is still owed for it is taken back."""
    row = _decided(request, plan, "agreed")
    form = EndForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.end_plan(actor=request.actor, plan=plan, reason=form.cleaned_data["reason"], now=request.now)
            messages.success(request, _("The plan was ended."))
            return redirect(reading.plan_link(plan))
        except actions.StillOwed:
            form.add_error(
                None, _("Your own unit is late with a part of the plan. Do it, or ask your supervisor first.")
            )
        except actions.PlanNotThere:
            raise Http404 from None
    return _page(request, row, form, title=_("End the plan"), button=_("End the plan"))


def _page(request: StaffRequest, row: ChildPlan, form: Any, *, title: str, button: str, **more: Any) -> HttpResponse:
    context = frame(request, row.dossier_id) | {
        "page_title": title,
        "form": form,
        "button": button,
        "back": reading.plan_link(row.pk),
        **more,
    }
    return render(request, "plans/child_plan_decide.html", context, status=422 if form.errors else 200)


def _decided(request: StaffRequest, plan: UUID, state: str) -> ChildPlan:
    """Return a version in this state that the actor decides on. Raises Http404."""
    row = found(request, plan)
    if row.state != state or not policy.may_agree_plan(request.actor, row.dossier_id):
        raise Http404
    return row


def _review_by(request: StaffRequest, row: ChildPlan) -> Any:
    risk = risk_of(row.dossier_id)
    return rules.review_by(local(request.now).date(), risk.level if risk else "")


def _agreed(request: StaffRequest, row: ChildPlan, form: AgreeForm) -> bool:
    got = form.cleaned_data
    try:
        actions.agree_plan(
            actor=request.actor,
            plan=row.pk,
            voices=form.voices(),
            review_on=got["review_on"],
            seen=got["seen"],
            now=request.now,
        )
    except rules.PlanFaulty as fault:
        form.show_fault(fault)
    except rules.PlanLacks:
        form.add_error(None, _("Something is still missing: see above. Nothing was lost."))
    except actions.PlanEdited:
        now_there = reading.plan_row(row.pk)
        form.see(now_there.edits if now_there else row.edits)
        form.add_error(None, _("A colleague changed the plan meanwhile: read it again above. To agree, press again."))
    except (actions.PlanNotThere, actions.OwnerNotThere):
        raise Http404 from None
    return not form.errors


def _went_through(request: StaffRequest, row: ChildPlan, form: ReviewForm) -> bool:
    try:
        actions.go_through(
            actor=request.actor,
            plan=row.pk,
            marks=form.marks(),
            voice=form.voice(row.person_id),
            review_on=form.cleaned_data["review_on"],
            now=request.now,
        )
    except rules.PlanFaulty as fault:
        form.show_fault(fault)
    except actions.PlanNotThere:
        raise Http404 from None
    return not form.errors
