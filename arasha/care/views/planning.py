"""A visit is planned, moved and cancelled."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from arasha.care import actions, policy, queries, rules
from arasha.care.forms import CancelForm, PlanForm
from arasha.care.models import Visit
from arasha.cases import queries as cases
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.access.queries import names_of
from arasha.kernel.worktime.rules import local
from arasha.ui.rules.page import Link

GET_POST = ["GET", "HEAD", "POST"]
GONE = (actions.NotThere, policy.NotAllowed)


@signed_in
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def own(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Plan a visit that the reader's unit makes itself."""
    if cases.file(request.actor, dossier) is None or not policy.may_ask_visit(request.actor, dossier):
        raise Http404
    request.look(dossier)
    form = PlanForm(request.POST or None, now=request.now, posts=_posts(request), own=True)
    if form.is_valid():
        try:
            given: dict[str, Any] = {"actor": request.actor, "dossier": dossier, "ticket": form.ticket}
            actions.plan_own_visit(said=form.said, why=form.cleaned_data["words"], now=request.now, **given)
        except rules.Faulty as faulty:
            form.show_faults(faulty)
        except GONE:
            raise Http404 from None
        else:
            messages.success(request, _("Planned. Whoever goes is told; nobody else outside this file learns of it."))
            return redirect("care:entry", dossier=dossier)
    return _page(request, dossier, form, _("Plan a visit of your unit"), _("Plan the visit"))


@signed_in
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def plan(request: StaffRequest, visit: UUID) -> HttpResponse:
    """Plan a visit that was asked for, or move one."""
    row = _visit(request, visit)
    standing = queries.plans_of([row]).get(row.pk)
    seen = standing.row.number if standing else 0
    form = PlanForm(request.POST or None, now=request.now, posts=_posts(request), seen=seen, initial=_initial(standing))
    if form.is_valid():
        try:
            got = form.cleaned_data
            given: dict[str, Any] = {"actor": request.actor, "visit": row.pk, "seen": got["seen"], "now": request.now}
            actions.plan_visit(said=form.said, reason=got.get("reason", ""), **given)
        except rules.Faulty as faulty:
            form.show_faults(faulty)
        except actions.PlanChanged:
            form.add_error(None, _("Somebody changed the plan meanwhile. Open the page anew and read it first."))
        except GONE:
            raise Http404 from None
        else:
            messages.success(request, _("Planned. Whoever goes is told; nobody else outside this file learns of it."))
            return redirect("care:entry", dossier=row.dossier_id)
    title = _("Move the visit") if seen else _("Plan the visit")
    return _page(request, row.dossier_id, form, title, title)


@signed_in
@require_http_methods(GET_POST)
def cancel(request: StaffRequest, visit: UUID) -> HttpResponse:
    """Cancel the plan of a visit."""
    row = _visit(request, visit)
    standing = queries.plans_of([row]).get(row.pk)
    if standing is None or standing.row.state == "cancelled":
        raise Http404
    form = CancelForm(request.POST or None, initial={"seen": standing.row.number})
    if form.is_valid():
        try:
            got = form.cleaned_data
            given: dict[str, Any] = {"actor": request.actor, "visit": row.pk, "now": request.now}
            actions.cancel_visit(reason=got["reason"], seen=got["seen"], **given)
        except actions.PlanChanged:
            form.add_error(None, _("Somebody changed the plan meanwhile. Open the page anew and read it first."))
        except GONE:
            raise Http404 from None
        else:
            messages.success(request, _("Cancelled. What is owed stays owed."))
            return redirect("care:entry", dossier=row.dossier_id)
    return _page(request, row.dossier_id, form, _("Cancel the visit"), _("Cancel the visit"))


def going(plans: Iterable[queries.Planned]) -> dict[int, str]:
    """Return the names of who goes by post, of all plans at once."""
    held = queries.holders_of({post for one in plans for post in one.row.posts})
    names = names_of(held.values())
    return {post: names.get(holder, "") for post, holder in held.items()}


def shown(
    request: StaffRequest, row: Visit, planned: queries.Planned | None, names: Mapping[int, str]
) -> dict[str, Any]:
    """Return the plan of a visit as its page shows it, with what the reader may do about it."""
    may = policy.may_plan_visit(request.actor, row)
    stands = planned is not None and planned.row.state == "planned"
    links = {"plan": "", "move": "", "cancel": ""}
    if may:
        links["move" if stands else "plan"] = reverse("care:plan", args=[row.pk])
        links["cancel"] = reverse("care:cancel", args=[row.pk]) if stands else ""
    if planned is None:
        return links
    return links | {
        "row": planned.row,
        "goes": [names.get(post) or _("a post that nobody holds now") for post in planned.row.posts],
        "alone": len(planned.row.posts) == 1 and stands,
        "dangers": [rules.DANGERS.label(code) for code in planned.row.dangers],
        "words": planned.words,
        "reason": rules.PLAN_REASONS.label(planned.row.reason) if planned.row.reason else "",
        "cancelled": not stands,
    }


def _posts(request: StaffRequest) -> list[tuple[int, str]]:
    posts = queries.may_go(request.actor, request.now)
    names = names_of([post.holder_id for post in posts if post.holder_id])
    return [(post.pk, f"{names.get(post.holder_id or 0, '')}, {post.title}") for post in posts]


def _initial(standing: queries.Planned | None) -> dict[str, Any]:
    if standing is None:
        return {}
    here = local(standing.row.starts_at)
    given = {"posts": standing.row.posts, "dangers": standing.row.dangers, "day": here.date(), "clock": f"{here:%H:%M}"}
    return given | (standing.words or {})


def _visit(request: StaffRequest, visit: UUID) -> Visit:
    row = Visit.objects.filter(pk=visit).first()
    if row is None or cases.file(request.actor, row.dossier_id) is None:
        raise Http404
    if not policy.may_plan_visit(request.actor, row):
        raise Http404
    request.look(row.dossier_id)
    return row


def _page(request: StaffRequest, dossier: UUID, form: Any, title: str, words: str) -> HttpResponse:
    back = reverse("care:entry", args=[dossier])
    context = {
        "page_title": title,
        "before": [Link(_("Who may enter the home"), back)],
        "form": form,
        "words": words,
        "back": back,
    }
    return render(request, "care/form.html", context, status=422 if form.errors else 200)
