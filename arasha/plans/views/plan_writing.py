"""Writing goals and actions into the draft of a child's plan, one at a time, so that nobody's words are lost."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.worktime.rules import local
from arasha.people.rules import name_shown
from arasha.plans import actions, policy
from arasha.plans.actions import Edit
from arasha.plans.forms.child_plan import ActionForm, GoalForm, owner_code
from arasha.plans.models import ChildPlan, PlanAction, PlanGoal
from arasha.plans.queries import child_plan as reading
from arasha.plans.rules import child_plan as rules
from arasha.plans.views.child_plan import found, frame
from arasha.plans.views.pages import GET_POST
from arasha.plans.views.words import language
from arasha.services.rules import package


@signed_in
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def goal(request: StaffRequest, plan: UUID, goal: UUID | None = None) -> HttpResponse:
    """Write a new goal into a draft, or change one."""
    draft = _draft(request, plan)
    row = PlanGoal.objects.filter(pk=goal, plan=draft).first() if goal else None
    if goal and row is None:
        raise Http404
    initial = _goal_initial(row) if row else {}
    form = GoalForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid() and _kept_goal(request, draft, form):
        messages.success(request, _("Recorded."))
        return redirect(reading.plan_link(plan))
    title = _("Change the goal") if row else _("A goal of the plan")
    return _page(request, draft, form, title=title, row=row)


@signed_in
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def action(request: StaffRequest, plan: UUID, goal: UUID, action: UUID | None = None) -> HttpResponse:
    """Write a new action towards a goal into a draft, or change one."""
    draft = _draft(request, plan)
    aim = PlanGoal.objects.filter(pk=goal, plan=draft).first()
    row = PlanAction.objects.filter(pk=action, plan=draft, goal=goal).first() if action else None
    if aim is None or (action and row is None):
        raise Http404
    form = _action_form(request, draft, row)
    if form.is_valid() and _kept_action(request, draft, aim, form):
        messages.success(request, _("Recorded."))
        return redirect(reading.plan_link(plan))
    title = _("Change the action") if row else _("Who does what?")
    return _page(request, draft, form, title=title, row=row, towards=reading.words_of_row(aim))


def _page(request: StaffRequest, draft: ChildPlan, form: Any, *, title: str, row: Any, **more: Any) -> HttpResponse:
    context = frame(request, draft.dossier_id) | {
        "page_title": title,
        "form": form,
        "row": row,
        "back": reading.plan_link(draft.pk),
        "owed": isinstance(row, PlanAction) and row.at_once,
        **more,
    }
    return render(request, "plans/child_plan_row.html", context, status=422 if form.errors else 200)


def _draft(request: StaffRequest, plan: UUID) -> ChildPlan:
    row = found(request, plan)
    if row.state != "draft" or not policy.may_write_plan(request.actor, row.dossier_id):
        raise Http404
    return row


def _goal_initial(row: PlanGoal) -> dict[str, Any]:
    words = reading.words_of_row(row) or ""
    return {"row": row.pk, "seen": row.revision, "words": words, "voice": row.voice, "need": row.need}


def _action_form(request: StaffRequest, draft: ChildPlan, row: PlanAction | None) -> ActionForm:
    today = local(request.now).date()
    initial: dict[str, Any] = {}
    if row is not None:
        initial = {
            "row": row.pk,
            "seen": row.revision,
            "words": reading.words_of_row(row) or "",
            "owner": owner_code(row.owner, row.owner_unit_id, row.owner_person_id),
            "due_on": row.due_on,
            "service": row.service,
            "at_once": row.at_once,
        }
    services = [(code, one.label(language())) for code, one in package(today).items()]
    return ActionForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        owners=_owners(request, draft),
        services=services,
    )


def _owners(request: StaffRequest, draft: ChildPlan) -> list[tuple[str, Any]]:
    """Return who may do something: the units, the child, the adults of the file; each group apart."""
    case = policy.open_case(draft.dossier_id)
    units = reading.owners_of(draft.dossier_id, case.territory_id, request.now) if case else []
    people = reading.people_of_plan(draft.dossier_id, local(request.now).date())
    family = [(f"person:{one.pk}", name_shown(one.called, one.role)) for one in people]
    return [
        (str(_("Bodies and services")), [(f"unit:{one.pk}", one.name) for one in units]),
        (str(_("The child and the family")), [("child", _("the child")), *family]),
    ]


def _kept_goal(request: StaffRequest, draft: ChildPlan, form: GoalForm) -> bool:
    edit = _edit(request, form)
    try:
        actions.put_goal(actor=request.actor, plan=draft.pk, said=form.said(), edit=edit, now=request.now)
    except rules.PlanFaulty as fault:
        form.show_fault(fault)
    except actions.RowChanged:
        _changed(form, PlanGoal.objects.filter(pk=edit.row, plan=draft).first())
    except actions.PlanFull:
        form.add_error(None, _("A plan has at most 20 goals. Drop one that matters less."))
    except actions.PlanNotThere:
        raise Http404 from None
    return not form.errors


def _kept_action(request: StaffRequest, draft: ChildPlan, aim: PlanGoal, form: ActionForm) -> bool:
    edit = _edit(request, form)
    try:
        actions.put_action(
            actor=request.actor, plan=draft.pk, goal=aim.pk, said=form.said(), edit=edit, now=request.now
        )
    except rules.PlanFaulty as fault:
        form.show_fault(fault)
    except actions.OwnerNotThere:
        form.add_error("owner", _("Whoever you named is not there any more. Choose another."))
    except actions.RowChanged:
        _changed(form, PlanAction.objects.filter(pk=edit.row, plan=draft).first())
    except actions.PlanFull:
        form.add_error(None, _("A plan has at most 60 actions. Drop one that matters less."))
    except actions.PlanNotThere:
        raise Http404 from None
    return not form.errors


def _edit(request: StaffRequest, form: GoalForm | ActionForm) -> Edit:
    got = form.cleaned_data
    return Edit(got["row"], got["seen"], drop=request.POST.get("do") == "drop")


def _changed(form: GoalForm | ActionForm, row: PlanGoal | PlanAction | None) -> None:
    """Show what a colleague wrote meanwhile; what was typed here stays in the form."""
    if row is None:
        raise Http404
    form.see(row.revision)
    theirs = reading.words_of_row(row) or ""
    words = _("It was changed meanwhile. There it says: “%(words)s”. Yours stands below: to keep it, press again.")
    form.add_error(None, words % {"words": theirs})
